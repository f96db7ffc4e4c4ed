import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Columns by which work is found over all tenants: ids, due times, leases and states. None of them holds data of a
 * tenant, and only the role `sluice_work` reads them without being in a tenant.
 */
const READABLE: Readonly<Record<string, string>> = {
  deliveries: "tenant_id, source_id, status, next_attempt_at",
  event_heads: "tenant_id, head",
  files: "tenant_id, source_id, status, next_attempt_at, lease_until",
  findings: "tenant_id, kind, closed_at",
  invariant_progress: "tenant_id, checked_seq",
  refetches: "tenant_id, source_id, next_attempt_at, lease_until",
  sources: `tenant_id, id, connector, schedule_seconds, paused, status, credential, webhook_received_at,
    webhook_silent_since`,
  stream_refresh_requests: "tenant_id, source_id, requested_at",
  stream_states: "tenant_id, source_id, stream, lease_owner, lease_token, lease_until",
  sync_run_streams: "tenant_id, run_id, stream, source_id, status, next_attempt_at",
  sync_runs: "tenant_id, id, mode, cancel_requested",
  unconfirmed_breaches: "tenant_id",
};

/**
 * Which tenant a source belongs to, and when it is due. Not under row-level security, and readable by `sluice_work`
 * only. `poll_due_at` is null for a source without a schedule, `check_due_at` until its first webhook arrives. `version`
 * changes with the settings of the source.
 */
const SCHEDULES: readonly string[] = [
  `create table sluice.source_schedules (
     source_id text primary key, tenant_id text not null, schedule_seconds integer, poll_due_at timestamptz,
     check_due_at timestamptz, version bigint not null default 1)`,
  `create index source_schedules_poll_due on sluice.source_schedules (poll_due_at) where poll_due_at is not null`,
  `create index source_schedules_check_due on sluice.source_schedules (check_due_at) where check_due_at is not null`,
  "create index source_schedules_by_tenant on sluice.source_schedules (tenant_id, source_id)",
  "grant select, update on sluice.source_schedules to sluice_work",
  // A job that runs once in a while in one process, such as the deletion of old rows.
  "create table sluice.periodic_jobs (name text primary key, due_at timestamptz not null)",
  "grant select, insert, update on sluice.periodic_jobs to sluice_work",
];

/**
 * Keeps the schedules in step with the sources, in the same transaction. An id that another tenant had belongs to the
 * tenant that registered it last. The owner of the tables runs it, because tenants have no access to the schedules.
 */
const FOLLOW_SOURCES: readonly string[] = [
  `create function sluice.follow_source() returns trigger language plpgsql security definer set search_path = sluice, pg_temp as $$
   begin
     insert into source_schedules as existing (source_id, tenant_id, schedule_seconds, poll_due_at, check_due_at)
     values (new.id, new.tenant_id, new.schedule_seconds, case when new.schedule_seconds is not null then now() end,
       case when new.webhook_received_at is not null then now() end)
     on conflict (source_id) do update set
       tenant_id = excluded.tenant_id,
       schedule_seconds = excluded.schedule_seconds,
       poll_due_at = case when excluded.schedule_seconds is null then null
         else least(coalesce(existing.poll_due_at, now()), now() + excluded.schedule_seconds * interval '1 second') end,
       check_due_at = coalesce(existing.check_due_at, excluded.check_due_at),
       version = existing.version + 1;
     return null;
   end $$`,
  `create trigger follow_source after insert or update of connector, schedule_seconds, credential on sluice.sources
     for each row execute function sluice.follow_source()`,
  // The first webhook begins the checks; a source whose webhooks have stopped is polled soon.
  `create function sluice.follow_webhooks() returns trigger language plpgsql security definer set search_path = sluice, pg_temp as $$
   begin
     update source_schedules set check_due_at = coalesce(check_due_at, now()),
       poll_due_at = case when new.webhook_silent_since is null then poll_due_at
         when poll_due_at is not null then least(poll_due_at, now() + interval '1 minute') end
     where source_id = new.id and tenant_id = new.tenant_id;
     return null;
   end $$`,
  `create trigger follow_webhooks after update of webhook_received_at, webhook_silent_since on sluice.sources
     for each row when ((old.webhook_received_at is null and new.webhook_received_at is not null)
       or (old.webhook_silent_since is null and new.webhook_silent_since is not null))
     execute function sluice.follow_webhooks()`,
  `create function sluice.follow_deleted_source() returns trigger language plpgsql security definer set search_path = sluice, pg_temp as $$
   begin
     delete from source_schedules where source_id = old.id and tenant_id = old.tenant_id;
     return null;
   end $$`,
  `create trigger follow_deleted_source after delete on sluice.sources
     for each row execute function sluice.follow_deleted_source()`,
  "alter table sluice.sources no force row level security", // so that the owner sees the sources of all tenants
  `insert into sluice.source_schedules (source_id, tenant_id, schedule_seconds, poll_due_at, check_due_at)
   select distinct on (id) id, tenant_id, schedule_seconds, case when schedule_seconds is not null then now() end,
     case when webhook_received_at is not null then now() end
   from sluice.sources order by id, status_since desc`,
  "alter table sluice.sources force row level security",
];

const allow = (table: string, columns: string): readonly string[] => [
  `grant select (${columns}) on sluice.${table} to sluice_work`,
  `create policy work_search on sluice.${table} for select to sluice_work using (true)`,
];

/** Work is found over all tenants by one search, and polls are due by the schedules. */
export const workSearch: Migration = {
  async up(db) {
    const statements = [
      "grant usage on schema sluice to sluice_work",
      ...Object.entries(READABLE).flatMap(([table, columns]) => allow(table, columns)),
      // The leases of all streams that a process reads are extended by one statement.
      "grant update (lease_until) on sluice.stream_states to sluice_work",
      "create policy work_renewal on sluice.stream_states for update to sluice_work using (true)",
      // A process registers the sources of its settings file by one statement.
      `grant insert (tenant_id, id, connector, status, status_since, schedule_seconds, credential),
         update (connector, schedule_seconds, credential) on sluice.sources to sluice_work`,
      "create policy work_registration on sluice.sources for insert to sluice_work with check (true)",
      "create policy work_registered on sluice.sources for update to sluice_work using (true)",
      "create index sources_by_credential on sluice.sources (credential)",
      "create index stream_states_by_owner on sluice.stream_states (lease_owner) where lease_owner is not null",
      ...SCHEDULES,
      ...FOLLOW_SOURCES,
      "drop schema if exists sluice_jobs cascade", // of pg-boss, which earlier versions used
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
