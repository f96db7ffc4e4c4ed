import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * New rows of a GIN index wait in a list, which every search reads from its beginning to its end. Payouts are searched by
 * the hundred, soon after many transactions were stored: so the list is merged into the index before. Only the owner of
 * the index may do that.
 */
const MERGE = `create function sluice.merge_bank_search() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$ begin
    perform gin_clean_pending_list('sluice.bank_search_words'::regclass);
    perform gin_clean_pending_list('sluice.bank_search_references'::regclass);
  end $$`;

/**
 * Like `bank_transaction_search`, for searches of many texts. Its condition on the tenant fits no index: the planner would
 * otherwise read all of the tenant's rows from another index for each text, to intersect them with the few that have it.
 */
const SEARCH = `create view sluice.bank_text_search as
  select id, tenant_id, words, reference_values from sluice.bank_search
  where tenant_id || '' = any (array[current_setting('sluice.tenant', true)])`;

/** Searches of many payouts among transactions that were just stored. */
export const mergedSearch: Migration = {
  async up(db) {
    for (const statement of [
      MERGE,
      SEARCH,
      "grant select on sluice.bank_text_search to sluice_app",
      "revoke execute on function sluice.merge_bank_search() from public",
      "grant execute on function sluice.merge_bank_search() to sluice_app",
    ]) {
      await sql.raw(statement).execute(db);
    }
  },
};
