import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS: readonly string[] = [
  // When a connected source is compared, where that differs from the settings of all sources: `{"everyMs": 43200000,
  // "days": 31}`, or `{"everyMs": "off"}`. Null: as all sources.
  "alter table sluice.source_settings add column reconcile jsonb",
  // The run that has not listed the object: it is fetched again for that run.
  "alter table sluice.refetches add column run_id text",
  "create index refetches_by_run on sluice.refetches (tenant_id, run_id) where run_id is not null",
  // No statement searches by the day without the account: each is about an account, a source, or what is not counted.
  "drop index sluice.balance_days_by_age",
];

/** Comparisons of connected sources, which objects are fetched again for a run, and an index that nothing used. */
export const comparisonsAndRepairs: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
