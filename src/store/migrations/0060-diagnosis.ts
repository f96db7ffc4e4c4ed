import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS: readonly string[] = [
  `alter table sluice.quarantined_records add column discarded_at timestamptz, add column discarded_by text,
     add column discard_reason text`,
  "alter table sluice.quarantined_records drop constraint quarantined_records_status_check",
  "alter table sluice.quarantined_records drop constraint quarantined_records_resolved_check",
  // Validated by `migrate` afterwards, which reads the table without keeping anybody from writing it.
  `alter table sluice.quarantined_records add constraint quarantined_records_status_check
     check (status in ('OPEN', 'RESOLVED', 'DISCARDED')) not valid`,
  // The retention counts from `resolved_at`: from the resolution, or from the last time that a discarded record failed.
  `alter table sluice.quarantined_records add constraint quarantined_records_resolved_check
     check ((status = 'OPEN') = (resolved_at is null)) not valid`,
  `alter table sluice.quarantined_records add constraint quarantined_records_discarded_check
     check (status <> 'DISCARDED' or (discarded_at is not null and discarded_by is not null and discard_reason is not null)) not valid`,
  "create index quarantined_records_by_path on sluice.quarantined_records (tenant_id, path, first_at desc, id desc)",
  // As the upstream states it, which the settings do not know: the consent of a user at a bank ends. `announced`: by a
  // webhook, so that it is not in the state that is read.
  `alter table sluice.sources add column access_ends_at timestamptz, add column access_end_announced boolean not null default false,
     add column access_renewal text`,
  "grant select (access_ends_at), update (access_ends_at) on sluice.sources to sluice_work",
];

/**
 * Quarantined records that a person decided not to apply, the list of those that failed at one path, and when the access to
 * an upstream ends.
 */
export const diagnosis: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
