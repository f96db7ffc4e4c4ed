import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const ledgerEntries: NonNullable<QueryResolvers["ledgerEntries"]> = (_root, args, context) =>
  rootList(context, args, "ledgerEntries", context.loaders.lists.ledgerEntries);
