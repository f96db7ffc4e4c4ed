import { typeOfId } from "../src/domain/ids.ts";
import type { ActivityItemResolvers, QueryResolvers } from "./__generated__/types.ts";
import { connectionOf } from "./connection.ts";
import { requireListFilter } from "./list-filter.ts";

export const ActivityItem: ActivityItemResolvers = {
  // Only members of the union are ever returned here, and the prefix of their id identifies the type.
  __resolveType: ({ id }) => typeOfId(id) as ReturnType<NonNullable<ActivityItemResolvers["__resolveType"]>>,
};

export const activity: NonNullable<QueryResolvers["activity"]> = async (_root, args, context) => {
  const filter = args.filter ?? {};
  await requireListFilter(context, filter);
  const { page, count } = context.loaders.lists.activity;
  return connectionOf(context, {
    scope: { list: "activity", filter },
    page: args,
    load: (request) => page(filter, request),
    count: () => count(filter),
    positionOf: ({ activityKind, orderedAt, id }) => ({ at: orderedAt, id: `${activityKind} ${id}` }),
  });
};
