import type { TransactionDetail } from "../../domain/bank.ts";
import type { Transaction } from "../../store/database.ts";
import type { ChildPage } from "./find-children.ts";

/** One of the payments that make up a transaction, and its position. */
export interface TransactionDetailRow extends TransactionDetail {
  /** Message that contains it. */
  readonly statementId: string;
  readonly detailIndex: number;
}

interface StoredDetail {
  readonly position: bigint;
  readonly statementId: string;
  readonly detailIndex: number;
  readonly detail: TransactionDetail;
}

/**
 * Finds a page of details for each transaction, in the order of the preferred message. A position names the message by
 * its `at`, so that the pages of one reader come from one message, even if others arrive between them. One statement
 * for all.
 * @returns the pages in the requested order
 */
export async function findDetails(
  tx: Transaction,
  pages: readonly ChildPage[],
): Promise<(readonly TransactionDetailRow[])[]> {
  const rows = await tx.query<StoredDetail & { readonly [column: string]: unknown }>(
    `select parent.position, entry_row.statement_id as "statementId", entry_row.detail_index as "detailIndex", entry_row.detail
     from unnest($1::text[], $2::text[], $3::int[], $4::int[]) with ordinality
       as parent (id, statement_id, after_index, take, position)
     cross join lateral (
       select coalesce(parent.statement_id, (
         select statement_id from bank_transaction_details where transaction_id = parent.id
         order by version desc, statement_id desc limit 1
       )) as statement_id offset 0
     ) as best
     cross join lateral (
       select * from bank_transaction_details as detail
       where detail.transaction_id = parent.id and detail.statement_id = best.statement_id
         and detail.detail_index > parent.after_index
       order by detail.detail_index limit parent.take
     ) as entry_row
     order by parent.position, entry_row.detail_index`,
    [
      pages.map(({ parentId }) => parentId),
      pages.map(({ after }) => after?.at ?? null),
      pages.map(({ after }) => (after === undefined ? -1 : Number(after.id))),
      pages.map(({ limit }) => limit),
    ],
  );
  const found = pages.map((): TransactionDetailRow[] => []);
  for (const { position, detail, statementId, detailIndex } of rows) {
    found[Number(position) - 1]?.push({ ...detail, statementId, detailIndex });
  }
  return found;
}
