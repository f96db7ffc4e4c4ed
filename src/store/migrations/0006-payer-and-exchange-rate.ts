import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const COLUMNS: readonly string[] = [
  "alter table sluice.payment_attempts add column payer_details jsonb",
  "alter table sluice.ledger_entries add column exchange_rate text",
  // The type of the object whose related objects are fetched; null: the object itself is.
  "alter table sluice.refetches add column of_type text",
];

/** Streams of Stripe whose objects were stored without the new columns, or with released authorisations as refunds. */
const STREAMS_TO_READ_AGAIN = "('charges', 'refunds', 'balance_transactions')";
const TABLES_TO_CHANGE = ["sources", "stream_states", "stream_ranges"] as const;

/** These streams start again at the beginning: only Stripe's own objects have the missing fields. */
const READ_AGAIN: readonly string[] = [
  // Row-level security also applies to the tables' owner, who has to read all tenants here.
  ...TABLES_TO_CHANGE.map((table) => `alter table sluice.${table} no force row level security`),
  `update sluice.stream_states states set cursor = null, cursor_at = null from sluice.sources
     where sources.tenant_id = states.tenant_id and sources.id = states.source_id
       and sources.connector = 'stripe' and states.stream in ${STREAMS_TO_READ_AGAIN}`,
  `delete from sluice.stream_ranges ranges using sluice.sources
     where sources.tenant_id = ranges.tenant_id and sources.id = ranges.source_id
       and sources.connector = 'stripe' and ranges.stream in ${STREAMS_TO_READ_AGAIN} and ranges.run_id = ''`,
  ...TABLES_TO_CHANGE.map((table) => `alter table sluice.${table} force row level security`),
];

/** The payer, the exchange rate, and refetches of the objects that belong to an object. */
export const payerAndExchangeRate: Migration = {
  async up(db) {
    for (const statement of [...COLUMNS, ...READ_AGAIN]) await sql.raw(statement).execute(db);
  },
};
