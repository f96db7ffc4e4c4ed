import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const disputes: NonNullable<QueryResolvers["disputes"]> = (_root, args, context) =>
  rootList(context, args, "disputes", context.loaders.lists.disputes);
