import { connector } from "../../src/connectors/postgres-ledger/index.ts";
import type { LedgerConfig } from "../../src/connectors/postgres-ledger/settings/config.ts";
import type { Source } from "../../src/sources/source.ts";
import { createUpstream, type Upstream } from "../../src/upstream/upstream.ts";
import { channelOf } from "../../src/upstream/upstream-settings.ts";
import { type CdcServer, useCdcServer } from "./cdc-server.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

/** The server that has a customer's core database. */
export type LedgerServer = Pick<CdcServer, "address" | "socketPath" | "sql"> & AsyncDisposable;

/** A customer's core database with accounts, entries, bank transactions and payments, reached by TCP. */
export interface LedgerDatabase extends AsyncDisposable {
  readonly server: LedgerServer;
  /** What every connection to it passes. */
  readonly proxy: FaultProxy;
  sql: LedgerServer["sql"];
  /** New connections go to another server, as after a change of its address; those that exist are reset. */
  redirect(to: Pick<LedgerServer, "socketPath">): void;
  /** Settings that fit the tables. */
  readonly config: Readonly<Record<string, unknown>>;
  /** A source that reads it; `changes` replace parts of the settings. */
  source(id: string, changes?: Readonly<Record<string, unknown>>, tenantId?: string): Source;
}

const TABLES = `
  create schema core;
  create table core.accounts (
    id bigint primary key, title text not null, iban text, ccy char(3) not null, balance numeric(38, 4) not null,
    changed_at timestamptz not null default now());
  create table core.entries (
    book text, no int, account_id bigint not null, kind text not null, cents bigint not null, mark char(1) not null,
    ccy char(3) not null, posted bigint not null, memo text, primary key (book, no));
  create table core.bank_lines (
    id uuid primary key, account_id bigint not null, amount numeric not null, ccy text not null, booked date,
    state text not null, text text, created timestamp not null default now());
  create table core.payments (
    id text primary key, state text not null, amount numeric(30, 5) not null, ccy char(3) not null,
    created timestamptz not null default now(), memo text);
  create publication sluice for table core.accounts, core.entries, core.bank_lines, core.payments;
  create role follower login replication password 'follower-password';
  grant usage on schema core to follower;
  grant select on all tables in schema core to follower`;

const SETTINGS = {
  host: "127.0.0.1",
  user: "follower",
  password: "follower-password",
  tls: false,
  tables: {
    accounts: {
      table: "core.accounts",
      id: "id",
      name: "title",
      iban: "iban",
      currency: "ccy",
      balances: [
        {
          kind: "BOOKED",
          amount: { column: "balance", as: "decimal" },
          asOf: { column: "changed_at", as: "timestamp" },
        },
      ],
    },
    ledgerEntries: {
      table: "core.entries",
      id: ["book", "no"],
      account: "account_id",
      kind: { column: "kind", map: { sale: "PAYMENT", fee: "FEE", out: "PAYOUT" } },
      amount: {
        column: "cents",
        as: "minorUnits",
        sign: { column: "mark", positive: ["C"], negative: ["D"] },
      },
      currency: "ccy",
      createdAt: { column: "posted", as: "epochSeconds" },
      description: "memo",
    },
    bankTransactions: {
      table: "core.bank_lines",
      id: "id",
      account: "account_id",
      amount: { column: "amount", as: "decimal" },
      currency: "ccy",
      status: { column: "state", map: { booked: "BOOKED", pending: "PENDING" } },
      bookedOn: "booked",
      createdAt: { column: "created", as: "utcTimestamp" },
      description: "text",
    },
    payments: {
      table: "core.payments",
      id: "id",
      kind: { value: "PAYIN" },
      status: { column: "state", map: { done: "SUCCEEDED", open: "PROCESSING", failed: "FAILED" } },
      amount: { column: "amount", as: "decimal" },
      currency: "ccy",
      createdAt: { column: "created", as: "timestamp" },
      description: "memo",
    },
  },
};

/** Opens a source that reads a database by these settings. The caller closes its upstream. */
export function openLedgerSource(id: string, settings: Readonly<Record<string, unknown>>, tenantId = "acme") {
  const config: LedgerConfig = connector.config.parse(settings);
  const target = connector.target(config);
  if (target === undefined) throw new TypeError("the connector has no target");
  const upstream = createUpstream({ target, budget: connector.budget(config), ...channelOf(connector, config) });
  const client: Source["client"] = (lane) => upstream.client(lane, tenantId);
  const { credential } = upstream;
  const source: Source = { tenantId, id, connector, config, scheduleMs: undefined, credential, client };
  return { source, upstream };
}

/**
 * Creates the tables on a server; both end with the scope, after everything that reads them was closed.
 * @param start Default: the embedded server
 */
export async function useLedgerDatabase(start: () => Promise<LedgerServer> = useCdcServer): Promise<LedgerDatabase> {
  const server = await start();
  await server.sql(TABLES);
  const target = { path: server.socketPath };
  const proxy = await startFaultProxy(target);
  const settings = { ...SETTINGS, port: proxy.port, database: server.address.database };
  const upstreams: Upstream[] = [];
  return {
    server,
    proxy,
    sql: (text) => server.sql(text),
    redirect(to) {
      target.path = to.socketPath;
      proxy.reset();
    },
    config: settings,
    source(id, changes = {}, tenantId = "acme") {
      const { source, upstream } = openLedgerSource(id, { ...settings, ...changes }, tenantId);
      upstreams.push(upstream);
      return source;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(upstreams.map((upstream) => upstream.close()));
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
