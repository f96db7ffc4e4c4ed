import type { Transaction } from "../../store/database.ts";

/** Continuity of a statement with the one before it, in one currency. */
export interface StatementLinkRow {
  readonly statementId: string;
  readonly currency: string;
  readonly state: "FIRST" | "CONTINUOUS" | "GAP" | "OVERLAP" | "OUT_OF_ORDER" | "DUPLICATE";
  readonly previousId: string | null;
  /** Opening balance minus the previous closing balance; null if it cannot be determined. */
  readonly differenceMinor: bigint | null;
  readonly exponent: number | null;
}

/** Finds the links of statements, by currency within each. */
export function findLinks(tx: Transaction, statementIds: readonly string[]): Promise<StatementLinkRow[]> {
  return tx.query(
    `select statement_id as "statementId", currency, state, previous_id as "previousId",
       difference_minor as "differenceMinor", exponent
     from statement_links where statement_id = any($1) order by statement_id, currency`,
    [statementIds],
  );
}

/**
 * Finds the statement that follows each of these, if there is one: among several the one whose opening balance
 * continues from its closing balance, else the oldest. A second copy follows no statement.
 */
export function findNext(
  tx: Transaction,
  statementIds: readonly string[],
): Promise<{ readonly previousId: string; readonly nextId: string }[]> {
  return tx.query(
    `select distinct on (link.previous_id) link.previous_id as "previousId", link.statement_id as "nextId"
     from statement_links as link join statements as next on next.id = link.statement_id
     where link.previous_id = any($1) and link.state <> 'DUPLICATE'
       and next.content_hash is not null and next.deleted_at is null
     order by link.previous_id, link.state = 'CONTINUOUS' desc, next.ordered_at, next.id`,
    [statementIds],
  );
}
