import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** How often a process began to apply a delivery and ended before it could record the outcome. */
export const unfinishedAttempts: Migration = {
  async up(db) {
    await sql
      .raw("alter table sluice.deliveries add column unfinished_attempts smallint not null default 0")
      .execute(db);
  },
};
