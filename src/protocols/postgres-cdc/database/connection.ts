import { once } from "node:events";
import type { Duplex } from "node:stream";
import { getCACertificates } from "node:tls";
import pg from "pg";
import { classifyDatabaseError } from "./classify.ts";

/** How a database is reached. */
export interface DatabaseAddress {
  /** Host name, or the folder of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** Undefined: without TLS. Certificates are always verified. */
  readonly tls: TlsSettings | undefined;
  /**
   * Creates the socket that `pg` then connects, so that the caller decides which addresses are allowed; undefined: a
   * plain socket.
   */
  readonly createSocket: (() => Duplex) | undefined;
}

export interface TlsSettings {
  /** PEM of certificate authorities that are trusted in addition to the system's. */
  readonly ca: string | undefined;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** A statement of ours reads catalogs, or one chunk of a table. */
export const STATEMENT_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** Makes values that are sent as text exact and independent of the role's and the database's settings. */
const SESSION_SETTINGS =
  "-c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c timezone=UTC -c bytea_output=hex";

/** Every value of a result as the text that the server sent; null is SQL's null. */
export type TextRow = Readonly<Record<string, string | null>>;

const TEXT_VALUES: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text };

/**
 * Opens a connection for ordinary statements. The caller closes it with `closeConnection`.
 * @throws ServiceError UPSTREAM_UNAVAILABLE | UPSTREAM_UNAUTHORIZED | UPSTREAM_REJECTED, or the socket's own
 */
export async function openSqlConnection(address: DatabaseAddress, signal: AbortSignal): Promise<pg.Client> {
  return await open(address, { statement_timeout: STATEMENT_TIMEOUT_MS, query_timeout: STATEMENT_TIMEOUT_MS }, signal);
}

/**
 * Opens a connection that understands the commands of the replication protocol. Fails and closes as
 * `openSqlConnection`.
 */
export async function openReplicationConnection(address: DatabaseAddress, signal: AbortSignal): Promise<pg.Client> {
  return await open(address, { replication: "database" }, signal);
}

async function open(
  { host, port, database, user, password, tls, createSocket }: DatabaseAddress,
  more: pg.ClientConfig & { readonly replication?: "database" },
  signal: AbortSignal,
): Promise<pg.Client> {
  signal.throwIfAborted();
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password: () => password ?? "", // a function, so that no variable of the environment takes its place
    ssl: tls === undefined ? false : tlsOptions(tls),
    ...(createSocket !== undefined && { stream: createSocket }),
    application_name: "sluice",
    options: SESSION_SETTINGS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: TEXT_VALUES,
    ...more,
  });
  client.on("error", () => undefined); // each reader of the connection learns it from its own statement
  const abort = (): void => void client.connection.stream.destroy();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await client.connect();
    return client;
  } catch (reason) {
    signal.throwIfAborted();
    client.connection.stream.destroy();
    throw classifyDatabaseError(reason);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function tlsOptions({ ca }: TlsSettings): NonNullable<pg.ClientConfig["ssl"]> {
  return {
    rejectUnauthorized: true, // even if NODE_TLS_REJECT_UNAUTHORIZED disables it
    minVersion: "TLSv1.2",
    ...(ca !== undefined && { ca: [...getCACertificates("default"), ca] }),
  };
}

/** Closes a connection in any state; resolves when its socket is closed. */
export async function closeConnection(client: pg.Client): Promise<void> {
  const { stream } = client.connection;
  const closed = stream.closed ? undefined : once(stream, "close");
  const timer = setTimeout(() => stream.destroy(), CLOSE_TIMEOUT_MS);
  stream.resume(); // the end of a paused socket would never be noticed
  client.end().catch(() => undefined); // it was lost before
  try {
    await closed;
  } catch {
    // the failure that closed it was reported to the statement that used it
  } finally {
    clearTimeout(timer);
  }
}
