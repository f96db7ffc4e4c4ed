import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What was counted and measured of a source, by minute and by hour: `resolution` is `MINUTE` or `HOUR`, `at` the
 * beginning of the period. `buckets` has how many values were in each bucket of src/statistics/histogram.ts; null for a
 * metric that only counts. Each process adds what it has collected in memory: a crash loses the counts of a minute.
 */
const METRICS = `tenant_id text not null, source_id text not null, name text not null, resolution text not null,
  at timestamptz not null, count bigint not null, sum float8 not null, max float8 not null, buckets bigint[],
  primary key (tenant_id, resolution, source_id, name, at),
  constraint source_metrics_resolution_check check (resolution in ('MINUTE', 'HOUR'))`;

/**
 * One row for each process that runs or ran within the last hour, of the instance and not of a tenant: how long its
 * event loop was blocked at most, how long the database takes to answer it, and when it could not reach the database.
 */
const PROCESSES = `process_id text primary key, started_at timestamptz not null, seen_at timestamptz not null,
  stalled_at timestamptz, stalled_ms float8 not null default 0, store_ms float8 not null default 0,
  store_lost_at timestamptz, store_lost_ms float8 not null default 0`;

const STATEMENTS: readonly string[] = [
  `create table sluice.source_metrics (${METRICS})`,
  "alter table sluice.source_metrics enable row level security",
  "alter table sluice.source_metrics force row level security",
  `create policy tenant_isolation on sluice.source_metrics
     using (tenant_id = current_setting('sluice.tenant', true))
     with check (tenant_id = current_setting('sluice.tenant', true))`,
  "grant select, insert, update, delete on sluice.source_metrics to sluice_app",
  // Counts of several sources are added by one statement, which must not fail because of one that is being erased.
  `create trigger source_metrics_of_erased before insert on sluice.source_metrics
     for each row execute function sluice.skip_erased()`,
  `create table sluice.process_states (${PROCESSES})`,
  "grant select, insert, update, delete on sluice.process_states to sluice_app",
  // The state of the whole service, for Prometheus: states, causes and times of all tenants, and none of their data.
  "grant select (tenant_id, source_id, state) on sluice.source_health to sluice_work",
  "create policy work_search on sluice.source_health for select to sluice_work using (true)",
  "grant select (cause) on sluice.findings to sluice_work",
  "grant select (last_success_at) on sluice.sources to sluice_work",
];

/** Metrics of sources over time, and the state of the processes. */
export const sourceMetrics: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
