import pg from "pg";
import { type GraphQLSchema, isEnumType } from "graphql";
import { ENTITY_TYPES, ID_PREFIXES, OPERATION_ID_PREFIXES } from "../../src/domain/ids.ts";
import type { TestConnection } from "./postgres.ts";

/** Tenants of the rows; each has the rare values of the other as its common ones. */
export const TENANTS = ["acme", "umbrella"] as const;
export type WorldTenant = (typeof TENANTS)[number];

/** Number of children of the first object of each kind, which is the parent of the first objects of other kinds. */
export const CHILDREN = 300;
/** Numbers of objects with rare values: the oldest ones, which a list contains last. */
const RARE = 60;

const PREFIXES = { ...ID_PREFIXES, ...OPERATION_ID_PREFIXES };
export type WorldType = keyof typeof PREFIXES;

/** Returns whether there are objects of a type. */
export function isWorldType(name: string): name is WorldType {
  return Object.hasOwn(PREFIXES, name);
}

/** Global id of object `n` of a tenant, from 1, the newest. */
export function worldId(tenant: WorldTenant, type: WorldType, n: number): string {
  return `${PREFIXES[type]}_${tenant.slice(0, 1)}${`${n}`.padStart(21, "0")}`;
}

interface WorldTable {
  readonly type: WorldType;
  readonly rows: number;
  /** SQL expressions by column; `n` is the number, `t` the time, `of(type)` the first object of a type. */
  readonly columns: Readonly<Record<string, string>>;
  /** Default: true. */
  readonly isSynced?: boolean;
}

/** Rows of an operational table have a source, and no version. */
const operation = (type: WorldType, rows: number, columns: WorldTable["columns"]): WorldTable => ({
  type,
  rows,
  columns: { tenant_id: "$1", id: `id('${PREFIXES[type]}', n)`, source_id: "source", ...columns },
  isSynced: false,
});

/**
 * Fills the tables of all lists with about `rows` rows in total, by one SQL statement for each table and tenant, and
 * updates the planner's statistics. The columns of the filters contain every value of their enum types; all but one
 * are rare.
 */
export async function fillLists(connection: TestConnection, schema: GraphQLSchema, rows: number): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query("set search_path = sluice");
  try {
    for (const tenant of TENANTS) {
      await client.query("select set_config('sluice.tenant', $1, false)", [tenant]);
      const sources = ["main", "empty", "rare"].map(
        (name) =>
          `('${tenant}', '${tenant}-${name}', 'stripe', ${name === "rare" ? `'${tenant}-platform'` : "null"}, 'ACTIVE', now())`,
      );
      await client.query(
        `insert into sources (tenant_id, id, connector, platform, status, status_since) values ${sources.join()}`,
      );
      for (const [table, world] of Object.entries(tables(schema, rows / 40))) {
        const sql = insertion(table, world).replaceAll("$1", `'${tenant}'`);
        await client.query(pick(sql, tenant, world.rows));
      }
      for (const sql of OTHERS) await client.query(pick(sql.replaceAll("$1", `'${tenant}'`), tenant, rows / 40));
    }
    await client.query("vacuum bank_search, entity_search");
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

/** Replaces the functions of the expressions: `id`, `of`, `common`. */
function pick(sql: string, tenant: WorldTenant, rows: number): string {
  const initial = tenant.slice(0, 1);
  return sql
    .replaceAll(/\bid\('(\w+)', (\w+)\)/g, (_text, prefix, n) => `'${prefix}_${initial}' || lpad(${n}::text, 21, '0')`)
    .replaceAll(/\bof\('(\w+)'\)/g, (_text, prefix) => `'${prefix}_${initial}${"1".padStart(21, "0")}'`)
    .replaceAll(/\bvalues\(([^)]*)\)/g, (_text, list: string) => {
      const values = list.split(",");
      const common = tenant === "acme" ? values[0] : values.at(-1);
      return `case when n > ${rows - RARE} then (array[${list}])[1 + n::int % ${values.length}] else ${common} end`;
    })
    .replaceAll(/\brare\b/g, `(n > ${rows - RARE})`)
    .replaceAll(/\bchild\b/g, `(n <= ${CHILDREN})`)
    .replaceAll(/\bsource\b/g, `case when n > ${rows - 10} then '${tenant}-rare' else '${tenant}-main' end`)
    .replaceAll(/\btime\b/g, "('2026-06-01T00:00:00Z'::timestamptz - n * interval '1 hour')");
}

function insertion(table: string, { type, rows, columns, isSynced = true }: WorldTable): string {
  const synced = {
    tenant_id: "$1",
    id: `id('${PREFIXES[type]}', n)`,
    source_id: "source",
    external_id: "'x' || n",
    created_at: "time",
    ordered_at: "time",
    version_from: "1",
    version_until: "1",
    finality: "1",
    observed_at: "now()",
    written_at: "now()",
    via: "'POLL'",
    deleted_at: `case when n between ${rows - RARE - 20} and ${rows - RARE} then now() end`,
    content_hash: "'hash'",
    raw_path: "''",
  };
  const all = Object.entries(isSynced ? { ...synced, ...columns } : columns);
  return `insert into ${table} (${all.map(([name]) => `"${name}"`).join()})
    select ${all.map(([, expression]) => expression).join(", ")} from generate_series(1, ${rows}) as n`;
}

const REASON = "values('requested_by_customer','duplicate','fraudulent')";

const child = (prefix: string): string => `case when child then of('${prefix}') else id('${prefix}', n) end`;

/** The lists; `unit` is the number of rows of the smaller ones for each tenant. */
function tables(schema: GraphQLSchema, unit: number): Readonly<Record<string, WorldTable>> {
  const valuesOf = (name: string): string => {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`there is no enum ${name}`);
    return `values(${type
      .getValues()
      .map((value) => `'${value.name}'`)
      .join()})`;
  };
  const money = { amount_minor: "n", currency: "'EUR'", exponent: "2" };
  return {
    parties: {
      type: "Party",
      rows: unit,
      columns: {
        kind: valuesOf("PartyKind"),
        name: "'customer number' || n || ' ' || $1 || 'only'",
        email: "'C' || n || '@' || $1 || '.example'",
      },
    },
    accounts: {
      type: "Account",
      rows: unit,
      columns: { kind: valuesOf("AccountKind"), ownership: valuesOf("AccountOwnership") },
    },
    payments: {
      type: "Payment",
      rows: 2 * unit,
      columns: {
        ...money,
        kind: valuesOf("PaymentKind"),
        status: valuesOf("PaymentStatus"),
        debtor_id: child("pty"),
        creditor_id: child("pty"),
        method: "values('card','sepa_debit','ideal')",
        description: "'invoice number' || n || ' ' || $1 || 'only'",
      },
    },
    refunds: {
      type: "Refund",
      rows: unit,
      columns: { ...money, status: valuesOf("RefundStatus"), payment_id: child("pay"), reason: REASON },
    },
    disputes: {
      type: "Dispute",
      rows: unit,
      columns: {
        ...money,
        status: valuesOf("DisputeStatus"),
        payment_id: child("pay"),
        reason: REASON,
        evidence_due_by: "case when n % 3 > 0 then time end",
      },
    },
    payouts: {
      type: "Payout",
      rows: unit,
      columns: {
        ...money,
        status: valuesOf("PayoutStatus"),
        destination_id: child("acc"),
        account_id: "of('acc')",
        arrival_date: "'2026-06-01'::date - n::int",
      },
    },
    ledger_entries: {
      type: "LedgerEntry",
      rows: 2 * unit,
      columns: {
        kind: valuesOf("LedgerEntryKind"),
        account_id: "of('acc')",
        currency: "'EUR'",
        exponent: "2",
        gross_minor: "n",
        net_minor: "n",
        fee_minor: "0",
        available_on: "case when n % 3 > 0 then time end",
        origin_type: "'Refund'",
        origin_id:
          "case when not child then id('ref', n) when n % 3 = 0 then of('ref') when n % 3 = 1 then of('dis') else of('pot') end",
        payout_id: child("pot"),
      },
    },
    statements: {
      type: "Statement",
      rows: unit,
      columns: {
        kind: valuesOf("StatementKind"),
        account_id: child("acc"),
        is_balanced: "values(true,false)",
        is_complete: "values(true,false)",
        first_day: "'2026-06-01'::date - n::int / 4",
        last_day: "'2026-06-01'::date - n::int / 4",
      },
    },
    bank_transactions: {
      type: "BankTransaction",
      rows: 2 * unit,
      columns: {
        ...money,
        status: valuesOf("BookingStatus"),
        direction: valuesOf("Direction"),
        is_reversal: "values(false,true)",
        account_id: child("acc"),
        statement_id: "of('stm')",
        booking_date: "'2026-06-01'::date - n::int / 8",
        reference_values: "jsonb_build_array('shared', 'E2E-' || n, $1 || '-only')",
        search_text: "'invoice number' || n || ' ' || $1 || 'only'",
      },
    },
    sync_runs: operation("SyncRun", unit, {
      mode: "'FULL'",
      trigger: "'SCHEDULE'",
      event_seq: "0",
      created_at: "time",
      status: "case when n % 7 = 0 and rare then 'QUEUED' else 'SUCCEEDED' end",
      finished_at: "case when n % 7 = 0 and rare then null else time end",
    }),
    deliveries: operation("Delivery", 2 * unit, {
      delivery_key: "'evt_' || n",
      event_type: "case when rare then 'seldom.' || n % 3 else $1 || '.common' end",
      content_hash: "''",
      received_at: "time",
      status: valuesOf("DeliveryStatus").replace("'PENDING',", ""),
      next_attempt_at: "time",
      finished_at: "time",
      error_code: "case when rare then 'RARE' when n % 2 = 0 then $1 || '_COMMON' end",
    }),
    quarantined_records: operation("QuarantinedRecord", unit, {
      entity_type: `values(${ENTITY_TYPES.map((name) => `'${name}'`).join()})`,
      code: "''",
      path: "case when rare and n % 2 = 0 then 'rare' else $1 || '.common' end",
      problem: "''",
      raw_path: "''",
      first_at: "time",
      last_at: "time + n % 50 * interval '3 hours'",
      status: "case when rare then 'OPEN' else 'RESOLVED' end",
      resolved_at: "case when rare then null else time end",
    }),
    findings: operation("Finding", unit, {
      kind: "case when not rare then 'KIND' when n % 2 = 0 then 'BALANCE_CHAIN_BROKEN' else 'STATEMENT_GAP' end",
      cause: "'WEBHOOK'",
      summary: "''",
      evidence: `jsonb_build_object('id', id('${PREFIXES.Account}', n), 'statementId', id('${PREFIXES.Statement}', n))`,
      remedy: "''",
      opened_at: "time",
      closed_at: "case when rare then null else time end",
    }),
    files: operation("File", unit, {
      content_hash: "'hash-' || n",
      name: "'name'",
      size: "1",
      media_type: "''",
      origin: "'UPLOAD'",
      received_at: "time",
      next_attempt_at: "time",
      status: valuesOf("FileStatus"),
      finished_at: `case when ${valuesOf("FileStatus")} = 'STORED' then time end`,
      refusal: `case when ${valuesOf("FileStatus")} = 'REFUSED' then 'UNREADABLE' end`,
    }),
  };
}

/** Rows that belong to others: entries of the first statement, details of the first transaction, pending deliveries. */
const OTHERS: readonly string[] = [
  `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, finished_at)
   select $1, id('run', n), 'payments', $1 || '-main', 'SUCCEEDED', time, time from generate_series(1, 2000) as n`,
  `insert into statement_links (tenant_id, statement_id, currency, source_id, account_id, previous_id, state)
   select $1, id('stm', n), 'EUR', $1 || '-main', of('acc'), id('stm', m), 'CONTINUOUS' from generate_series(1, 2000) as n,
     lateral (select n + 1 as m) as previous`,
  `insert into delivery_bodies (tenant_id, delivery_id, received_at, body)
   select $1, id('dlv', n), time, '{}' from generate_series(1, 2000) as n`,
  `insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
   select $1, case when child then of('dlv') else id('dlv', n) end, n, time, 'RETRY' from generate_series(1, 2000) as n`,
  `insert into delivery_conflicts (tenant_id, delivery_id, content_hash, source_id, body, first_at, last_at)
   select $1, id('dlv', n), '', $1 || '-main', '', time, time from generate_series(1, 2000) as n`,
  `insert into entity_aliases (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, first_at)
   select $1, 'btx_r' || lpad(n::text, 21, '0'), $1 || '-main', 'BankTransaction', '', id('btx', n), '', now() from generate_series(1, 2000) as n`,
  `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
   select $1, id('stm', n), 1, $1 || '-main', of('acc'), case when child then of('fil') else id('fil', n) end, 1, '{}' from generate_series(1, 2000) as n`,
  `insert into statement_entries (tenant_id, statement_id, page, entry_index, source_id, account_id, file_id, core_key, fingerprint,
     transaction_id, transaction_external_id, kind, status, day, booking_date, reference_list)
   select $1, case when child then of('stm') else id('stm', n) end, 1, n, $1 || '-main', of('acc'), case when child then of('fil') else id('fil', n) end, '', '', id('btx', n), '', 'STATEMENT',
     'BOOKED', '2026-06-01'::date - n::int / 8, '2026-06-01'::date - n::int / 8, '[]' from generate_series(1, 2000) as n`,
  `insert into bank_transaction_details (tenant_id, transaction_id, statement_id, detail_index, version, detail)
   select $1, case when child then of('btx') else id('btx', n) end, of('stm'), n, 1, '{}' from generate_series(1, 2000) as n`,
  `insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, next_attempt_at, error_code)
   select $1, 'dlv_p' || lpad(n::text, 21, '0'), $1 || '-main', 'pending' || n, $1 || '.common', '', time, 'PENDING', now(), $1 || '_COMMON' from generate_series(1, 30) as n`,
  `insert into balances (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality, observed_at,
     written_at, via, content_hash, raw_path, account_id, kind, currency, minor, exponent)
   select $1, id('bal', n), $1 || '-main', 'b' || n, now(), 1, 1, 1, now(), now(), 'POLL', 'hash', '', id('acc', n), 'AVAILABLE', 'EUR', n, 2
   from generate_series(1, 2000) as n`,
  `insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, severity, status, data, created_at, finished_at)
   select $1, id('alr', n), case when rare then 'ale_seldom' else 'ale_' || $1 end, source, 'FINDING_OPENED', n::text, 'INFO', status,
     '{}', time, case when status not in ('PENDING', 'MUTED') then time end
   from generate_series(1, 5000) as n, lateral (select values('DELIVERED','PENDING','MUTED','SUPERSEDED','FAILED') as status) as chosen`,
  `insert into audit_entries (tenant_id, body)
   select $1, jsonb_build_object('operation', 'op' || n, 'phase', 'COMPLETE', 'action', case when rare then 'mutation.seldom' else 'mutation.' || $1 end,
     'principal', jsonb_build_object('kind', 'TOKEN', 'subject', case when rare then 'seldom' else $1 end, 'scopes', '[]'::jsonb),
     'arguments', '{}'::jsonb, 'outcome', values('SUCCEEDED','REFUSED','FAILED'),
     'subject', jsonb_build_object('type', case when rare then 'SELDOM' else 'SOURCE' end, 'id', case when rare then 'seldom' else $1 end))::text
   from generate_series(1, 5000) as n order by n desc`,
  `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day, last_day, due_on, state,
     since, match_id, decided_by)
   select $1, id('rec', n), case when n % 2 = 0 then 'Payout' else 'BankTransaction' end, source, 'route',
     case when rare then 'USD' else 'EUR' end, 'CREDIT', 100, day, day, day, state, time,
     case when state in ('MATCHED', 'EXPLAINED') then id('rec', m) end, case when state in ('MATCHED', 'EXPLAINED') then 'SET' end
   from generate_series(2, 4999) as n, lateral (select values('OPEN','TIMING','CONFLICT') as state, '2026-06-01'::date - n / 8 as day, n - n % 2 as m) as chosen`,
  `insert into payment_attempts (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality, observed_at,
     written_at, via, content_hash, raw_path, payment_id, amount_minor, currency, exponent)
   select $1, id('att', n), $1 || '-main', 'c' || n, time, 1, 1, 1, now(), now(), 'POLL', 'hash', '', id('pay', n), n, 'EUR', 2
   from generate_series(1, 2000) as n`,
];
