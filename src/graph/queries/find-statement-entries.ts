import type { Transaction } from "../../store/database.ts";
import type { ChildPage } from "./find-children.ts";
import type { BankTransactionRow } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";

/** A transaction and its position in the statement. */
export interface StatementEntryRow extends BankTransactionRow {
  readonly page: number;
  readonly entryIndex: number;
}

/**
 * Finds a page of transactions for each statement, in the statement's order, without deleted ones. If a statement page
 * arrived in several files, the file that the page row references counts. A position's `at` is the statement's page,
 * its `id` the entry on it. One SQL statement for all.
 * @returns the pages in the requested order
 */
export async function findStatementEntries(
  tx: Transaction,
  pages: readonly ChildPage[],
): Promise<(readonly StatementEntryRow[])[]> {
  // `offset 0` as in `linesOf` of child-lists.ts: each entry's transaction is looked up by its id.
  const rows = await tx.query<StatementEntryRow & { readonly position: bigint }>(
    `select parent.position, entry_row.page, entry_row.entry_index as "entryIndex", ${entityColumns("BankTransaction", "entry_row")}
     from unnest($1::text[], $2::int[], $3::int[], $4::int[]) with ordinality
       as parent (id, after_page, after_entry, take, position)
     cross join lateral (
       select entry.page, entry.entry_index, child.*
       from statement_parts as part
       join statement_entries as entry on entry.statement_id = part.statement_id and entry.page = part.page
         and entry.file_id = part.file_id and entry.occurrence = part.occurrence
       cross join lateral (
         select * from bank_transactions where id = entry.transaction_id offset 0
       ) as child
       where part.statement_id = parent.id and child.content_hash is not null and child.deleted_at is null
         and (entry.page, entry.entry_index) > (parent.after_page, parent.after_entry)
       order by entry.page, entry.entry_index limit parent.take
     ) as entry_row
     order by parent.position, entry_row.page, entry_row.entry_index`,
    [
      pages.map(({ parentId }) => parentId),
      pages.map(({ after }) => (after === undefined ? -1 : Number(after.at))),
      pages.map(({ after }) => (after === undefined ? -1 : Number(after.id))),
      pages.map(({ limit }) => limit),
    ],
  );
  const found = pages.map((): StatementEntryRow[] => []);
  for (const row of rows) found[Number(row.position) - 1]?.push(row);
  return found;
}

/** Counts the transactions of statements, without deleted ones; a statement without any has no row. */
export function countStatementEntries(
  tx: Transaction,
  statementIds: readonly string[],
): Promise<{ readonly statementId: string; readonly count: bigint }[]> {
  return tx.query(
    `select part.statement_id as "statementId", count(*) as count
     from statement_parts as part
     join statement_entries as entry on entry.statement_id = part.statement_id and entry.page = part.page
       and entry.file_id = part.file_id and entry.occurrence = part.occurrence
     cross join lateral (
       select from bank_transactions where id = entry.transaction_id and content_hash is not null and deleted_at is null offset 0
     ) as child
     where part.statement_id = any($1) group by part.statement_id`,
    [statementIds],
  );
}
