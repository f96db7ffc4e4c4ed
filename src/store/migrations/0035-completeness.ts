import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // Objects that an open comparison of a stream has looked at: as the upstream lists them, and as they were stored when
  // they were looked at. `content` is a hash of the mapped values. Deleted when the run ends.
  compared_objects: `tenant_id text not null, run_id text not null, stream text not null, entity_type text not null,
    entity_id text not null, external_id text not null, day date not null, state text not null, look integer not null,
    content text, minor numeric, currency text, exponent smallint,
    our_content text, our_minor numeric, our_currency text, our_exponent smallint, problem text,
    primary key (tenant_id, run_id, stream, entity_id),
    constraint compared_objects_state_check check (state in ('EQUAL', 'SUSPECT', 'UNSETTLED', 'UNRESOLVED'))`,
  // Objects in which the store differed from the upstream, by the run that found them.
  record_differences: `tenant_id text not null, source_id text not null, run_id text not null, stream text not null,
    entity_type text not null, entity_id text not null, external_id text not null, day date not null, kind text not null,
    found_at timestamptz not null, repaired_at timestamptz, verified_at timestamptz, problem text,
    primary key (tenant_id, run_id, stream, entity_id),
    constraint record_differences_kind_check check (kind in ('MISSING', 'ALTERED', 'INVENTED'))`,
  // Result of the last comparison of each stream and day. The day '-infinity' has the objects without a creation time.
  compared_days: `tenant_id text not null, source_id text not null, stream text not null, day date not null,
    run_id text not null, state text not null, reason text, checked_at timestamptz not null,
    our_count bigint, our_hash text, our_sums jsonb,
    their_count bigint, their_hash text, their_sums jsonb,
    missing integer not null default 0, altered integer not null default 0, invented integer not null default 0,
    repaired integer not null default 0, unsettled integer not null default 0,
    primary key (tenant_id, source_id, stream, day),
    constraint compared_days_state_check check (state in ('IN_STEP', 'REPAIRED', 'DIFFERENT', 'NOT_COMPARABLE'))`,
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
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

function ofSources(table: string): string {
  return `create policy source_not_erased on sluice.${table} as restrictive to sluice_app using (true)
    with check (coalesce(not source_id = any (${ERASED}), true))`;
}

const INDEXES: readonly string[] = [
  `create index compared_objects_open on sluice.compared_objects (tenant_id, run_id, stream, look, entity_type, entity_id)
     where state = 'SUSPECT'`,
  `create index record_differences_by_source on sluice.record_differences
     (tenant_id, source_id, found_at, run_id, stream, entity_id)`,
  `create index record_differences_by_age on sluice.record_differences (tenant_id, found_at, run_id, stream, entity_id)`,
  "create index compared_days_listed on sluice.compared_days (tenant_id, source_id, day desc, stream)",
  `create index compared_days_different on sluice.compared_days (tenant_id, source_id, stream) where state = 'DIFFERENT'`,
];

/** What a comparison has looked at is needed until its run ends, whichever way it ends. */
const CLEANING: readonly string[] = [
  `create function sluice.delete_compared_objects() returns trigger language plpgsql as $$ begin
     delete from compared_objects where tenant_id = new.tenant_id and run_id = new.id;
     return null;
   end $$`,
  `create trigger compared_objects_of_ended_run after update on sluice.sync_runs for each row
     when (new.mode = 'RECONCILE' and old.finished_at is null and new.finished_at is not null)
     execute function sluice.delete_compared_objects()`,
];

/**
 * When a source is next compared by its schedule; null: only on request. `compared_until` is the day at which the slow
 * walk over older days continues.
 */
const SCHEDULE: readonly string[] = [
  `alter table sluice.source_schedules add column reconcile_due_at timestamptz default now() + (0.1 + 0.9 * random()) * interval '1 day',
     add column compared_until date`,
  `create index source_schedules_reconcile_due on sluice.source_schedules (reconcile_due_at)
     where reconcile_due_at is not null`,
];

/** Comparisons of stored objects with their upstreams, day by day. */
export const completeness: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      ...["record_differences", "compared_days"].map(ofSources),
      ...INDEXES,
      ...CLEANING,
      ...SCHEDULE,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
