import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const parties: NonNullable<QueryResolvers["parties"]> = (_root, args, context) =>
  rootList(context, args, "parties", context.loaders.lists.parties);
