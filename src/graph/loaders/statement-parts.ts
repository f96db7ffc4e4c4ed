import type { Transaction } from "../../store/database.ts";
import { type MovementComparison, compareMovements } from "../../store/queries/compare-movements.ts";
import {
  type StatementComparisonRow,
  type UnlistedMessageRow,
  compareStatements,
  findUnlistedMessages,
} from "../queries/compare-statements.ts";
import type { ChildPage } from "../queries/find-children.ts";
import { type TransactionDetailRow, findDetails } from "../queries/find-details.ts";
import { type StatementLinkRow, findLinks, findNext } from "../queries/find-links.ts";
import {
  type StatementEntryRow,
  countStatementEntries,
  findStatementEntries,
} from "../queries/find-statement-entries.ts";
import { MAX_PARENTS, childPageKey } from "./children.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/** A statement compared with the messages of another kind, with the balances of those messages that list no entries. */
export interface StatementComparisonModel extends StatementComparisonRow {
  readonly movements: readonly MovementComparison[];
}

/** Loads comparisons of a statement with the messages of each other kind about the same account and days. */
export const comparisonsByStatement: LoaderSpec<string, readonly StatementComparisonModel[]> = {
  key: (statementId) => statementId,
  maxBatch: 100, // each may have thousands of entries
  load: reading(async (tx, ids) => grouped(ids, await comparisonsOf(tx, ids), (row) => row.statementId)),
};

async function comparisonsOf(tx: Transaction, ids: readonly string[]): Promise<readonly StatementComparisonModel[]> {
  const rows = await compareStatements(tx, ids);
  const unlisted = Map.groupBy(await findUnlistedMessages(tx, ids), ({ statementId }) => statementId);
  const messageIds = new Set([...unlisted.values()].flat().map(({ messageId }) => messageId));
  const movements = Map.groupBy(await compareMovements(tx, [...messageIds]), ({ statementId }) => statementId);
  return rows.map((row) => ({
    ...row,
    movements: (unlisted.get(row.statementId) ?? [])
      .flatMap(({ messageId }: UnlistedMessageRow) => movements.get(messageId) ?? [])
      .filter((movement) => isBetween(row, movement)),
  }));
}

/** True for its own balances compared with the entries of the others, or theirs compared with those of its own kind. */
function isBetween(row: StatementComparisonRow, movement: MovementComparison): boolean {
  return movement.statementId === row.statementId
    ? movement.with === row.with
    : movement.kind === row.with && movement.with === row.kind;
}

/** Loads how a statement continues the one before it, by currency. */
export const linksByStatement: LoaderSpec<string, readonly StatementLinkRow[]> = {
  key: (statementId) => statementId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findLinks(tx, ids), (row) => row.statementId)),
};

/** Loads the global id of the next statement; undefined if there is none yet. */
export const nextByStatement: LoaderSpec<string, string | undefined> = {
  key: (statementId) => statementId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) =>
    inOrder(ids, await findNext(tx, ids), (row) => row.previousId).map((row) => row?.nextId),
  ),
};

/** Loads a page of a transaction's details, in the order of the message. */
export const detailsByTransaction: LoaderSpec<ChildPage, readonly TransactionDetailRow[]> = {
  key: childPageKey,
  maxBatch: MAX_PARENTS,
  load: reading(findDetails),
};

/** Loads a page of the transactions of a statement, in its order. */
export const transactionsByStatement: LoaderSpec<ChildPage, readonly StatementEntryRow[]> = {
  key: childPageKey,
  maxBatch: MAX_PARENTS,
  load: reading(findStatementEntries),
};

/** Counts the transactions of a statement. */
export const transactionCountByStatement: LoaderSpec<string, number> = {
  key: (statementId) => statementId,
  maxBatch: 100, // each may have thousands of entries
  load: reading(async (tx, ids) => {
    const counts = await countStatementEntries(tx, ids);
    return inOrder(ids, counts, (row) => row.statementId).map((row) => Number(row?.count ?? 0n));
  }),
};
