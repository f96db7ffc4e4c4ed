import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const syncRuns: NonNullable<QueryResolvers["syncRuns"]> = (_root, args, context) =>
  rootList(context, args, "syncRuns", context.loaders.lists.syncRuns);
