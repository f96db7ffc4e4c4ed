import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What is concluded about a payout from its ledger. `settled_minor` is what the ledger of its account gained from the
 * payout before it until this one, the payout itself included: the sum over the payouts of an account is its balance.
 * Null until it is calculated, and again when an entry of that time has changed. `proof_state` is as in the graph, null if
 * the source says nothing about the entries of its payouts. `balance_error_minor` is the part of what is not explained by
 * which the sums until later payouts are too small.
 */
const PAYOUTS: readonly string[] = [
  `alter table sluice.payouts add column settled_minor bigint, add column proof_state text default 'PENDING',
     add column unexplained_minor bigint, add column balance_error_minor bigint`,
  `create index payouts_by_proof on sluice.payouts (tenant_id, proof_state, ordered_at desc, id desc)`,
  `create index payouts_by_ledger on sluice.payouts (tenant_id, account_id, currency, ordered_at, id)
     where content_hash is not null and deleted_at is null`,
  `create index payouts_unsettled on sluice.payouts (tenant_id, id)
     where settled_minor is null and content_hash is not null and deleted_at is null`,
];

/**
 * Entries of an account by the time from which their money may be paid out: a payout and its return count at once, other
 * money from when it is available. As in src/reconcile/payout-proof/ledger-times.ts.
 */
const LEDGER: readonly string[] = [
  `create index ledger_entries_by_settlement on sluice.ledger_entries (tenant_id, account_id, currency,
     (case when kind = 'PAYOUT' then ordered_at else greatest(available_on, ordered_at) end))
     where content_hash is not null and deleted_at is null`,
  `create index ledger_entries_by_booking on sluice.ledger_entries (tenant_id, account_id, currency, ordered_at)
     where content_hash is not null and deleted_at is null`,
];

/** Kinds of balances that a chain is made of, with their columns. */
const KINDS: Readonly<Record<string, string>> = { AVAILABLE: "available", PENDING: "pending", BOOKED: "booked" };

/**
 * Last balance of each account, currency and day (UTC) as its source stated it. `counted_minor` is the sum of the ledger
 * from the moment of the row before until this one's, null until it is calculated and again when an entry of that time
 * has changed. `is_comparable`: the ledger was read after that moment, so that it must contain what the balance does.
 */
const BALANCES = `create table sluice.balance_days (tenant_id text not null, account_id text not null,
  currency text not null, day date not null, source_id text not null, exponent smallint not null,
  ${Object.values(KINDS)
    .map((kind) => `${kind}_minor bigint, ${kind}_at timestamptz`)
    .join(", ")},
  counted_minor bigint, counted_entries bigint, is_comparable boolean not null default false, primary key (tenant_id, account_id, currency, day))`;

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

const ACCESS: readonly string[] = [
  "alter table sluice.balance_days enable row level security",
  "alter table sluice.balance_days force row level security",
  `create policy tenant_isolation on sluice.balance_days
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  `create policy source_not_erased on sluice.balance_days as restrictive to sluice_app using (true)
     with check (coalesce(not source_id = any (${ERASED}), true))`,
  "grant select, insert, update, delete on sluice.balance_days to sluice_app",
  "create index balance_days_uncounted on sluice.balance_days (tenant_id, account_id, currency, day) where counted_minor is null",
  "create index balance_days_uncompared on sluice.balance_days (tenant_id, source_id) where not is_comparable",
  "create index balance_days_by_age on sluice.balance_days (tenant_id, day, account_id, currency)",
];

const latest = (kind: string): string =>
  `${kind}_minor = case when excluded.${kind}_at >= coalesce(existing.${kind}_at, '-infinity') then excluded.${kind}_minor else existing.${kind}_minor end,
   ${kind}_at = greatest(existing.${kind}_at, excluded.${kind}_at)`;

const stated = (kind: string, column: string): string =>
  `(array_agg(minor order by as_of desc) filter (where kind = '${kind}'))[1] as ${column}_minor,
   max(as_of) filter (where kind = '${kind}') as ${column}_at`;

/** Keeps what a source states about a balance, by one statement for all balances that a statement has written. */
const RECORDER = `create function sluice.record_balance_days() returns trigger language plpgsql as $$ begin
  insert into sluice.balance_days as existing (tenant_id, account_id, currency, day, source_id, exponent,
      ${Object.values(KINDS)
        .map((column) => `${column}_minor, ${column}_at`)
        .join(", ")})
    select tenant_id, account_id, currency, (as_of at time zone 'UTC')::date, min(source_id), min(exponent),
      ${Object.entries(KINDS)
        .map(([kind, column]) => stated(kind, column))
        .join(", ")}
    from changed
    where content_hash is not null and deleted_at is null and account_id is not null and currency is not null
      and as_of is not null and kind in (${Object.keys(KINDS)
        .map((kind) => `'${kind}'`)
        .join(", ")})
    group by tenant_id, account_id, currency, (as_of at time zone 'UTC')::date
    order by tenant_id, account_id, currency, (as_of at time zone 'UTC')::date
    on conflict (tenant_id, account_id, currency, day) do update set exponent = excluded.exponent,
      ${Object.values(KINDS).map(latest).join(", ")}, counted_minor = null, counted_entries = null,
      is_comparable = false;
  return null;
end $$`;

const TRIGGERS: readonly string[] = ["insert", "update"].map(
  (event) => `create trigger balances_days_recorded_on_${event} after ${event} on sluice.balances
    referencing new table as changed for each statement execute function sluice.record_balance_days()`,
);

/** States of payouts' proofs, and the observed balances that chains are made of. */
export const proofs: Migration = {
  async up(db) {
    for (const statement of [...PAYOUTS, ...LEDGER, BALANCES, ...ACCESS, RECORDER, ...TRIGGERS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
