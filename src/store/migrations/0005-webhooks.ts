import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES: Readonly<Record<string, string>> = {
  // An attempt to apply a delivery, numbered over all its replays. A delivery that was applied at its first attempt has
  // no row: the delivery itself has all of its content.
  delivery_attempts: `tenant_id text not null, delivery_id text not null, number integer not null, at timestamptz not null,
    outcome text not null, error_code text, error_message text, next_attempt_at timestamptz,
    primary key (tenant_id, delivery_id, number)`,
  // Other bodies that were received under the id of a delivery, each once; the delivery keeps the first.
  delivery_conflicts: `tenant_id text not null, delivery_id text not null, content_hash text not null,
    source_id text not null, body bytea not null, verification jsonb, first_at timestamptz not null,
    last_at timestamptz not null, occurrences bigint not null default 1,
    primary key (tenant_id, delivery_id, content_hash)`,
  // Webhook calls by minute: `received` are all verified calls, including `duplicates` and `conflicts`. Counted
  // in memory and added periodically: a crash loses the counts of seconds.
  webhook_counts: `tenant_id text not null, source_id text not null, at timestamptz not null,
    received bigint not null default 0, duplicates bigint not null default 0, conflicts bigint not null default 0,
    refused bigint not null default 0, parked bigint not null default 0, missed bigint not null default 0,
    primary key (tenant_id, source_id, at)`,
  // Periods in which deliveries had stopped, open while until_at is null: they do not count for the expected rate.
  webhook_silences: `tenant_id text not null, source_id text not null, since timestamptz not null, until_at timestamptz,
    primary key (tenant_id, source_id, since)`,
  // Types of events for which an event of an upstream's own list was also delivered to us: when such events first and
  // last happened. An endpoint is registered for some types only.
  webhook_types: `tenant_id text not null, source_id text not null, event_type text not null, first_at timestamptz not null,
    last_at timestamptz not null, primary key (tenant_id, source_id, event_type)`,
  // Events of an upstream's own list without a delivery, by the id that it would have. missed_at null: it may be in
  // transit.
  listed_events: `tenant_id text not null, id text not null, source_id text not null, event_type text not null,
    at timestamptz not null, missed_at timestamptz, primary key (tenant_id, id)`,
  // Streams for which a webhook reported new data.
  read_hints: `tenant_id text not null, source_id text not null, stream text not null, asked_at timestamptz not null,
    primary key (tenant_id, source_id, stream)`,
  // Ids under which an upstream lists or listed an object that has had several. `id` is the global id that the external
  // id would have alone, `root_id` the object's. `replaced`: the upstream uses another one now.
  entity_aliases: `tenant_id text not null, id text not null, source_id text not null, entity_type text not null,
    external_id text not null, root_id text not null, root_external_id text not null,
    replaced boolean not null default false, first_at timestamptz not null, primary key (tenant_id, id)`,
  // Objects that a FULL run listed in a state that it did not store, because a newer one is or may be stored: they
  // exist. Deleted when the run ends.
  run_sightings: `tenant_id text not null, run_id text not null, entity_id text not null,
    primary key (tenant_id, run_id, entity_id)`,
};

/**
 * Bodies are kept for a limited time, so they are stored separately from the columns that identify deliveries, which
 * are kept for ever.
 */
const BODIES: readonly string[] = [
  `create table sluice.delivery_bodies (tenant_id text not null, delivery_id text not null, received_at timestamptz not null,
     body bytea not null) partition by range (received_at)`,
  // By the id alone, which is unique over all tenants: half the size of a key over all three columns, and ids arrive in
  // no order.
  "create index delivery_bodies_of on sluice.delivery_bodies (delivery_id)",
  "create table sluice.delivery_bodies_rest partition of sluice.delivery_bodies default",
  "alter table sluice.delivery_bodies_rest alter column body set storage external",
  // Most bodies have 2 to 5 kB: stored in their row, and not in pieces in a separate table with its own index.
  "alter table sluice.delivery_bodies_rest set (toast_tuple_target = 8160)",
  // The policy also applies to the tables' owner, who has to read all tenants this once.
  "alter table sluice.deliveries no force row level security",
  `insert into sluice.delivery_bodies (tenant_id, delivery_id, received_at, body)
     select tenant_id, id, received_at, body from sluice.deliveries`,
  "alter table sluice.deliveries add column size integer not null default 0",
  "update sluice.deliveries set size = octet_length(body)",
  "alter table sluice.deliveries force row level security",
  "alter table sluice.deliveries drop column body",
];

const CHANGES: readonly string[] = [
  `alter table sluice.deliveries
     add column verification jsonb,
     add column announced boolean not null default false,
     add column earlier_attempts integer not null default 0,
     add column effects jsonb,
     add column discarded_by text,
     add column discard_reason text`,
  `alter table sluice.sources
     add column webhook_received_at timestamptz,
     add column webhook_refused_at timestamptz,
     add column webhook_silent_since timestamptz`,
  // Lists of deliveries are merged from the tenant's sources: one index serves both.
  "drop index sluice.deliveries_listed",
  "create index deliveries_listed on sluice.deliveries (tenant_id, source_id, received_at desc, id desc)",
  "create index deliveries_set_aside on sluice.deliveries (tenant_id, status, source_id, received_at desc, id desc) where status in ('PARKED', 'DISCARDED')",
  "create index listed_events_by_source on sluice.listed_events (tenant_id, source_id, missed_at)",
  "create index entity_aliases_by_root on sluice.entity_aliases (tenant_id, root_id)",
];

function walled(table: string): readonly string[] {
  return [
    `alter table sluice.${table} enable row level security`,
    `alter table sluice.${table} force row level security`,
    `create policy tenant_wall on sluice.${table} using (tenant_id = current_setting('sluice.tenant', true))
       with check (tenant_id = current_setting('sluice.tenant', true))`,
    `grant select, insert, update, delete on sluice.${table} to sluice_app`,
  ];
}

/** The complete inbox, objects whose ids change, and the statistics of each source's webhooks. */
export const webhooks: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...BODIES,
      ...CHANGES,
      ...[...Object.keys(TABLES), "delivery_bodies"].flatMap(walled),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
