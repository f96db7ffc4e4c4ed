import type { PayoutResolvers, QueryResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { compositionOf } from "./payout-proof.ts";
import { loadOptional } from "./load-optional.ts";
import { matchDecisionsOf } from "./reconciliation.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Payout: PayoutResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Payout", loader: context.loaders.payoutById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Payout", loader: context.loaders.payoutById }, { id, maxAge }),
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  destination: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.destinationId),
  amount: (row) => moneyOf(row.amountMinor, row),
  bankTransaction: ({ id }, _args, { loaders }) => loadOptional(loaders.pairByObject, id),
  reconciliation: ({ id }, _args, { loaders }) => loadOptional(loaders.reconciliationByObject, id),
  matchDecisions: matchDecisionsOf,
  references: ({ referenceList }) => referenceList ?? [],
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payout.ledgerEntries", parentId, children: "ledgerEntriesByPayout" }),
  ownLedgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Payout.ownLedgerEntries",
      parentId,
      children: "ledgerEntriesByOrigin",
    }),
  proof: async ({ id }, _args, { loaders }) => (await loaders.proofByPayout.load(id)) ?? null,
  composition: compositionOf,
};

export const payout: NonNullable<QueryResolvers["payout"]> = (_root, args, context) =>
  loadFresh(context, { type: "Payout", loader: context.loaders.payoutById }, args);

export const payouts: NonNullable<QueryResolvers["payouts"]> = (_root, args, context) =>
  rootList(context, args, "payouts", context.loaders.lists.payouts);

export const payoutByExternalId: NonNullable<QueryResolvers["payoutByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Payout", loader: context.loaders.payoutById }, args);
