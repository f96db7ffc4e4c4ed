import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const ledgerEntry: NonNullable<QueryResolvers["ledgerEntry"]> = (_root, args, context) =>
  loadFresh(context, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }, args);
