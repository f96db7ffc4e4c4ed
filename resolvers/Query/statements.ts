import type { QueryResolvers } from "../__generated__/types.ts";
import { requireOrder } from "../require-order.ts";
import { rootList } from "../root-list.ts";

export const statements: NonNullable<QueryResolvers["statements"]> = async (_root, args, context) => {
  requireOrder("filter.dayFrom", args.filter?.dayFrom, "filter.dayTo", args.filter?.dayTo);
  return rootList(context, args, "statements", context.loaders.lists.statements);
};
