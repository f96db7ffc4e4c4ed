import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const COLUMNS: readonly (readonly [table: string, before: string, after: string])[] = [
  ["stream_refresh_requests", "asked_at", "requested_at"],
  ["files", "way", "origin"],
  ["statements", "closes", "is_balanced"],
  ["statements", "summary_agrees", "summary_matches"],
];

const INDEXES: readonly (readonly [before: string, after: string])[] = [
  ["deliveries_set_aside", "deliveries_parked_or_discarded"],
  ["delivery_bodies_of", "delivery_bodies_by_delivery"],
  ["bank_transactions_unsettled", "bank_transactions_not_booked"],
];

const NAMES: readonly string[] = [
  ...COLUMNS.map(([table, before, after]) => `alter table sluice.${table} rename column ${before} to ${after}`),
  ...INDEXES.map(([before, after]) => `alter index sluice.${before} rename to ${after}`),
  "drop trigger bank_search_deleted on sluice.bank_transactions",
  "drop function sluice.forget_bank_search()",
  `create function sluice.delete_bank_search() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    delete from sluice.bank_search as search using deleted
      where search.tenant_id = deleted.tenant_id and search.id = deleted.id;
    return null;
  end $$`,
  `create trigger bank_search_deleted after delete on sluice.bank_transactions referencing old table as deleted
    for each statement execute function sluice.delete_bank_search()`,
];

/** Row-level security is forced on the tables' owner too, who has to see all tenants for the change of stored rows. */
const REPAIRED = ["sources", "files"] as const;

const REPAIRS: readonly string[] = [
  // The result of a file names for each of its statements whether it is balanced.
  `update sluice.files set result = jsonb_set(result, '{statements}', (
       select coalesce(jsonb_agg(statement - 'closes' || jsonb_build_object('isBalanced', statement -> 'closes') order by place), '[]')
       from jsonb_array_elements(result -> 'statements') with ordinality as list (statement, place)))
     where jsonb_typeof(result -> 'statements') = 'array'`,
  // A replayed file kept the end of its earlier application.
  `update sluice.files set finished_at = null, result = null
     where status <> 'STORED' and (finished_at is not null or result is not null)`,
  // The pause was stored twice.
  "update sluice.sources set status = case when paused then 'PAUSED' else 'ACTIVE' end where paused <> (status = 'PAUSED')",
];

const PAUSED: readonly string[] = [
  "alter table sluice.sources drop column paused",
  "alter table sluice.sources add column paused boolean not null generated always as (status = 'PAUSED') stored",
];

const RUN = "'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED'";
const RUN_FINISHED = "(status in ('SUCCEEDED', 'FAILED', 'CANCELED')) = (finished_at is not null)";

/** Every version has written rows that satisfy these, except for those that are repaired above. */
const CHECKS: readonly (readonly [table: string, name: string, condition: string])[] = [
  ["sources", "status", "status in ('ACTIVE', 'PAUSED', 'NEEDS_CREDENTIALS', 'UNREACHABLE')"],
  ["sync_runs", "status", `status in (${RUN})`],
  ["sync_runs", "finished", RUN_FINISHED],
  ["sync_run_streams", "status", `status in (${RUN})`],
  ["sync_run_streams", "finished", RUN_FINISHED],
  ["stream_ranges", "status", "status in ('OPEN', 'DONE', 'EMPTY')"],
  ["deliveries", "status", "status in ('PENDING', 'APPLIED', 'PARKED', 'DISCARDED')"],
  ["deliveries", "finished", "(status <> 'PENDING') = (finished_at is not null)"],
  ["delivery_attempts", "outcome", "outcome in ('APPLIED', 'RETRY', 'PARKED')"],
  ["files", "status", "status in ('ACCEPTED', 'STORED', 'REFUSED')"],
  ["files", "finished", "(status = 'STORED') = (finished_at is not null)"],
  ["files", "refusal", "(status = 'REFUSED') = (refusal is not null)"],
  ["quarantined_records", "status", "status in ('OPEN', 'RESOLVED')"],
  ["quarantined_records", "resolved", "(status = 'RESOLVED') = (resolved_at is not null)"],
];

/** Checks of the statuses, and names that say what they are. */
export const statuses: Migration = {
  async up(db) {
    const statements = [
      ...NAMES,
      ...REPAIRED.map((table) => `alter table sluice.${table} no force row level security`),
      ...REPAIRS,
      ...REPAIRED.map((table) => `alter table sluice.${table} force row level security`),
      ...PAUSED,
      // Validated by `migrate` afterwards, which reads the tables without keeping anybody from writing them.
      ...CHECKS.map(
        ([table, name, condition]) =>
          `alter table sluice.${table} add constraint ${table}_${name}_check check (${condition}) not valid`,
      ),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
