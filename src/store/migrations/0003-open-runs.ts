import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Each poll asks whether a run of its source is still open; finished ones are kept, and only grow. */
export const openRuns: Migration = {
  async up(db) {
    await sql`create index sync_runs_open on sluice.sync_runs (tenant_id, source_id) where finished_at is null`.execute(
      db,
    );
  },
};
