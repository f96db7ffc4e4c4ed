import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS: readonly string[] = [
  `alter table sluice.stream_states add column failed_runs integer not null default 0,
     add column failing_since timestamptz, add column failure_code text, add column failure_reason text`,
  "alter table sluice.sources drop constraint sources_status_check",
  // Validated by `migrate` afterwards, which reads the table without keeping anybody from writing it.
  `alter table sluice.sources add constraint sources_status_check
     check (status in ('ACTIVE', 'PAUSED', 'NEEDS_CREDENTIALS', 'UNREACHABLE', 'FAILING')) not valid`,
];

/** The status of a source whose runs keep failing, and the failures of its streams from which it follows. */
export const failingSources: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
