import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const bankTransaction: NonNullable<QueryResolvers["bankTransaction"]> = (_root, args, context) =>
  loadFresh(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, args);
