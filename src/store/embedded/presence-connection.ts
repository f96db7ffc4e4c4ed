/*
 * Each process that uses the server has one presence connection to it, its keeper. It serves two purposes without any
 * file that could become stale: the server's list of keepers shows which processes still need it, and the end of the
 * connection reports that the server died.
 */
import { Socket } from "node:net";
import pg from "pg";
import { SOCKET_PORT } from "./socket-folder.ts";

const KEEPER_NAME = "sluice-keeper";
const ATTEMPT_TIMEOUT_MS = 5000;
const CLOSE_TIMEOUT_MS = 2000;

export interface PresenceConnection {
  /** "18.4" */
  readonly version: string;
  /** Resolves when the connection has ended, for any reason. */
  readonly lost: Promise<void>;
  /** Counts the other presence connections of the server: of other processes, or of other handles in this one. */
  countOthers(): Promise<number>;
  close(): Promise<void>;
}

/** Connects, and creates the database if it is missing. @throws the error of `pg`. */
export async function openPresenceConnection(socketFolder: string, database: string): Promise<PresenceConnection> {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    host: socketFolder,
    port: SOCKET_PORT,
    user: "postgres",
    database: "postgres", // not our own database, so that this connection never blocks a restore
    application_name: KEEPER_NAME,
    ssl: false, // otherwise PGSSLMODE of our environment would decide
    connectionTimeoutMillis: ATTEMPT_TIMEOUT_MS,
    query_timeout: ATTEMPT_TIMEOUT_MS,
  });
  const lost = new Promise<void>((resolve) => {
    client.once("end", () => resolve());
    client.on("error", () => resolve()); // "end" may follow; without a listener, an error while idle ends our process
  });
  try {
    await client.connect();
    await ensureDatabase(client, database);
    return {
      version: await readVersion(client),
      lost,
      countOthers: () => countOthers(client),
      close: () => closeClient(client, socket),
    };
  } catch (reason) {
    await closeClient(client, socket).catch(() => undefined); // the first error is more informative
    throw reason;
  }
}

/** Terminates the connection cleanly, and destroys the socket of a server that does not react. */
async function closeClient(client: pg.Client, socket: Socket): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS);
  try {
    await client.end();
  } finally {
    clearTimeout(timer);
  }
}

async function ensureDatabase(client: pg.Client, database: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
}

async function readVersion(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  return rows[0]?.server_version ?? "unknown";
}

async function countOthers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    "select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
    [KEEPER_NAME],
  );
  return rows[0]?.others ?? 0;
}
