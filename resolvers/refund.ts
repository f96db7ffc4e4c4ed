import type { QueryResolvers, RefundResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Refund: RefundResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Refund", loader: context.loaders.refundById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Refund", loader: context.loaders.refundById }, { id, maxAge }),
  payment: (row, _args, { loaders }) => loadOptional(loaders.paymentById, row.paymentId),
  attempt: (row, _args, { loaders }) => loadOptional(loaders.attemptById, row.attemptId),
  amount: (row) => moneyOf(row.amountMinor, row),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Refund.ledgerEntries", parentId, children: "ledgerEntriesByOrigin" }),
};

export const refund: NonNullable<QueryResolvers["refund"]> = (_root, args, context) =>
  loadFresh(context, { type: "Refund", loader: context.loaders.refundById }, args);

export const refunds: NonNullable<QueryResolvers["refunds"]> = (_root, args, context) =>
  rootList(context, args, "refunds", context.loaders.lists.refunds);

export const refundByExternalId: NonNullable<QueryResolvers["refundByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Refund", loader: context.loaders.refundById }, args);
