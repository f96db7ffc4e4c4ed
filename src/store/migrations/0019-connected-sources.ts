import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // Sources that are connected while the service runs. `sealed` are the connector's settings as given, encrypted with a
  // data key of their own, and `wrapped_key` is that key, encrypted with the master key `key_id`:
  // src/sources/secrets/envelope.ts. Credentials are deleted when the source is disconnected.
  source_settings: `tenant_id text not null, source_id text not null, connector text not null, status text not null,
    sealed bytea, wrapped_key bytea, key_id text, schedule_ms bigint, budget jsonb, networks text[] not null,
    version bigint not null, created_at timestamptz not null, updated_at timestamptz not null,
    idempotency_key text, request_hash bytea,
    primary key (tenant_id, source_id), unique (tenant_id, idempotency_key),
    constraint source_settings_status_check check (status in ('CONNECTED', 'DISCONNECTED', 'ERASING')),
    constraint source_settings_sealed_check check (
      (status = 'CONNECTED') = (sealed is not null and wrapped_key is not null and key_id is not null))`,
  // The newest erasure of a source's data. While it runs, and for a while after it, nothing of the source can be written
  // (policy source_not_erased). `fenced_at` is the transaction that began it: those that are older may still write.
  // `position` is where the next batch begins.
  source_erasures: `tenant_id text not null, source_id text not null, started_at timestamptz not null,
    finished_at timestamptz, deleted_rows bigint not null default 0, fenced_at xid8 not null,
    fence_until timestamptz not null, position jsonb, lease_owner text, lease_token bigint not null default 0,
    lease_until timestamptz, primary key (tenant_id, source_id)`,
};

/** What the role `sluice_work` sees of these tables, beside what migration 0018 lists. */
const READABLE: Readonly<Record<string, string>> = {
  source_erasures: "tenant_id, source_id, started_at, finished_at, lease_until",
  source_settings: "tenant_id, source_id, key_id",
};

/** Every table with rows of sources, under row-level security. */
const OF_SOURCES = [
  "accounts",
  "balances",
  "bank_transactions",
  "deliveries",
  "delivery_conflicts",
  "disputes",
  "entity_aliases",
  "events",
  "files",
  "findings",
  "ledger_entries",
  "listed_events",
  "parties",
  "payment_attempts",
  "payments",
  "payouts",
  "quarantined_records",
  "raw_payloads",
  "refetches",
  "refunds",
  "statement_entries",
  "statement_links",
  "statement_parts",
  "statements",
  "stream_ranges",
  "stream_refresh_requests",
  "stream_states",
  "sync_run_streams",
  "sync_runs",
  "unconfirmed_breaches",
  "webhook_silences",
  "webhook_types",
] as const;

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

/**
 * As in 0018, except: a source that is connected never takes the id of another tenant's source, and nothing is due of
 * one that is disconnected.
 */
const SCHEDULES: readonly string[] = [
  `create or replace function sluice.follow_source() returns trigger language plpgsql security definer
     set search_path = sluice, pg_temp as $$
   begin
     insert into source_schedules as existing (source_id, tenant_id, schedule_seconds, poll_due_at, check_due_at)
     values (new.id, new.tenant_id, new.schedule_seconds, case when new.schedule_seconds is not null then now() end,
       case when new.webhook_received_at is not null then now() end)
     on conflict (source_id) do update set
       tenant_id = excluded.tenant_id,
       schedule_seconds = excluded.schedule_seconds,
       poll_due_at = case when excluded.schedule_seconds is null then null
         else least(coalesce(existing.poll_due_at, now()), now() + excluded.schedule_seconds * interval '1 second') end,
       check_due_at = case when new.disconnected_at is null then coalesce(existing.check_due_at, excluded.check_due_at) end,
       version = existing.version + 1
     where existing.tenant_id = excluded.tenant_id or new.origin <> 'CONNECTED';
     if not found then
       raise exception 'the id of the source is in use' using errcode = 'unique_violation', constraint = 'source_id_in_use';
     end if;
     return null;
   end $$`,
];

/** The subquery does not depend on the row, so that it is executed once for each statement. */
const ERASED = "(select array_agg(source_id) from sluice.source_erasures where fence_until > now())::text[]";

const FENCES: readonly string[] = [
  "create index source_erasures_fences on sluice.source_erasures (tenant_id, fence_until)",
  ...OF_SOURCES.map(
    (table) => `create policy source_not_erased on sluice.${table} as restrictive to sluice_app using (true)
      with check (coalesce(not source_id = any (${ERASED}), true))`,
  ),
  // Counts of several sources are added by one statement, which must not fail because of one of them.
  `create function sluice.skip_erased() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$ begin
    if new.source_id = any (${ERASED}) then return null; end if;
    return new;
  end $$`,
  `create trigger webhook_counts_of_erased before insert on sluice.webhook_counts
    for each row execute function sluice.skip_erased()`,
];

/**
 * Number of records that each master key encrypts. It belongs to the instance and is outside of row-level security, so
 * that one query finds at start whether a key is missing.
 */
const KEYS: readonly string[] = [
  "create table sluice.secret_keys (key_id text primary key, records bigint not null)",
  "grant select on sluice.secret_keys to sluice_app",
  `create function sluice.count_secret_keys() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin
    if tg_op <> 'INSERT' and old.key_id is not null then
      update sluice.secret_keys set records = records - 1 where key_id = old.key_id;
      delete from sluice.secret_keys where key_id = old.key_id and records < 1;
    end if;
    if tg_op <> 'DELETE' and new.key_id is not null then
      insert into sluice.secret_keys as existing (key_id, records) values (new.key_id, 1)
        on conflict (key_id) do update set records = existing.records + 1;
    end if;
    return null;
  end $$`,
  `create trigger source_settings_keys after insert or delete or update of key_id on sluice.source_settings
    for each row execute function sluice.count_secret_keys()`,
  // Finds the records whose data keys must be encrypted again.
  "create index source_settings_by_key on sluice.source_settings (tenant_id, key_id, source_id) where key_id is not null",
];

const SOURCES: readonly string[] = [
  `alter table sluice.sources add column origin text not null default 'SETTINGS_FILE',
     add column registered_at timestamptz not null default now(), add column disconnected_at timestamptz`,
  `alter table sluice.sources add constraint sources_origin_check check (origin in ('SETTINGS_FILE', 'CONNECTED')) not valid`,
  ...[
    ["", "id"],
    ["_newest", "registered_at desc, id desc"],
  ].flatMap(([suffix, order]) => [
    `create index sources_by_connector${suffix} on sluice.sources (tenant_id, connector, ${order})`,
    `create index sources_by_status${suffix} on sluice.sources (tenant_id, status, ${order}) where disconnected_at is null`,
  ]),
  "create index sources_newest on sluice.sources (tenant_id, registered_at desc nulls last, id desc nulls last)",
];

/** Sources that are connected while the service runs, with encrypted credentials, and the erasure of a source's data. */
export const connectedSources: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      ...FENCES,
      ...KEYS,
      ...SOURCES,
      ...SCHEDULES,
      ...Object.entries(READABLE).flatMap(([table, columns]) => [
        `grant select (${columns}) on sluice.${table} to sluice_work`,
        `create policy work_search on sluice.${table} for select to sluice_work using (true)`,
      ]),
      "grant select (origin, disconnected_at) on sluice.sources to sluice_work",
      "create index source_erasures_unfinished on sluice.source_erasures (started_at) where finished_at is null",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
