import { randomInt } from "node:crypto";
import pg from "pg";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { serverPidOf } from "./processor-time.ts";

export const TENANT = "bench";
export const SOURCE_ID = "core";

/** What the columns of the table mean. */
export const TABLES = {
  payments: {
    table: "core.payments",
    id: "id",
    kind: { value: "PAYIN" },
    status: { column: "state", map: { open: "PROCESSING", done: "SUCCEEDED" } },
    amount: { column: "amount", as: "decimal" },
    currency: "ccy",
    createdAt: { column: "created", as: "timestamp" },
    description: "memo",
  },
};

const CREATE = `
  create schema core;
  create table core.payments (
    id text primary key, state text not null, amount numeric(30, 5) not null, ccy char(3) not null,
    created timestamptz not null default now(), memo text);
  create publication sluice for table core.payments`;

/** A customer's database with one table, and the writer of its rows. */
export interface Core extends AsyncDisposable {
  readonly address: EmbeddedPostgres["connection"];
  /** Process id of the server. */
  readonly pid: number;
  /** Inserts half as many payments, then settles them: transactions of `perTransaction` changes each. */
  writeBacklog(name: string, changes: number, perTransaction: number): Promise<void>;
  /** Inserts payments in one transaction. Returns a place of the log between its changes and its commit. */
  insert(name: string, rows: number): Promise<bigint>;
}

/** Returns the query of payments that are inserted, with the ids `NAME-1` and so on. */
export const rowsOf = (name: string, rows: number): string =>
  `select '${name}-' || n, 'open', n + 0.25, 'EUR', now(), 'Payment ' || n || ' of the benchmark' from generate_series(1, ${rows}) as n`;

/** Starts a server that accepts connections by TCP, as a customer's does, durable as in production. */
export async function startCore(dataDir: string): Promise<Core> {
  const host = loopbackAddress();
  const postgres = await openEmbeddedPostgres({ dataDir, settings: { listen_addresses: host } });
  const { port, user, database } = postgres.connection;
  const address = { host, port, user, database };
  const client = new pg.Client({ ...address, ssl: false });
  await client.connect();
  await client.query(CREATE);
  return {
    address,
    pid: serverPidOf(dataDir),
    async writeBacklog(name, changes, perTransaction) {
      await client.query("set synchronous_commit = off");
      await client.query(`
        do $$ begin
          for part in 0..${changes / 2 / perTransaction - 1} loop
            insert into core.payments select '${name}-' || (part * ${perTransaction} + n), 'open', n + 0.25, 'EUR', now(),
              'Payment ' || n || ' of the benchmark' from generate_series(1, ${perTransaction}) as n;
            commit;
          end loop;
          for part in 0..${changes / 2 / perTransaction - 1} loop
            update core.payments set state = 'done' where id in (
              select '${name}-' || (part * ${perTransaction} + n) from generate_series(1, ${perTransaction}) as n);
            commit;
          end loop;
        end $$`);
      await client.query("set synchronous_commit = on");
    },
    async insert(name, rows) {
      const results: unknown = await client.query(`
        begin;
        insert into core.payments ${rowsOf(name, rows)};
        select (pg_current_wal_insert_lsn() - '0/0')::text as lsn;
        commit`);
      const [, , selected] = results as pg.QueryResult<{ lsn: string }>[]; // as `pg` documents several statements
      return BigInt(selected?.rows[0]?.lsn ?? "");
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await postgres.close();
    },
  };
}

/** Linux answers at each address of 127/8, so that this server and another one may have the same port. */
function loopbackAddress(): string {
  if (process.platform !== "linux") return "127.0.0.1";
  const part = (): number => randomInt(1, 251);
  return `127.${part()}.${part()}.${part()}`;
}
