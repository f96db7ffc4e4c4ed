import type { PayoutMatchResolvers } from "./__generated__/types.ts";
import { loadOptional } from "./load-optional.ts";

export const PayoutMatch: PayoutMatchResolvers = {
  payout: ({ payoutId }, _args, { loaders }) => loadOptional(loaders.payoutById, payoutId),
  bankTransaction: ({ transactionId }, _args, { loaders }) => loadOptional(loaders.bankTransactionById, transactionId),
};
