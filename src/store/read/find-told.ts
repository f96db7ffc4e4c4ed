import type { Transaction } from "../database.ts";
import type { ChildPage } from "./find-children.ts";
import type { BankTransactionRow } from "./rows.ts";
import { entityColumns } from "./select-list.ts";

/** A transaction, and where in the statement it is told. */
export interface ToldTransactionRow extends BankTransactionRow {
  readonly page: number;
  readonly entryIndex: number;
}

/**
 * A page of transactions for each statement, in the order in which it tells them, deleted ones left out. Of a page that came
 * in several files, the file that the page names counts. A position's `at` is
 * the statement's page, its `id` the entry on it. One statement for all.
 * @returns the pages in the order asked for
 */
export async function findTold(
  tx: Transaction,
  pages: readonly ChildPage[],
): Promise<(readonly ToldTransactionRow[])[]> {
  // `offset 0` as in `linesOf` of child-lists.ts: each entry's transaction is looked up by its id.
  const rows = await tx.query<ToldTransactionRow & { readonly position: bigint }>(
    `select parent.position, told.page, told.entry_index as "entryIndex", ${entityColumns("BankTransaction", "told")}
     from unnest($1::text[], $2::int[], $3::int[], $4::int[]) with ordinality
       as parent (id, after_page, after_entry, take, position)
     cross join lateral (
       select entry.page, entry.entry_index, child.*
       from statement_parts as part
       join bank_sightings as entry on entry.statement_id = part.statement_id and entry.page = part.page
         and entry.file_id = part.file_id
       cross join lateral (
         select * from bank_transactions where id = entry.transaction_id offset 0
       ) as child
       where part.statement_id = parent.id and child.content_hash is not null and child.deleted_at is null
         and (entry.page, entry.entry_index) > (parent.after_page, parent.after_entry)
       order by entry.page, entry.entry_index limit parent.take
     ) as told
     order by parent.position, told.page, told.entry_index`,
    [
      pages.map(({ parentId }) => parentId),
      pages.map(({ after }) => (after === undefined ? -1 : Number(after.at))),
      pages.map(({ after }) => (after === undefined ? -1 : Number(after.id))),
      pages.map(({ limit }) => limit),
    ],
  );
  const found = pages.map((): ToldTransactionRow[] => []);
  for (const row of rows) found[Number(row.position) - 1]?.push(row);
  return found;
}
