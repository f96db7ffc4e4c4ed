import type { PaymentResolvers } from "./__generated__/types.ts";
import type { PaymentRow } from "../src/loaders/models.ts";
import { allChildren, childList } from "./child-list.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Payment: PaymentResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Payment", loader: context.loaders.paymentById }),
  ...syncedFields,
  amount: (row) => moneyOf(row.amountMinor, row),
  captured: (row) => moneyOf(row.capturedMinor, row),
  refunded: refundedOf,
  method: methodOf,
  debtor: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.debtorId),
  creditor: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.creditorId),
  references: ({ referenceList }) => referenceList ?? [],
  attempts: ({ id }, _args, { loaders }) => allChildren(loaders.attemptsByPayment, id),
  refunds: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payment.refunds", parentId, loader: context.loaders.refundsByPayment }),
  disputes: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payment.disputes", parentId, loader: context.loaders.disputesByPayment }),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Payment.ledgerEntries",
      parentId,
      loader: context.loaders.ledgerEntriesByPayment,
    }),
};

/** A payment that leaves several methods open is paid by the one that its newest attempt took. */
async function methodOf(row: PaymentRow, _args: unknown, { loaders }: Context) {
  if (row.method !== null) return row.method;
  const attempts = await allChildren(loaders.attemptsByPayment, row.id);
  return attempts[0]?.method ?? null;
}

/** Refunds stand with the attempts; a payment without any has refunded nothing. */
async function refundedOf(row: PaymentRow, _args: unknown, { loaders }: Context) {
  if (row.amountMinor === null) return null;
  const sums = await loaders.refundedByPayment.load(row.id);
  return moneyOf(sums.find(({ currency }) => currency === row.currency)?.refundedMinor ?? 0n, row);
}
