import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Lists, by the time that they are ordered by. */
const LISTS: Readonly<Record<string, string>> = {
  parties: "ordered_at",
  accounts: "ordered_at",
  payments: "ordered_at",
  refunds: "ordered_at",
  disputes: "ordered_at",
  payouts: "ordered_at",
  ledger_entries: "ordered_at",
  bank_transactions: "ordered_at",
  statements: "ordered_at",
  sync_runs: "created_at",
  quarantined_records: "first_at",
  findings: "opened_at",
  files: "received_at",
};

/** Columns that a list is filtered by and that had no index: any of their values may be rare in a tenant. */
const FILTERS: readonly (readonly [name: string, table: string, columns: string])[] = [
  ["parties_by_kind", "parties", "kind"],
  ["parties_by_source", "parties", "source_id"],
  ["accounts_by_kind", "accounts", "kind"],
  ["accounts_by_ownership", "accounts", "ownership"],
  ["accounts_by_source", "accounts", "source_id"],
  ["payments_by_kind", "payments", "kind"],
  ["refunds_by_status", "refunds", "status"],
  ["refunds_by_source", "refunds", "source_id"],
  ["disputes_by_status", "disputes", "status"],
  ["disputes_by_source", "disputes", "source_id"],
  ["payouts_by_status", "payouts", "status"],
  ["payouts_by_source", "payouts", "source_id"],
  ["ledger_entries_by_kind", "ledger_entries", "kind"],
  ["ledger_entries_by_source", "ledger_entries", "source_id"],
  // For each filter alone too: either of them has two values.
  ["bank_transactions_by_direction", "bank_transactions", "direction, is_reversal"],
  ["bank_transactions_by_status", "bank_transactions", "status"],
  ["bank_transactions_by_source", "bank_transactions", "source_id"],
  ["statements_by_kind", "statements", "kind"],
  ["statements_by_balanced", "statements", "is_balanced"],
  ["statements_by_complete", "statements", "is_complete"],
  ["statements_by_source", "statements", "source_id"],
  ["sync_runs_by_status", "sync_runs", "status"],
  ["sync_runs_by_source", "sync_runs", "source_id"],
  ["quarantined_records_by_type", "quarantined_records", "entity_type"],
  ["quarantined_records_by_status", "quarantined_records", "status"],
  ["quarantined_records_by_source", "quarantined_records", "source_id"],
  ["findings_by_source", "findings", "source_id"],
  ["files_by_status", "files", "status"],
  ["files_by_source", "files", "source_id"],
];

/**
 * A filtered list must never be read through the index of the whole list: the planner knows how common a value is in
 * the table, not in the tenant, and would read all rows of a tenant in which the value is rare. Therefore the two have
 * different orders, although the column is never null: a query chooses by its own order (list-page.ts).
 */
const LISTED: readonly string[] = Object.entries(LISTS).flatMap(([table, time]) => [
  `drop index sluice.${table}_listed`,
  `create index ${table}_listed on sluice.${table} (tenant_id, ${time} desc nulls last, id desc nulls last)
     ${time === "ordered_at" ? "where content_hash is not null" : ""}`,
]);

const FILTERED: readonly string[] = [
  ...FILTERS.map(
    ([name, table, columns]) =>
      `create index ${name} on sluice.${table} (tenant_id, ${columns}, ${LISTS[table]} desc, id desc)`,
  ),
  "create index findings_open_listed on sluice.findings (tenant_id, opened_at desc, id desc) where closed_at is null",
  "create index findings_closed_listed on sluice.findings (tenant_id, opened_at desc, id desc) where closed_at is not null",
  // For few statements, as `statements_by_day` is for their last days.
  "create index statements_by_first_day on sluice.statements (tenant_id, first_day)",
];

/**
 * Written when a delivery is finished, and not while its sender waits. Those that are pending are found by
 * `deliveries_due`.
 */
const DELIVERIES: readonly string[] = [
  "drop index sluice.deliveries_parked_or_discarded",
  `create index deliveries_by_status on sluice.deliveries (tenant_id, status, source_id, received_at desc, id desc)
     where status <> 'PENDING'`,
  `create index deliveries_by_event_type on sluice.deliveries (tenant_id, source_id, event_type, received_at desc, id desc)
     where status <> 'PENDING'`,
  `create index deliveries_by_error on sluice.deliveries (tenant_id, source_id, error_code, received_at desc, id desc)
     where error_code is not null`,
];

/**
 * The search table is not under row-level security (0004), and an index that finds a word of any tenant takes longer
 * for a word that another tenant has than for one that nobody has. Therefore each key of its indexes contains the
 * tenant. Words begin with a digest of it, so that the beginning of a word is found too.
 */
const SEARCH: readonly string[] = [
  `create function sluice.search_prefix(tenant text) returns text language sql immutable strict parallel safe
    as $$ select left(encode(sha256(convert_to(tenant, 'UTF8')), 'hex'), 12) $$`,
  "drop index sluice.bank_search_words",
  "drop index sluice.bank_search_references",
  `update sluice.bank_search set words = (
     select array_to_tsvector(array_agg(sluice.search_prefix(tenant_id) || word)) from unnest(tsvector_to_array(words)) as word
   ) where words is not null`,
  "create index bank_search_words on sluice.bank_search using gin (words)",
  `create index bank_search_references on sluice.bank_search
     using gin (jsonb_set('{}', array[tenant_id], reference_values) jsonb_path_ops)`,
  // As in 0007, with the prefix of the tenant before each word.
  `create or replace function sluice.refresh_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    insert into sluice.bank_search as existing
        (tenant_id, id, source_id, currency, amount, direction, arrived_on, reference_values, words)
      select tenant_id, id, source_id, currency, amount_minor * power(10::numeric, -exponent::numeric), direction,
        case when status = 'BOOKED' and is_reversal is not true and deleted_at is null
          then coalesce(booking_date, value_date) end,
        reference_values,
        array_to_tsvector(string_to_array(prefix || replace(nullif(search_text, ''), ' ', ' ' || prefix), ' '))
      from changed cross join lateral sluice.search_prefix(changed.tenant_id) as prefix where content_hash is not null
      on conflict (tenant_id, id) do update set currency = excluded.currency, amount = excluded.amount,
        direction = excluded.direction, arrived_on = excluded.arrived_on, reference_values = excluded.reference_values,
        words = excluded.words
      where (existing.currency, existing.amount, existing.direction, existing.arrived_on, existing.reference_values, existing.words)
        is distinct from
        (excluded.currency, excluded.amount, excluded.direction, excluded.arrived_on, excluded.reference_values, excluded.words);
    return null;
  end $$`,
];

/** Indexes for every filter of a list, and search indexes that contain the tenant. */
export const filterIndexes: Migration = {
  async up(db) {
    for (const statement of [...LISTED, ...FILTERED, ...DELIVERIES, ...SEARCH]) await sql.raw(statement).execute(db);
  },
};
