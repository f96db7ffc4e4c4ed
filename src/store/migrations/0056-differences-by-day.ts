import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Evidence packs read the differences of the days of a period, over all sources of a tenant. */
export const differencesByDay: Migration = {
  async up(db) {
    await sql.raw("create index record_differences_by_day on sluice.record_differences (tenant_id, day)").execute(db);
  },
};
