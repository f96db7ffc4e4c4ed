import type { StatementComparisonModel, StatementRow } from "../src/graph/loaders/models.ts";
import type {
  BalanceMovementResolvers,
  QueryResolvers,
  StatementCheckResolvers,
  StatementComparisonResolvers,
  StatementLinkResolvers,
  StatementResolvers,
} from "./__generated__/types.ts";
import { connectionOf } from "./connection.ts";
import type { Context } from "./context.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { requireFound } from "./require-found.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const BalanceMovement: BalanceMovementResolvers = {
  statement: async ({ statementId }, _args, { loaders }) =>
    requireFound(await loaders.statementById.load(statementId), "statement"),
};

export const Statement: StatementResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Statement", loader: context.loaders.statementById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Statement", loader: context.loaders.statementById }, { id, maxAge }),
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  statementId: ({ bankStatementId }) => bankStatementId,
  periodFrom: ({ periodFrom }) => periodFrom?.time ?? periodFrom?.date ?? null,
  periodTo: ({ periodTo }) => periodTo?.time ?? periodTo?.date ?? null,
  balances: ({ balanceList }) => balanceList ?? [],
  opening: ({ checks }) => checks?.[0]?.opening ?? null,
  closing: ({ checks }) => checks?.[0]?.closing ?? null,
  checks: ({ checks }) => checks ?? [],
  difference: ({ checks }) => checks?.find(({ difference }) => (difference?.minor ?? 0n) !== 0n)?.difference ?? null,
  summary: summaryOf,
  pages: ({ pages }) => pages ?? [],
  links: ({ id }, _args, { loaders }) => loaders.linksByStatement.load(id),
  next: async ({ id }, _args, { loaders }) =>
    loadOptional(loaders.statementById, (await loaders.nextByStatement.load(id)) ?? null),
  transactions: ({ id: parentId }, args, context) =>
    connectionOf(context, {
      scope: { list: `Statement.transactions ${parentId}`, filter: {} },
      page: args,
      load: (page) => context.loaders.transactionsByStatement.load({ ...page, parentId }),
      count: async () => ({
        count: await context.loaders.transactionCountByStatement.load(parentId),
        isEstimate: false,
      }),
      positionOf: ({ page, entryIndex }) => ({ at: `${page}`, id: `${entryIndex}` }),
    }),
  comparisons: ({ id }, _args, { loaders }) => loaders.comparisonsByStatement.load(id),
};

function summaryOf({ summaryMatches, summaryDifferences }: StatementRow) {
  return summaryMatches === null ? null : { agrees: summaryMatches, differences: summaryDifferences ?? [] };
}

export const StatementCheck: StatementCheckResolvers = {
  basis: ({ basis }) => basis ?? "ENTRIES",
  isBalanced: ({ difference }) => (difference === undefined ? null : difference.minor === 0n),
};

export const StatementComparison: StatementComparisonResolvers = {
  agrees: agreesOf,
  difference: ({ movements }) => (movements.find(isOff) ?? movements[0])?.difference ?? null,
  onlyHereTransactions: ({ onlyHereIds }, _args, context) => transactionsOf(onlyHereIds, context),
  onlyThereTransactions: ({ onlyThereIds }, _args, context) => transactionsOf(onlyThereIds, context),
};

/** Null if nothing was compared. */
function agreesOf(row: StatementComparisonModel): boolean | null {
  if (row.movements.some(isOff)) return false;
  if (row.isHereUnlisted || row.isThereUnlisted) return row.movements.length > 0 ? true : null;
  return transactionsAgree(row) ?? (row.movements.length > 0 ? true : null);
}

/**
 * Banks may send notifications for some movements only: a movement without a notification is no difference, a
 * notification without a movement is one.
 */
function transactionsAgree(row: StatementComparisonModel): boolean | undefined {
  const onlyHere = row.with === "NOTIFICATION" ? 0 : row.onlyHere;
  const onlyThere = row.kind === "NOTIFICATION" ? 0 : row.onlyThere;
  if (row.inBoth + onlyHere + onlyThere === 0) return undefined;
  return onlyHere + onlyThere === 0;
}

function isOff({ difference }: StatementComparisonModel["movements"][number]): boolean {
  return difference.minor !== 0n;
}

/** Loads them in the order of their ids; a transaction that was deleted since the comparison is left out. */
async function transactionsOf(ids: readonly string[], { loaders }: Context) {
  const rows = await Promise.all(ids.map((id) => loaders.bankTransactionById.load(id)));
  return rows.filter((row) => row !== undefined);
}

export const StatementLink: StatementLinkResolvers = {
  previous: ({ previousId }, _args, { loaders }) => loadOptional(loaders.statementById, previousId),
  difference: (row) => moneyOf(row.differenceMinor, row),
};

export const statement: NonNullable<QueryResolvers["statement"]> = (_root, args, context) =>
  loadFresh(context, { type: "Statement", loader: context.loaders.statementById }, args);

export const statements: NonNullable<QueryResolvers["statements"]> = (_root, args, context) =>
  rootList(context, args, "statements", context.loaders.lists.statements);

export const statementByExternalId: NonNullable<QueryResolvers["statementByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Statement", loader: context.loaders.statementById }, args);
