import type { DisputeResolvers, QueryResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Dispute: DisputeResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Dispute", loader: context.loaders.disputeById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Dispute", loader: context.loaders.disputeById }, { id, maxAge }),
  payment: (row, _args, { loaders }) => loadOptional(loaders.paymentById, row.paymentId),
  attempt: (row, _args, { loaders }) => loadOptional(loaders.attemptById, row.attemptId),
  amount: (row) => moneyOf(row.amountMinor, row),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Dispute.ledgerEntries",
      parentId,
      children: "ledgerEntriesByOrigin",
    }),
};

export const dispute: NonNullable<QueryResolvers["dispute"]> = (_root, args, context) =>
  loadFresh(context, { type: "Dispute", loader: context.loaders.disputeById }, args);

export const disputes: NonNullable<QueryResolvers["disputes"]> = (_root, args, context) =>
  rootList(context, args, "disputes", context.loaders.lists.disputes);

export const disputeByExternalId: NonNullable<QueryResolvers["disputeByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Dispute", loader: context.loaders.disputeById }, args);
