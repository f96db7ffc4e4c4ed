import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Columns that every synced object has. `raw_hash` names the payload (in `raw_payloads`) that the content came from,
 * `delivery_id` the delivery instead; `content_hash` is null for an object of which only the deletion was observed;
 * `replaced_hash` is the hash that the last write replaced, null when it created the object, so that the row itself
 * shows what the write changed. `written_at` is this database's clock: a fetch that was requested after it has
 * observed at least the stored state. Version ranges and finality: src/domain/version.ts.
 */
const SYNCED = `
  tenant_id text not null,
  id text not null,
  source_id text not null,
  external_id text not null,
  created_at timestamptz,
  ordered_at timestamptz not null,
  version_from bigint not null,
  version_until bigint not null,
  finality smallint not null,
  observed_at timestamptz not null,
  source_updated_at timestamptz,
  written_at timestamptz not null,
  via text not null,
  deleted_at timestamptz,
  content_hash text,
  replaced_hash text,
  raw_hash text,
  delivery_id text,
  raw_path text not null,
  extensions jsonb,
  primary key (tenant_id, id)`;

const ENTITY_TABLES: Readonly<Record<string, string>> = {
  parties: "kind text, name text, email text, identifiers jsonb",
  accounts: "ownership text, kind text, name text, currency text, owner_id text, identifiers jsonb",
  balances: "account_id text, kind text, minor bigint, currency text, exponent smallint, as_of timestamptz",
  payments: `kind text, status text, raw_status text, amount_minor bigint, captured_minor bigint, currency text,
    exponent smallint, debtor_id text, creditor_id text, method text, description text, reference_list jsonb`,
  payment_attempts: `payment_id text, status text, raw_status text, amount_minor bigint, captured_minor bigint,
    refunded_minor bigint, currency text, exponent smallint, method text, error jsonb`,
  refunds: `payment_id text, attempt_id text, status text, raw_status text, amount_minor bigint, currency text,
    exponent smallint, reason text, failure_reason text`,
  disputes: `payment_id text, attempt_id text, status text, raw_status text, amount_minor bigint, currency text,
    exponent smallint, reason text, stage text, evidence_due_by timestamptz`,
  payouts: `account_id text, destination_id text, status text, raw_status text, amount_minor bigint, currency text,
    exponent smallint, arrival_date date, failure_reason text, reference_list jsonb`,
  ledger_entries: `account_id text, kind text, raw_kind text, gross_minor bigint, fee_minor bigint, net_minor bigint,
    currency text, exponent smallint, origin_type text, origin_id text, available_on timestamptz, description text`,
};

/** Lists are read newest first; an object of which only the deletion was observed is in none of them. */
const LISTED = "(tenant_id, ordered_at desc, id desc) where content_hash is not null";
const ENTITY_INDEXES: readonly string[] = [
  ...Object.keys(ENTITY_TABLES)
    .filter((table) => table !== "balances" && table !== "payment_attempts")
    .map((table) => `create index ${table}_listed on sluice.${table} ${LISTED}`),
  "create index payments_by_status on sluice.payments (tenant_id, status, ordered_at desc, id desc)",
  "create index payments_by_debtor on sluice.payments (tenant_id, debtor_id, ordered_at desc, id desc)",
  "create index payments_by_source on sluice.payments (tenant_id, source_id, ordered_at desc, id desc)",
  "create index balances_by_account on sluice.balances (tenant_id, account_id, kind, currency)",
  "create index payment_attempts_by_payment on sluice.payment_attempts (tenant_id, payment_id, ordered_at desc, id desc)",
  "create index refunds_by_payment on sluice.refunds (tenant_id, payment_id, ordered_at desc, id desc)",
  "create index disputes_by_payment on sluice.disputes (tenant_id, payment_id, ordered_at desc, id desc)",
  "create index payouts_by_destination on sluice.payouts (tenant_id, destination_id, ordered_at desc, id desc)",
  "create index ledger_entries_by_account on sluice.ledger_entries (tenant_id, account_id, ordered_at desc, id desc)",
  "create index ledger_entries_by_origin on sluice.ledger_entries (tenant_id, origin_id, ordered_at desc, id desc)",
];

const OPERATION_TABLES: Readonly<Record<string, string>> = {
  sources: `tenant_id text not null, id text not null, connector text not null,
    status text not null, status_code text, status_reason text, status_since timestamptz not null,
    paused boolean not null default false, schedule_seconds integer, last_success_at timestamptz,
    failures integer not null default 0, failing_since timestamptz,
    primary key (tenant_id, id)`,
  stream_states: `tenant_id text not null, source_id text not null, stream text not null,
    cursor jsonb, cursor_at timestamptz, last_success_at timestamptz,
    lease_owner text, lease_token bigint not null default 0, lease_until timestamptz,
    primary key (tenant_id, source_id, stream)`,
  sync_runs: `tenant_id text not null, id text not null, source_id text not null, mode text not null,
    trigger text not null, status text not null, idempotency_key text, request_hash text,
    range_from timestamptz, range_to timestamptz, cancel_requested boolean not null default false, event_seq bigint not null,
    created_at timestamptz not null, started_at timestamptz, finished_at timestamptz,
    primary key (tenant_id, id), unique (tenant_id, idempotency_key)`,
  sync_run_streams: `tenant_id text not null, run_id text not null, stream text not null, source_id text not null,
    status text not null, cursor jsonb, records bigint not null default 0, changed bigint not null default 0,
    quarantined bigint not null default 0, progress real, attempts integer not null default 0,
    next_attempt_at timestamptz not null, error_code text, error_message text, started_at timestamptz,
    finished_at timestamptz, primary key (tenant_id, run_id, stream)`,
  raw_payloads: `tenant_id text not null, source_id text not null, content_hash text not null, media_type text not null,
    encoding text not null, bytes bytea not null, received_at timestamptz not null, run_id text,
    primary key (tenant_id, source_id, content_hash)`,
  deliveries: `tenant_id text not null, id text not null, source_id text not null, delivery_key text not null,
    event_type text, body bytea not null, content_hash text not null, received_at timestamptz not null,
    status text not null, attempts integer not null default 0, next_attempt_at timestamptz not null,
    finished_at timestamptz, error_code text, error_message text,
    primary key (tenant_id, id)`,
  refetches: `tenant_id text not null, id text not null, source_id text not null, entity_type text not null,
    external_id text not null, generation bigint not null default 1, attempts integer not null default 0,
    next_attempt_at timestamptz not null, lease_until timestamptz, lease_owner text, error_code text,
    primary key (tenant_id, id)`,
  quarantined_records: `tenant_id text not null, id text not null, source_id text not null, entity_type text not null,
    entity_id text, external_id text, code text not null, path text not null, problem text not null,
    raw_hash text, delivery_id text, raw_path text not null, run_id text, status text not null,
    occurrences bigint not null default 1, first_at timestamptz not null, last_at timestamptz not null,
    resolved_at timestamptz, primary key (tenant_id, id)`,
  findings: `tenant_id text not null, id text not null, source_id text not null, kind text not null, cause text not null,
    summary text not null, evidence jsonb not null, remedy text not null, opened_at timestamptz not null,
    closed_at timestamptz, primary key (tenant_id, id)`,
  event_heads: `tenant_id text not null, head bigint not null, floor bigint not null, primary key (tenant_id)`,
  events: `tenant_id text not null, seq bigint not null, at timestamptz not null, source_id text, kind text not null,
    entity_type text, entity_id text, data jsonb not null, primary key (tenant_id, seq)`,
};

const OPERATION_INDEXES: readonly string[] = [
  "create index sync_runs_open on sluice.sync_runs (tenant_id, source_id) where finished_at is null",
  "create index sync_runs_listed on sluice.sync_runs (tenant_id, created_at desc, id desc)",
  "create index sync_run_streams_open on sluice.sync_run_streams (tenant_id, next_attempt_at) where status in ('QUEUED', 'RUNNING')",
  "create index deliveries_listed on sluice.deliveries (tenant_id, received_at desc, id desc)",
  "create index deliveries_due on sluice.deliveries (tenant_id, source_id, next_attempt_at) where status = 'PENDING'",
  "create index refetches_due on sluice.refetches (tenant_id, source_id, next_attempt_at)",
  "create index quarantined_records_listed on sluice.quarantined_records (tenant_id, first_at desc, id desc)",
  "create index quarantined_records_open on sluice.quarantined_records (tenant_id, entity_id) where status = 'OPEN'",
  "create index findings_listed on sluice.findings (tenant_id, opened_at desc, id desc)",
];

/**
 * Bytes that are already compressed, or read once soon after they arrive: compression by the server would be useless.
 */
const STORAGE: readonly string[] = [
  "alter table sluice.raw_payloads alter column bytes set storage external",
  "alter table sluice.deliveries alter column body set storage external",
];

/** Keys of the instance, not of a tenant: all replicas must share them. */
const INSTANCE = `create table sluice.instance_keys (name text primary key, value bytea not null)`;

function walled(table: string): string {
  return `
    alter table sluice.${table} enable row level security;
    alter table sluice.${table} force row level security;
    create policy tenant_wall on sluice.${table}
      using (tenant_id = current_setting('sluice.tenant', true))
      with check (tenant_id = current_setting('sluice.tenant', true));`;
}

export const initial: Migration = {
  async up(db) {
    const entityTables = Object.entries(ENTITY_TABLES).map(
      ([table, columns]) => `create table sluice.${table} (${SYNCED}, ${columns})`,
    );
    const operationTables = Object.entries(OPERATION_TABLES).map(
      ([table, columns]) => `create table sluice.${table} (${columns})`,
    );
    const walls = [...Object.keys(ENTITY_TABLES), ...Object.keys(OPERATION_TABLES)].map(walled);
    const statements = [
      ...entityTables,
      ...operationTables,
      INSTANCE,
      ...STORAGE,
      ...ENTITY_INDEXES,
      ...OPERATION_INDEXES,
      ...walls,
      "grant usage on schema sluice to sluice_app",
      "grant select, insert, update, delete on all tables in schema sluice to sluice_app",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
