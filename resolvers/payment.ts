import type { PaymentRow } from "../src/graph/loaders/models.ts";
import type { PaymentResolvers, QueryResolvers } from "./__generated__/types.ts";
import { allChildren, childList } from "./child-list.ts";
import type { Context } from "./context.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Payment: PaymentResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Payment", loader: context.loaders.paymentById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Payment", loader: context.loaders.paymentById }, { id, maxAge }),
  amount: (row) => moneyOf(row.amountMinor, row),
  captured: (row) => moneyOf(row.capturedMinor, row),
  refunded: refundedOf,
  method: methodOf,
  debtor: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.debtorId),
  creditor: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.creditorId),
  payerDetails: payerOf,
  references: ({ referenceList }) => referenceList ?? [],
  attempts: ({ id }, _args, { loaders }) => allChildren(loaders.attemptsByPayment, id),
  refunds: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payment.refunds", parentId, children: "refundsByPayment" }),
  disputes: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payment.disputes", parentId, children: "disputesByPayment" }),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Payment.ledgerEntries",
      parentId,
      children: "ledgerEntriesByPayment",
    }),
};

/** If a payment allows several methods, the method is that of its newest attempt. */
async function methodOf(row: PaymentRow, _args: unknown, { loaders }: Context) {
  if (row.method !== null) return row.method;
  const attempts = await allChildren(loaders.attemptsByPayment, row.id);
  return attempts[0]?.method ?? null;
}

/** Refunded amounts are stored with the attempts; a payment without attempts has refunded nothing. */
async function refundedOf(row: PaymentRow, _args: unknown, { loaders }: Context) {
  if (row.amountMinor === null) return null;
  const sums = await loaders.refundedByPayment.load(row.id);
  return moneyOf(sums.find(({ currency }) => currency === row.currency)?.refundedMinor ?? 0n, row);
}

/** Only the attempts contain the payer: the newest successful attempt counts, else the newest. */
async function payerOf({ id }: PaymentRow, _args: unknown, { loaders }: Context) {
  const attempts = await allChildren(loaders.attemptsByPayment, id);
  const paid = attempts.find(({ status }) => status === "SUCCEEDED") ?? attempts[0];
  return paid?.payerDetails ?? null;
}

export const payment: NonNullable<QueryResolvers["payment"]> = (_root, args, context) =>
  loadFresh(context, { type: "Payment", loader: context.loaders.paymentById }, args);

export const payments: NonNullable<QueryResolvers["payments"]> = (_root, args, context) =>
  rootList(context, args, "payments", context.loaders.lists.payments);

export const paymentByExternalId: NonNullable<QueryResolvers["paymentByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Payment", loader: context.loaders.paymentById }, args);
