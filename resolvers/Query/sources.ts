import type { QueryResolvers } from "../__generated__/types.ts";
import { connectionOf } from "../connection.ts";

export const sources: NonNullable<QueryResolvers["sources"]> = (_root, args, context) =>
  connectionOf(context, {
    scope: { list: "sources", filter: {} },
    page: args,
    load: context.loaders.lists.sources,
    positionOf: ({ id }) => ({ at: "", id }),
  });
