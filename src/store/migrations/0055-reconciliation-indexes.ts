import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS: readonly string[] = [
  // The day on which a payout can arrive with a transaction. It is no `coalesce`, by which PostgreSQL would not search a
  // table with row security.
  `create index bank_transactions_by_day on sluice.bank_transactions
     (tenant_id, (case when booking_date is null then value_date else booking_date end), id)
   where content_hash is not null`,
  // As every other table of listed objects has it since 0014-filter-indexes.ts.
  "create index payment_attempts_by_source on sluice.payment_attempts (tenant_id, source_id, ordered_at desc, id desc)",
];

/** Orders in which the reconciliation reads whole tables page by page. */
export const reconciliationIndexes: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
