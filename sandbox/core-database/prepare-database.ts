import pg from "pg";

/** Server that has the database, and its administrator, who is asked for no password. */
export interface DatabaseServer {
  /** Folder of the Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** Name of the database. */
export const DATABASE = "core_demo";
/** Role of the reader, with the least rights: it may read three tables, and their changes. */
export const READER = "core_demo_reader";

const TABLES = `
  create schema core;
  create table core.accounts (
    id text primary key, kind text not null check (kind in ('cash', 'fees', 'wallet')), title text not null,
    owner text not null, iban text unique, currency char(3) not null, balance numeric not null default 0,
    opened_at timestamptz not null, changed_at timestamptz not null);
  create sequence core.payment_numbers;
  create table core.payments (
    id text primary key default 'tr_' || lpad(nextval('core.payment_numbers')::text, 9, '0'),
    payer text not null references core.accounts, payee text not null references core.accounts,
    state text not null check (state in ('created', 'processing', 'settled', 'rejected')),
    amount numeric not null check (amount > 0), fee numeric not null, currency char(3) not null,
    created_at timestamptz not null, memo text);
  create index on core.payments (created_at) where state in ('created', 'processing');
  create table core.entries (
    id bigint generated always as identity primary key, account_id text not null references core.accounts,
    payment_id text references core.payments, kind text not null, amount numeric not null, currency char(3) not null,
    booked_at timestamptz not null, memo text, movement text unique);
  create publication sluice for table core.accounts, core.payments, core.entries;
  grant usage on schema core to ${READER};
  grant select on core.accounts, core.payments, core.entries to ${READER}`;

const TIMEOUT_MS = 30_000;
const MAX_KEPT_LOG = "2GB";

/** Creates the database, the role and the tables unless an earlier start did. The caller ends the returned pool. */
export async function prepareDatabase(server: DatabaseServer): Promise<pg.Pool> {
  const settings = { ...server, ssl: false, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS };
  const admin = new pg.Client({ ...settings, database: "postgres" });
  await admin.connect();
  try {
    await createUnless(admin, "pg_roles where rolname", READER, `create role ${READER} login replication`);
    await createUnless(admin, "pg_database where datname", DATABASE, `create database ${DATABASE}`);
    await limitLog(admin);
  } finally {
    await admin.end();
  }
  const pool = new pg.Pool({ ...settings, database: DATABASE, max: 2 });
  pool.on("error", () => undefined); // an idle connection was lost: the next statement opens another one
  const { rows } = await pool.query("select 1 from pg_publication where pubname = 'sluice'");
  // one message of several statements is one transaction
  if (rows.length === 0) await pool.query(TABLES);
  return pool;
}

async function createUnless(client: pg.Client, where: string, name: string, statement: string): Promise<void> {
  const { rows } = await client.query(`select 1 from ${where} = $1`, [name]);
  if (rows.length === 0) await client.query(statement);
}

/**
 * The reader's slot makes the server keep its log while nobody reads: the disk must not fill when the server is used
 * further without the reader.
 */
async function limitLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ limit: string }>(
    "select setting as limit from pg_settings where name = 'max_slot_wal_keep_size'",
  );
  if (rows[0]?.limit !== "-1") return;
  await client.query(`alter system set max_slot_wal_keep_size = '${MAX_KEPT_LOG}'`);
  await client.query("select pg_reload_conf()");
}
