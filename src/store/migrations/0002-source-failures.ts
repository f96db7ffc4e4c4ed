import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Failures of a source without a success between them, and since when: src/sync/source-status.ts. */
export const sourceFailures: Migration = {
  async up(db) {
    await sql`alter table sluice.sources
      add column failures integer not null default 0, add column failing_since timestamptz`.execute(db);
  },
};
