import type { PayoutResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Payout: PayoutResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Payout", loader: context.loaders.payoutById }),
  ...syncedFields,
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  destination: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.destinationId),
  amount: (row) => moneyOf(row.amountMinor, row),
  bankTransaction: async ({ id }, _args, { loaders }) => (await loaders.matchByPayout.load(id)) ?? null,
  references: ({ referenceList }) => referenceList ?? [],
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Payout.ledgerEntries", parentId, loader: context.loaders.ledgerEntriesByOrigin }),
};
