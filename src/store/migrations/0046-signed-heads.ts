import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The heads of all tenants' audit trails are signed by a few statements, as `sluice_work`: it may read the hash of a row,
 * which reveals nothing of the row, and add heads of the schedule, of which the trigger checks that the chain has them.
 */
export const signedHeads: Migration = {
  async up(db) {
    const statements = [
      "grant select (hash) on sluice.audit_entries to sluice_work",
      "grant insert on sluice.audit_heads to sluice_work",
      `create policy work_sign on sluice.audit_heads for insert to sluice_work with check (reason = 'SCHEDULE')`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
