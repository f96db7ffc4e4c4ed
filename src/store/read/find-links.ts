import type { Transaction } from "../database.ts";

/** How a statement follows the one before it, in one currency. */
export interface StatementLinkRow {
  readonly statementId: string;
  readonly currency: string;
  readonly state: "FIRST" | "CONTINUOUS" | "GAP" | "OVERLAP" | "OUT_OF_ORDER" | "DUPLICATE";
  readonly previousId: string | null;
  /** What the opening balance is more than the closing balance before it; null where that cannot be said. */
  readonly differenceMinor: bigint | null;
  readonly exponent: number | null;
}

/** Links of statements, by currency within each. */
export function findLinks(tx: Transaction, statementIds: readonly string[]): Promise<StatementLinkRow[]> {
  return tx.query(
    `select statement_id as "statementId", currency, state, previous_id as "previousId",
       difference_minor as "differenceMinor", exponent
     from statement_links where statement_id = any($1) order by statement_id, currency`,
    [statementIds],
  );
}

/**
 * The statement that follows each of these, where there is one: of several the one that goes on from its balance, else the
 * oldest. A second copy follows nothing.
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
