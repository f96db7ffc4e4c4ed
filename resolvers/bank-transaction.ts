import type {
  BankChargeResolvers,
  BankTransactionResolvers,
  QueryResolvers,
  SourceIdResolvers,
} from "./__generated__/types.ts";
import { allChildren } from "./child-list.ts";
import { connectionOf } from "./connection.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { matchDecisionsOf } from "./reconciliation.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const BankCharge: BankChargeResolvers = {
  isTotal: ({ isTotal }) => isTotal === true,
};

export const BankTransaction: BankTransactionResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "BankTransaction", loader: context.loaders.bankTransactionById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, { id, maxAge }),
  sourceIds: async ({ id, externalId }, _args, { loaders }) => {
    const rows = await loaders.sourceIdsByEntity.load(id);
    return rows.length > 0 ? rows : [{ rootId: id, externalId, replaced: false, firstSeenAt: null }];
  },
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  statement: (row, _args, { loaders }) => loadOptional(loaders.statementById, row.statementId),
  reportedBy: ({ id }, _args, { loaders }) => allChildren(loaders.statementsByTransaction, id),
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
  payout: ({ id }, _args, { loaders }) => loadOptional(loaders.pairByObject, id),
  reconciliation: ({ id }, _args, { loaders }) => loadOptional(loaders.reconciliationByObject, id),
  matchDecisions: matchDecisionsOf,
};

export const SourceId: SourceIdResolvers = {
  isCurrent: ({ replaced }) => !replaced,
};

export const bankTransaction: NonNullable<QueryResolvers["bankTransaction"]> = (_root, args, context) =>
  loadFresh(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, args);

export const bankTransactions: NonNullable<QueryResolvers["bankTransactions"]> = (_root, args, context) =>
  rootList(context, args, "bankTransactions", context.loaders.lists.bankTransactions);

export const bankTransactionByExternalId: NonNullable<QueryResolvers["bankTransactionByExternalId"]> = (
  _root,
  args,
  context,
) => loadByExternalId(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, args);
