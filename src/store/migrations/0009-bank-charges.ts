import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The total of charges and taxes that a bank states in addition to its single charges, or instead of them. Stored from
 * now on.
 */
export const bankCharges: Migration = {
  async up(db) {
    await sql.raw("alter table sluice.bank_transactions add column charges_total jsonb").execute(db);
  },
};
