import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS: readonly string[] = [
  // The routes of the settings file that a process has read last: all processes match by them, whatever their own file
  // has. Null: none was stored yet, by a version that stores them.
  "alter table sluice.payout_match_progress add column file_routes jsonb",
  `alter table sluice.payout_match_progress
     add column has_file_routes boolean generated always as (file_routes is not null) stored`,
  "grant select (has_file_routes) on sluice.payout_match_progress to sluice_work",
  // Hash of the platform's settings by which the credential of a connected source was named. Null: not known.
  "alter table sluice.sources add column platform_hash bytea",
  "grant select (platform_hash) on sluice.sources to sluice_work",
];

/** Settings that a process may read again while it runs: routes of payouts, and the keys of platforms. */
export const reloadedSettings: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
