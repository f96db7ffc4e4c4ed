import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The amount that the sender of a transaction has instructed in another currency than that of the account, with the rate
 * as the bank has written it. No row if the bank states none, or several: it is then not known which one is meant. The
 * rate is that of the instructed amount, or the only one of the other amounts. It is one query without settings of its
 * own, so that it becomes a part of the statement that calls it. A power of ten less than 1 is exact: see 0004.
 */
const FUNCTION = `create function sluice.instructed_amount(amounts jsonb, booked_currency text)
  returns table (currency text, amount numeric, rate text, unit_currency text) language sql immutable parallel safe as $$
    select min(named.currency), min(named.amount),
      coalesce(min(named.rate) filter (where named.is_instructed), case when count(distinct named.rate) = 1 then min(named.rate) end),
      coalesce(min(named.unit) filter (where named.is_instructed), case when count(distinct named.unit) = 1 then min(named.unit) end)
    from (
      select is_instructed, case when is_instructed then entry #>> '{money,currency}' end as currency,
        case when is_instructed then trim_scale((entry #>> '{money,minor,$int}')::numeric
          * power(10::numeric, -(entry #>> '{money,exponent}')::numeric)) end as amount,
        entry #>> '{exchange,rate}' as rate, entry #>> '{exchange,unitCurrency}' as unit
      from jsonb_array_elements(case when jsonb_typeof(amounts) = 'array' then amounts end) as entry
      cross join lateral (select entry ->> 'name' = 'InstdAmt' and entry #>> '{money,currency}' <> booked_currency) as kind (is_instructed)
    ) as named
    having count(distinct (named.currency, named.amount)) filter (where named.is_instructed) = 1
  $$`;

const STATEMENTS: readonly string[] = [
  FUNCTION,
  "alter table sluice.bank_search add column instructed_currency text, add column instructed_amount numeric",
  `create or replace view sluice.bank_transaction_search as
    select * from sluice.bank_search where tenant_id = any (array[current_setting('sluice.tenant', true)])`,
  // As in 0014, with the instructed amount.
  `create or replace function sluice.refresh_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    insert into sluice.bank_search as existing
        (tenant_id, id, source_id, currency, amount, direction, arrived_on, reference_values, words, instructed_currency,
         instructed_amount)
      select changed.tenant_id, changed.id, changed.source_id, changed.currency,
        changed.amount_minor * power(10::numeric, -changed.exponent::numeric), changed.direction,
        case when changed.status = 'BOOKED' and changed.is_reversal is not true and changed.deleted_at is null
          then coalesce(changed.booking_date, changed.value_date) end,
        changed.reference_values,
        array_to_tsvector(string_to_array(prefix || replace(nullif(changed.search_text, ''), ' ', ' ' || prefix), ' ')),
        instructed.currency, instructed.amount
      from changed cross join lateral sluice.search_prefix(changed.tenant_id) as prefix
      left join lateral sluice.instructed_amount(changed.amounts, changed.currency) as instructed on true
      where changed.content_hash is not null
      on conflict (tenant_id, id) do update set currency = excluded.currency, amount = excluded.amount,
        direction = excluded.direction, arrived_on = excluded.arrived_on, reference_values = excluded.reference_values,
        words = excluded.words, instructed_currency = excluded.instructed_currency,
        instructed_amount = excluded.instructed_amount
      where (existing.currency, existing.amount, existing.direction, existing.arrived_on, existing.reference_values,
          existing.words, existing.instructed_currency, existing.instructed_amount)
        is distinct from
        (excluded.currency, excluded.amount, excluded.direction, excluded.arrived_on, excluded.reference_values,
          excluded.words, excluded.instructed_currency, excluded.instructed_amount);
    return null;
  end $$`,
  // The policy also applies to the table's owner, who has to read the rows of all tenants this once.
  "alter table sluice.bank_transactions no force row level security",
  `update sluice.bank_search as existing set instructed_currency = instructed.currency, instructed_amount = instructed.amount
   from sluice.bank_transactions as banked
   cross join lateral sluice.instructed_amount(banked.amounts, banked.currency) as instructed
   where banked.amounts @> '[{"name": "InstdAmt"}]' and banked.content_hash is not null
     and banked.tenant_id = existing.tenant_id and banked.id = existing.id`,
  "alter table sluice.bank_transactions force row level security",
  `create index bank_search_by_instructed_amount on sluice.bank_search
     (tenant_id, instructed_currency, instructed_amount, arrived_on) where instructed_currency is not null`,
  // Of a bank transaction that is matched by its instructed amount: the booked amount and currency, and the rate as the
  // bank has written it.
  "alter table sluice.reconciliation_items add column exchange jsonb",
];

/** Amounts that senders have instructed in another currency: payouts are matched with them where a route says so. */
export const instructedAmounts: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
