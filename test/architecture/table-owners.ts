/**
 * The one folder whose files write each table, its subfolders included. SQL that another folder needs in a statement of
 * its own is a function or a constant of the owner.
 */
export const TABLE_OWNERS: Readonly<Record<string, string>> = {
  account_currencies: "src/ingest/statements",
  accounts: "src/store/entities",
  balances: "src/store/entities",
  bank_entry_references: "src/ingest/statements",
  bank_transaction_details: "src/ingest/statements",
  bank_transactions: "src/store/entities",
  callback_subscriptions: "src/server/callback",
  budget_buckets: "src/upstream/budget",
  deliveries: "src/ingest/webhooks",
  delivery_attempts: "src/ingest/webhooks",
  delivery_bodies: "src/ingest/webhooks",
  delivery_bodies_rest: "src/ingest/webhooks",
  delivery_conflicts: "src/ingest/webhooks",
  disputes: "src/store/entities",
  entity_aliases: "src/ingest/apply",
  event_heads: "src/events",
  events: "src/events",
  file_chunks: "src/ingest/files",
  files: "src/ingest/files",
  findings: "src/ingest/apply",
  instance_keys: "src/store/migrate.ts",
  invariant_progress: "src/reconcile/invariants",
  ledger_entries: "src/store/entities",
  listed_events: "src/ingest/webhooks",
  parties: "src/store/entities",
  payment_attempts: "src/store/entities",
  payments: "src/store/entities",
  payouts: "src/store/entities",
  periodic_jobs: "src/store",
  quarantined_records: "src/ingest/apply",
  raw_payloads: "src/ingest/apply",
  refetches: "src/ingest/refetch-queue",
  refunds: "src/store/entities",
  run_listed_objects: "src/ingest/polling",
  source_erasures: "src/sources",
  source_settings: "src/sources",
  source_schedules: "src/sources",
  sources: "src/sources",
  statement_entries: "src/ingest/statements",
  statement_links: "src/ingest/statements",
  statement_parts: "src/ingest/statements",
  statements: "src/store/entities",
  stream_ranges: "src/ingest/polling",
  stream_refresh_requests: "src/ingest/runs",
  stream_states: "src/ingest/polling",
  sync_run_streams: "src/ingest/runs",
  sync_runs: "src/ingest/runs",
  unconfirmed_breaches: "src/reconcile/invariants",
  webhook_counts: "src/ingest/webhooks",
  webhook_silences: "src/ingest/webhooks",
  webhook_types: "src/ingest/webhooks",
};

/** Tables that only triggers and the migrator of Kysely write. */
export const WRITTEN_BY_THE_DATABASE: readonly string[] = [
  "bank_search",
  "kysely_migration",
  "kysely_migration_lock",
  "secret_keys",
];

/** The folder that deletes everything of a source, whatever table it is in. It inserts and updates nothing there. */
export const ERASES_EVERY_TABLE = "src/sources/erasure";

/** Folders whose statements get the name of the table from a constant: it is one of their own tables. */
export const NAMED_BY_CONSTANTS: readonly string[] = ["src/store/entities", "src/ingest/webhooks/delivery-bodies"];
