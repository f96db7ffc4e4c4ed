import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Tables of objects, each of which has the column `raw_hash`: the payload or the file that the state was read from. */
const OBJECT_TABLES = [
  "accounts",
  "balances",
  "bank_transactions",
  "disputes",
  "ledger_entries",
  "parties",
  "payment_attempts",
  "payments",
  "payouts",
  "refunds",
  "statements",
] as const;

/** Each index of an age is read from its beginning, so that a batch reads no rows that are young enough to be kept. */
const INDEXES: readonly string[] = [
  // Objects that a delivery brought have no hash and no entry here. Objects of one page share their hash.
  ...[...OBJECT_TABLES, "quarantined_records"].map(
    (table) => `create index ${table}_by_raw on sluice.${table} (tenant_id, raw_hash) where raw_hash is not null`,
  ),
  "create index raw_payloads_by_age on sluice.raw_payloads (tenant_id, referenced_at, source_id, content_hash)",
  "create index sync_runs_by_age on sluice.sync_runs (tenant_id, finished_at, id) where finished_at is not null",
  // Finds the newest run of a source with each result.
  `create index sync_runs_newest on sluice.sync_runs (tenant_id, source_id, status, finished_at, id)
     where finished_at is not null`,
  "create index quarantined_records_by_run on sluice.quarantined_records (tenant_id, run_id) where run_id is not null",
  `create index quarantined_records_by_age on sluice.quarantined_records (tenant_id, resolved_at, id)
     where resolved_at is not null`,
  "create index findings_by_age on sluice.findings (tenant_id, closed_at, id) where closed_at is not null",
  "create index delivery_attempts_by_age on sluice.delivery_attempts (tenant_id, at, delivery_id, number)",
  "create index files_by_age on sluice.files (tenant_id, next_attempt_at, id) where status in ('STORED', 'REFUSED')",
  `create index webhook_silences_by_age on sluice.webhook_silences (tenant_id, until_at, source_id, since)
     where until_at is not null`,
];

/**
 * Indexes by which old rows are found, and the time at which a transaction last began to refer to a payload: payloads
 * that are stored already count from the migration.
 */
export const retention: Migration = {
  async up(db) {
    const statements = [
      "alter table sluice.raw_payloads add column referenced_at timestamptz not null default now()",
      ...INDEXES,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
