import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import type { EmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { openOwnServer, openRunServer, TEST_SERVER_VARIABLE } from "./test-server.ts";

/** Settings for `pg`. */
export type TestConnection = EmbeddedPostgres["connection"];

/** A separate database on the real PostgreSQL server that all tests of a run share. */
export interface TestDatabase extends AsyncDisposable {
  readonly connection: TestConnection;
  /** Drops the database, disconnecting all its users. */
  close(): Promise<void>;
}

/** The value of DATABASE_URL with which a service uses the database. */
export function databaseUrl({ host, port, user, database }: TestConnection): string {
  return `postgres://${user}@localhost/${database}?${new URLSearchParams({ host, port: String(port) }).toString()}`;
}

export interface UseDatabaseOptions {
  /**
   * Fills the template from which the database is cloned, such as with the migrations. It runs once per test run, in
   * the first process that needs it; it must close its connections. Functions with the same source share a template.
   */
  readonly template?: (connection: TestConnection) => Promise<void>;
  /** Distinguishes templates that have the same source, such as closures over different values. */
  readonly templateName?: string;
}

/** Copies the template's files instead of logging each of their pages: a fifth of the time, and no less isolated. */
const STRATEGY = "strategy file_copy";

/** Serialises the creation of templates over all test processes. */
const TEMPLATE_LOCK = 7_345_001;

/**
 * Creates a database for one test file: empty, or cloned from a migrated template. Call `close` in `afterAll`, or use
 * `await using`. The server is started by the first caller of the run; without the global setup it belongs to the
 * caller.
 */
export async function useDatabase(options: UseDatabaseOptions = {}): Promise<TestDatabase> {
  const dataDir = process.env[TEST_SERVER_VARIABLE];
  const server = dataDir === undefined ? await openOwnServer() : await serverOfRun(dataDir);
  try {
    const database = `test_${randomUUID().replaceAll("-", "")}`;
    await withAdmin(server.connection, async (admin) => {
      const template = options.template === undefined ? "template0" : await ensureTemplate(admin, server, options);
      await admin.query(`create database ${database} template ${template} ${STRATEGY}`);
    });
    const close = async (): Promise<void> => {
      await withAdmin(server.connection, (admin) => admin.query(`drop database if exists ${database} with (force)`));
      await server.close();
    };
    return { connection: { ...server.connection, database }, close, [Symbol.asyncDispose]: close };
  } catch (reason) {
    await server.close();
    throw reason;
  }
}

type Server = Pick<EmbeddedPostgres, "connection" | "close">;

/** The servers that this process has found or started. */
const servers = new Map<string, Server>();

/** Finds or starts the server once per process, because it keeps running: each time is a fifth of a database's cost. */
async function serverOfRun(dataDir: string): Promise<Server> {
  const known = servers.get(dataDir);
  if (known !== undefined) return known;
  const { connection, close } = await openRunServer(dataDir);
  await close();
  const server = { connection, close: () => Promise.resolve() };
  servers.set(dataDir, server);
  return server;
}

/**
 * Returns the name of the migrated template. It is built under another name, so a migration that fails leaves no
 * template behind.
 */
async function ensureTemplate(
  admin: pg.Client,
  server: Server,
  { template, templateName = "" }: UseDatabaseOptions,
): Promise<string> {
  const digest = createHash("sha256")
    .update(`${templateName}\n${String(template)}`)
    .digest("hex")
    .slice(0, 16);
  const [name, building] = [`template_${digest}`, `building_${digest}`];
  await admin.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  try {
    const found = await admin.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount !== 0) return name;
    await admin.query(`drop database if exists ${building} with (force)`);
    await admin.query(`create database ${building} template template0 ${STRATEGY}`);
    await template?.({ ...server.connection, database: building });
    await admin.query(`alter database ${building} rename to ${name}`);
    return name;
  } finally {
    await admin.query("select pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  }
}

async function withAdmin<T>(connection: TestConnection, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ ...connection, database: "postgres", ssl: false });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
