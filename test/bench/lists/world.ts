import pg from "pg";
import type { TestConnection } from "../../helpers/postgres.ts";

/** Tenants; the first has five sixths of the objects. */
export const TENANTS = ["acme", "umbrella"] as const;

/** Numbers of objects of both tenants. */
export const SIZES = { payments: 500_000, refunds: 300_000, bank_transactions: 300_000 } as const;

/** Columns of the rows, as SQL expressions: `n` is the number of the object, `t` its time, one a minute. */
const COLUMNS: Readonly<Record<keyof typeof SIZES, Readonly<Record<string, string>>>> = {
  payments: {
    kind: "case when n % 100 = 0 then 'PAYOUT' else 'PAYIN' end",
    // Common, uncommon, rare and only old ones.
    status:
      "case when n > 495000 then 'CANCELED' when n % 5000 = 0 then 'AUTHORIZED' when n % 20 = 0 then 'FAILED' else 'SUCCEEDED' end",
    amount_minor: "(n * 7919) % 1000003",
    currency: "case when n % 10 = 0 then 'USD' when n % 997 = 0 then 'JPY' else 'EUR' end",
    exponent: "2",
    debtor_id: "'pty_' || lpad((n % 3000)::text, 22, '0')",
    method: "case when n % 3 = 0 then 'sepa_debit' else 'card' end",
    description: "'invoice number' || n",
  },
  refunds: {
    status: "case when n % 50 = 0 then 'FAILED' else 'SUCCEEDED' end",
    amount_minor: "(n * 104729) % 100003",
    currency: "'EUR'",
    exponent: "2",
    payment_id: "'pay_' || lpad(n::text, 22, '0')",
    reason: "case when n % 40 = 0 then 'duplicate' else 'requested_by_customer' end",
  },
  bank_transactions: {
    status: "case when n < 200 then 'PENDING' else 'BOOKED' end",
    direction: "case when n % 4 = 0 then 'DEBIT' else 'CREDIT' end",
    is_reversal: "n % 1000 = 0",
    amount_minor: "(n * 15485863) % 1000003",
    currency: "'EUR'",
    exponent: "2",
    account_id: "'acc_' || lpad((n % 5)::text, 22, '0')",
    booking_date: "t::date",
    reference_values: "jsonb_build_array('E2E-' || n)",
    search_text: "'invoice number' || n",
  },
};

const PREFIXES = { payments: "pay", refunds: "ref", bank_transactions: "btx" } as const;

/** Fills the tables of a migrated database, and updates the planner's statistics. */
export async function fillWorld(connection: TestConnection): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query("set search_path = sluice");
  try {
    for (const tenant of TENANTS) {
      await client.query(
        "insert into sources (tenant_id, id, connector, status, status_since) values ($1, 'main', 'stripe', 'ACTIVE', now())",
        [tenant],
      );
    }
    for (const [table, rows] of Object.entries(SIZES)) {
      await client.query(insertion(table as keyof typeof SIZES, rows)); // a key of SIZES
      await client.query(`vacuum analyze ${table}`);
    }
    for (const table of ["bank_search", "entity_search"]) await client.query(`vacuum analyze ${table}`);
  } finally {
    await client.end();
  }
}

function insertion(table: keyof typeof SIZES, rows: number): string {
  const columns = Object.entries(COLUMNS[table]);
  return `insert into ${table} (tenant_id, id, source_id, external_id, created_at, ordered_at, version_from, version_until,
      finality, observed_at, written_at, via, raw_path, content_hash, ${columns.map(([name]) => name).join(", ")})
    select case when n % 6 = 1 then '${TENANTS[1]}' else '${TENANTS[0]}' end, '${PREFIXES[table]}_' || lpad(n::text, 22, '0'),
      'main', 'x' || n, t, t, 1, 1, 1, t, t, 'POLL', '', 'hash', ${columns.map(([, expression]) => expression).join(", ")}
    from generate_series(1::bigint, ${rows}) as n
      cross join lateral (select '2026-06-01T00:00:00Z'::timestamptz - n * interval '1 minute' as t) as moment`;
}

/** Values of each filter: common and rare ones, and one that nothing has. */
export const FILTERS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  payments: [
    {},
    { sourceIds: ["main"] },
    { status: ["SUCCEEDED"] },
    { status: ["FAILED"] },
    { status: ["AUTHORIZED"] },
    { status: ["CANCELED"] },
    { status: ["FAILED", "AUTHORIZED", "PROCESSING"] },
    { kind: "PAYOUT" },
    { debtor: `pty_${"7".padStart(22, "0")}` },
    { creditor: `pty_${"7".padStart(22, "0")}` },
    { method: ["card"] },
    { method: ["nothing"] },
    { amount: { currency: "EUR", min: "10", max: "11" } },
    { amount: { currency: "EUR", min: "1000" } },
    { amount: { currency: "JPY" } },
    { text: "number4711" },
    { text: "invoice" },
    { createdFrom: "2026-05-25T00:00:00Z" },
    { createdTo: "2025-07-01T00:00:00Z" },
    { createdFrom: "2026-05-25T00:00:00Z", status: ["FAILED"], amount: { currency: "EUR", min: "500" } },
    { includeDeleted: true },
    { externalId: "x4711" },
  ],
  refunds: [
    {},
    { sourceIds: ["main"] },
    { status: ["FAILED"] },
    { payment: `pay_${"4711".padStart(22, "0")}` },
    { reason: ["duplicate"] },
    { reason: ["requested_by_customer"] },
    { amount: { currency: "EUR", max: "100" } },
    { createdFrom: "2026-05-25T00:00:00Z" },
    { externalId: "x4711" },
  ],
  bankTransactions: [
    {},
    { sourceIds: ["main"] },
    { account: `acc_${"3".padStart(22, "0")}` },
    { status: ["PENDING"] },
    { direction: "DEBIT" },
    { isReversal: true },
    { bookedFrom: "2026-05-25" },
    { bookedTo: "2025-12-01" },
    { amount: { currency: "EUR", min: "10", max: "11" } },
    { reference: "E2E-4711" },
    { text: "number4711" },
    { text: "invoice" },
    { externalId: "x4711" },
  ],
};
