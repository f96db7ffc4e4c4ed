import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // State of the last evaluation of each source. Written only when the state or its rules change.
  source_health: `tenant_id text not null, source_id text not null, state text not null, since timestamptz not null,
    cause text, rules text[] not null default '{}', primary key (tenant_id, source_id),
    constraint source_health_state_check check (state in ('IN_STEP', 'CATCHING_UP', 'OUT_OF_STEP', 'UNKNOWN'))`,
  // How many records the last complete reads of a stream had, the newest one last, by the mode of their runs. A read
  // with far fewer is not added until it has been the usual one for some days: `low_since` is when such reads began.
  stream_record_counts: `tenant_id text not null, source_id text not null, stream text not null, mode text not null,
    counts bigint[] not null, last_count bigint not null, last_run_id text not null, last_at timestamptz not null,
    low_since timestamptz, primary key (tenant_id, source_id, stream, mode)`,
};

/** The subquery does not depend on the row, so that it is executed once for each statement. As in migration 0019. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

function isolated(table: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_isolation on sluice.${table}
       using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `create policy source_not_erased on sluice.${table} as restrictive to sluice_app using (true)
       with check (coalesce(not source_id = any (${ERASED}), true))`,
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

/**
 * When the sources of each tenant were last evaluated, and the number of the last event at that time. Outside of
 * row-level security like `source_schedules`, and readable by `sluice_work` only.
 */
const SCHEDULES: readonly string[] = [
  `create table sluice.health_schedules (tenant_id text primary key,
     evaluated_at timestamptz not null default '-infinity', complete_at timestamptz not null default '-infinity',
     seq bigint not null default 0)`,
  "grant select, insert, update on sluice.health_schedules to sluice_work",
];

const INDEXES: readonly string[] = [
  "create index source_health_by_state on sluice.source_health (tenant_id, state, source_id)",
  "create index findings_open_of_source on sluice.findings (tenant_id, source_id, opened_at) where closed_at is null",
  `create index quarantined_records_open_of_source on sluice.quarantined_records (tenant_id, source_id, first_at)
     where status = 'OPEN'`,
];

/** States about sources, and what they are concluded from that was not stored before. */
export const sourceHealth: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      ...SCHEDULES,
      ...INDEXES,
      `alter table sluice.sources add column unconfigured_since timestamptz,
         add column credentials_expire_at timestamptz`,
      "grant select (unconfigured_since, credentials_expire_at) on sluice.sources to sluice_work",
      "grant update (unconfigured_since, credentials_expire_at) on sluice.sources to sluice_work",
      "grant insert (unconfigured_since, credentials_expire_at) on sluice.sources to sluice_work",
      // How the changes come, as in the connector: from the log of a database, or in a stream of messages.
      "alter table sluice.change_feeds add column via text check (via in ('CDC', 'STREAM'))",
      "grant insert (via), update (via), select (via) on sluice.change_feeds to sluice_work",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
