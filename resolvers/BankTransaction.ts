import type { BankTransactionResolvers } from "./__generated__/types.ts";
import { allChildren } from "./child-list.ts";
import { connectionOf } from "./connection.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const BankTransaction: BankTransactionResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "BankTransaction", loader: context.loaders.bankTransactionById }),
  ...syncedFields,
  sourceIds: async ({ id, externalId }, _args, { loaders }) => {
    const rows = await loaders.sourceIdsByEntity.load(id);
    return rows.length > 0 ? rows : [{ rootId: id, externalId, replaced: false, firstSeenAt: null }];
  },
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  statement: (row, _args, { loaders }) => loadOptional(loaders.statementById, row.statementId),
  toldBy: ({ id }, _args, { loaders }) => allChildren(loaders.statementsByTransaction, id),
  amount: (row) => moneyOf(row.amountMinor, row),
  references: ({ referenceList }) => referenceList ?? [],
  amounts: ({ amounts }) => amounts ?? [],
  charges: ({ charges }) => charges ?? [],
  batches: ({ batches }) => batches ?? [],
  details: ({ id: parentId }, args, context) =>
    connectionOf(context, {
      scope: { list: `BankTransaction.details ${parentId}`, filter: {} },
      page: args,
      load: (page) => context.loaders.detailsByTransaction.load({ ...page, parentId }),
      positionOf: ({ statementId, detailIndex }) => ({ at: statementId, id: `${detailIndex}` }),
    }),
  payout: async ({ id }, _args, { loaders }) => (await loaders.matchByTransaction.load(id)) ?? null,
};
