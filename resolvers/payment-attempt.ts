import type { PaymentAttemptResolvers } from "./__generated__/types.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { syncedFields } from "./synced-fields.ts";

export const PaymentAttempt: PaymentAttemptResolvers = {
  extensions: syncedFields.extensions,
  freshness: syncedFields.freshness,
  history: syncedFields.history,
  raw: syncedFields.raw,
  payment: (row, _args, { loaders }) => loadOptional(loaders.paymentById, row.paymentId),
  amount: (row) => moneyOf(row.amountMinor, row),
  captured: (row) => moneyOf(row.capturedMinor, row),
  refunded: (row) => moneyOf(row.refundedMinor, row),
};
