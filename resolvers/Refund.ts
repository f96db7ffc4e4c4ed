import type { RefundResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Refund: RefundResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Refund", loader: context.loaders.refundById }),
  ...syncedFields,
  payment: (row, _args, { loaders }) => loadOptional(loaders.paymentById, row.paymentId),
  attempt: (row, _args, { loaders }) => loadOptional(loaders.attemptById, row.attemptId),
  amount: (row) => moneyOf(row.amountMinor, row),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Refund.ledgerEntries", parentId, loader: context.loaders.ledgerEntriesByOrigin }),
};
