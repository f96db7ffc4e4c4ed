import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * A negative payout is matched to a debit, so the search contains the day of booked debits too, and the direction of
 * each transaction. `arrived_on` is the day of a booked transaction that was not reversed; null for all others.
 */
const DEBITS: readonly string[] = [
  "alter table sluice.bank_search add column direction text",
  `create or replace view sluice.bank_transaction_search as
    select * from sluice.bank_search where tenant_id = any (array[current_setting('sluice.tenant', true)])`,
  // As in 0004, with the direction.
  `create or replace function sluice.refresh_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    insert into sluice.bank_search as existing
        (tenant_id, id, source_id, currency, amount, direction, arrived_on, reference_values, words)
      select tenant_id, id, source_id, currency, amount_minor * power(10::numeric, -exponent::numeric), direction,
        case when status = 'BOOKED' and is_reversal is not true and deleted_at is null
          then coalesce(booking_date, value_date) end,
        reference_values, array_to_tsvector(string_to_array(nullif(search_text, ''), ' '))
      from changed where content_hash is not null
      on conflict (tenant_id, id) do update set currency = excluded.currency, amount = excluded.amount,
        direction = excluded.direction, arrived_on = excluded.arrived_on, reference_values = excluded.reference_values,
        words = excluded.words
      where (existing.currency, existing.amount, existing.direction, existing.arrived_on, existing.reference_values, existing.words)
        is distinct from
        (excluded.currency, excluded.amount, excluded.direction, excluded.arrived_on, excluded.reference_values, excluded.words);
    return null;
  end $$`,
  // The policy also applies to the table's owner, who has to read the rows of all tenants this once.
  "alter table sluice.bank_transactions no force row level security",
  `update sluice.bank_search as existing set direction = banked.direction,
     arrived_on = case when banked.status = 'BOOKED' and banked.is_reversal is not true and banked.deleted_at is null
       then coalesce(banked.booking_date, banked.value_date) end
   from sluice.bank_transactions as banked
   where banked.tenant_id = existing.tenant_id and banked.id = existing.id`,
  "alter table sluice.bank_transactions force row level security",
];

/**
 * The payout that a ledger entry was paid out by. Only the payout's own list contains it, hence the entry itself is
 * not rewritten: `payout_version` orders two lists. `lines_known_at` is the time at which all of a payout's lines were
 * stored first.
 */
const LINES: readonly string[] = [
  "alter table sluice.ledger_entries add column payout_id text, add column payout_version bigint",
  "alter table sluice.payouts add column disclosure text, add column lines_known_at timestamptz",
  `create index ledger_entries_by_payout on sluice.ledger_entries (tenant_id, payout_id, ordered_at desc, id desc)
    where payout_id is not null`,
];

/** Payouts that debit an account, and the lines of a payout. */
export const payouts: Migration = {
  async up(db) {
    for (const statement of [...DEBITS, ...LINES]) await sql.raw(statement).execute(db);
  },
};
