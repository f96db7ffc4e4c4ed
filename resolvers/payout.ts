import type { PayoutRow } from "../src/graph/loaders/models.ts";
import type { PayoutResolvers, QueryResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import type { Context } from "./context.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
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
  bankTransaction: async ({ id }, _args, { loaders }) => (await loaders.matchByPayout.load(id)) ?? null,
  references: ({ referenceList }) => referenceList ?? [],
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payout.ledgerEntries", parentId, loader: context.loaders.ledgerEntriesByPayout }),
  ownLedgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Payout.ownLedgerEntries",
      parentId,
      loader: context.loaders.ledgerEntriesByOrigin,
    }),
  composition: compositionOf,
};

const UNDISCLOSED = {
  state: "NOT_DISCLOSED",
  lineCount: null,
  sum: null,
  difference: null,
  completeSince: null,
} as const;

async function compositionOf(row: PayoutRow, _args: unknown, { loaders }: Context) {
  const { disclosure, linesKnownAt, amountMinor } = row;
  if (disclosure === "NOT_DISCLOSED") return UNDISCLOSED;
  if (disclosure === null && linesKnownAt === null) return null;
  const sum = await loaders.sumByPayout.load(row.id);
  const sumMinor = sum?.sumMinor ?? null;
  return {
    state: linesKnownAt === null ? ("PENDING" as const) : ("COMPLETE" as const),
    lineCount: sum?.lines ?? 0,
    sum: moneyOf(sumMinor, row),
    difference: moneyOf(sumMinor === null || amountMinor === null ? null : amountMinor - sumMinor, row),
    completeSince: linesKnownAt,
  };
}

export const payout: NonNullable<QueryResolvers["payout"]> = (_root, args, context) =>
  loadFresh(context, { type: "Payout", loader: context.loaders.payoutById }, args);

export const payouts: NonNullable<QueryResolvers["payouts"]> = (_root, args, context) =>
  rootList(context, args, "payouts", context.loaders.lists.payouts);
