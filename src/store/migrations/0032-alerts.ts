import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const SEVERITIES = "'CRITICAL', 'WARNING', 'INFO'";

const TABLES: Readonly<Record<string, string>> = {
  // Where messages are sent. Its URL and secrets are encrypted together, because the URLs of chat services are secrets;
  // `origin` is its beginning. Events up to `after_seq` are older than the endpoint. `due_at` is when something of it
  // has to be done: to send, or to end a muting.
  alert_endpoints: `tenant_id text not null, id text not null, name text not null, origin text not null,
    form text not null, sealed bytea not null, wrapped_key bytea not null, key_id text not null,
    min_severity text not null, source_ids text[], status text not null, status_since timestamptz not null default now(),
    muted_until timestamptz, after_seq bigint not null, created_at timestamptz not null default now(),
    created_by text not null, failures integer not null default 0, failing_since timestamptz, error text,
    closed_until timestamptz, last_delivered_at timestamptz, due_at timestamptz not null default 'infinity',
    lease_owner text, lease_token bigint not null default 0, lease_until timestamptz, primary key (tenant_id, id),
    constraint alert_endpoints_form_check check (form in ('STANDARD_WEBHOOKS', 'CHAT_TEXT')),
    constraint alert_endpoints_min_severity_check check (min_severity in (${SEVERITIES})),
    constraint alert_endpoints_status_check check (status in ('ACTIVE', 'DISABLED', 'REJECTED', 'FAILED'))`,
  // Messages, one for each endpoint. `ordinal` is their order, `subject` the finding or the source's health that they are
  // about: of one subject they are sent in their order. `attempts` counts those that have begun.
  alerts: `tenant_id text not null, id text not null, ordinal bigint generated always as identity,
    endpoint_id text not null, source_id text, type text not null, subject text not null, finding_id text, kind text,
    severity text not null, status text not null, data jsonb not null, changes integer not null default 1,
    created_at timestamptz not null default now(), due_at timestamptz, muted_until timestamptz,
    attempts integer not null default 0, attempt_log jsonb not null default '[]', finished_at timestamptz,
    response_status integer, error text, primary key (tenant_id, id),
    constraint alerts_type_check check (type in ('FINDING_OPENED', 'FINDING_CLOSED', 'FINDINGS_OMITTED',
      'SOURCE_HEALTH_CHANGED', 'TEST')),
    constraint alerts_severity_check check (severity in (${SEVERITIES})),
    constraint alerts_status_check check (status in ('PENDING', 'MUTED', 'DELIVERED', 'FAILED', 'SUPERSEDED')),
    constraint alerts_finished_check check ((finished_at is null) = (status in ('PENDING', 'MUTED')))`,
  // What is not to be sent until a time, at all or about a source, or a kind of finding.
  alert_mutes: `tenant_id text not null, id text not null, source_id text, kind text, until timestamptz not null,
    reason text not null, created_at timestamptz not null default now(), created_by text not null,
    primary key (tenant_id, id)`,
  // Number of the last event whose messages are stored. Only tenants with endpoints have one.
  alert_positions: "tenant_id text not null, seq bigint not null, primary key (tenant_id)",
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

const ACCESS: readonly string[] = [
  ...["alerts", "alert_mutes"].map(
    (table) => `create policy source_not_erased on sluice.${table} as restrictive to sluice_app using (true)
       with check (coalesce(not source_id = any (${ERASED}), true))`,
  ),
  // Finds tenants with new events, and endpoints with something to do.
  "grant select (tenant_id, seq) on sluice.alert_positions to sluice_work",
  "grant select (tenant_id, id, status, due_at, lease_until, key_id) on sluice.alert_endpoints to sluice_work",
  "grant select (tenant_id, status) on sluice.alerts to sluice_work",
  ...["alert_positions", "alert_endpoints", "alerts"].map(
    (table) => `create policy work_search on sluice.${table} for select to sluice_work using (true)`,
  ),
  `create trigger alert_endpoints_keys after insert or delete or update of key_id on sluice.alert_endpoints
    for each row execute function sluice.count_secret_keys()`,
];

const INDEXES: readonly string[] = [
  "create index alert_endpoints_due on sluice.alert_endpoints (due_at) where status = 'ACTIVE'",
  "create index alert_endpoints_newest on sluice.alert_endpoints (tenant_id, created_at desc nulls last, id desc nulls last)",
  "create index alert_endpoints_by_key on sluice.alert_endpoints (tenant_id, key_id, id)",
  "create index alerts_open on sluice.alerts (tenant_id, endpoint_id, due_at) where status in ('PENDING', 'MUTED')",
  "create index alerts_open_by_status on sluice.alerts (status) where status = 'PENDING'",
  "create index alerts_of_subject on sluice.alerts (tenant_id, subject, endpoint_id, ordinal)",
  "create index alerts_newest on sluice.alerts (tenant_id, created_at desc nulls last, id desc nulls last)",
  ...["endpoint_id", "status", "source_id"].map(
    (column) => `create index alerts_by_${column} on sluice.alerts (tenant_id, ${column}, created_at, id)`,
  ),
  "create index alerts_by_age on sluice.alerts (tenant_id, finished_at, id)",
  "create index alert_mutes_by_end on sluice.alert_mutes (tenant_id, until, id)",
  // The events that may cause messages: few among all.
  `create index events_for_alerts on sluice.events (tenant_id, seq)
     where kind in ('FindingOpened', 'FindingClosed', 'SourceHealthChanged')`,
];

/** Messages about findings and about the health of sources, to endpoints that people configure. */
export const alerts: Migration = {
  async up(db) {
    const statements = [
      ...Object.entries(TABLES).map(([table, columns]) => `create table sluice.${table} (${columns})`),
      ...Object.keys(TABLES).flatMap(isolated),
      ...ACCESS,
      ...INDEXES,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
