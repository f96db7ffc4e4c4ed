import { balanceChain } from "./balance-chain.ts";
import type { AccountRow } from "../src/graph/loaders/models.ts";
import type { AccountResolvers, BalanceResolvers, QueryResolvers } from "./__generated__/types.ts";
import { ALL_CHILDREN, allChildren, childList } from "./child-list.ts";
import type { Context } from "./context.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh, requireMaxAge } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Account: AccountResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Account", loader: context.loaders.accountById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Account", loader: context.loaders.accountById }, { id, maxAge }),
  owner: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.ownerId),
  identifiers: ({ identifiers }) => identifiers ?? [],
  balances: balancesOf,
  balanceChain,
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Account.ledgerEntries",
      parentId,
      children: "ledgerEntriesByAccount",
    }),
  bankTransactions: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Account.bankTransactions",
      parentId,
      children: "bankTransactionsByAccount",
    }),
  statements: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Account.statements", parentId, children: "statementsByAccount" }),
  payouts: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Account.payouts", parentId, children: "payoutsByDestination" }),
};

function balancesOf({ id }: AccountRow, args: { readonly maxAge?: number | null | undefined }, context: Context) {
  const { loaders } = context;
  const maxAge = requireMaxAge(context, args.maxAge);
  if (maxAge === undefined) return allChildren(loaders.balancesByAccount, id);
  return loaders.freshBalances.load({ accountId: id, maxAge, limit: ALL_CHILDREN });
}

export const Balance: BalanceResolvers = {
  money: (row) => moneyOf(row.minor, row),
  freshness: (row) => row,
  history: syncedFields.history,
};

export const account: NonNullable<QueryResolvers["account"]> = (_root, args, context) =>
  loadFresh(context, { type: "Account", loader: context.loaders.accountById }, args);

export const accounts: NonNullable<QueryResolvers["accounts"]> = (_root, args, context) =>
  rootList(context, args, "accounts", context.loaders.lists.accounts);

export const accountByExternalId: NonNullable<QueryResolvers["accountByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Account", loader: context.loaders.accountById }, args);
