import pg from "pg";
import type { ConnectionSettings } from "./connection.ts";
import { isRepeatable, storeError } from "./store-error.ts";
import { TYPE_PARSERS } from "./type-parsers.ts";

/** Runs statements inside one transaction of one tenant. */
export interface Transaction {
  readonly tenantId: string;
  /** @throws whatever `pg` throws: the transaction's owner translates it once */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    options?: StatementOptions,
  ): Promise<Row[]>;
}

export interface StatementOptions {
  /**
   * The server keeps the statement under this name, on each connection, and need not plan it each time: for those of the hot
   * paths, where planning costs more than a small batch does. One name has one text. Only for inserts: a plan that reads a
   * table is made while it is small and kept while it grows.
   */
  readonly prepared: string;
}

export interface Database {
  /**
   * Runs `work` in a transaction that sees and writes one tenant only, and commits it. A deadlock or serialization
   * failure runs `work` again, so it must have no other effects.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, or what `work` threw
   */
  transaction<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** As `transaction`, read only. */
  read<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Statement outside any tenant: sees no tenant's rows. For instance keys and health. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A session of its own with LISTEN on `channel`; rejects when it can't be had. */
  listen(channel: string, onNotify: (payload: string) => void, onEnd: () => void): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: ConnectionSettings;
  /** Connections at most. */
  readonly max: number;
  /**
   * Commits without waiting for the disk: what a server's crash may undo of the last moments must not matter. Default:
   * durable.
   */
  readonly quickCommits?: boolean;
  /** Called with each statement sent, tenant settings and BEGIN / COMMIT left out: how tests count. */
  readonly onStatement?: (text: string) => void;
}

const MAX_REPEATS = 5;
/** A process that freezes between two statements must not keep its locks: others wait for them to take its work over. */
const SESSION =
  "-c role=sluice_app -c search_path=sluice -c statement_timeout=30000 -c idle_in_transaction_session_timeout=8000 -c TimeZone=UTC -c jit=off";

/** Opens nothing yet: connections are made when first needed, and made again after the server was away. */
export function createDatabase(options: DatabaseOptions): Database {
  const settings = {
    ...options.connection,
    options: options.quickCommits === true ? `${SESSION} -c synchronous_commit=off` : SESSION,
    application_name: "sluice",
    connectionTimeoutMillis: 5_000,
    // A server that can't be reached any more never answers: longer than its own statement_timeout, and it is gone.
    query_timeout: 40_000,
    keepAlive: true,
    types: TYPE_PARSERS,
  };
  const pool = new pg.Pool({ ...settings, max: options.max, idleTimeoutMillis: 30_000 });
  pool.on("error", () => undefined); // an idle client that the server ended; the pool drops it by itself
  // From its first moment: between two owners a client has no other listener, and an error without one ends the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const onStatement = options.onStatement ?? (() => undefined);

  async function once<T>(begin: string, tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => void (broken = error);
    client.on("error", onError); // a server that dies between two statements; the next one rejects
    try {
      await client.query(`${begin}; select set_config('sluice.tenant', ${pg.escapeLiteral(tenantId)}, true)`);
      const result = await work({
        tenantId,
        async query<Row extends pg.QueryResultRow>(
          text: string,
          values?: readonly unknown[],
          statement?: StatementOptions,
        ): Promise<Row[]> {
          onStatement(text);
          const given = values as unknown[] | undefined; // pg never writes to it
          if (statement === undefined) return (await client.query<Row>(text, given)).rows;
          return (await client.query<Row>({ name: statement.prepared, text, ...(given && { values: given }) })).rows;
        },
      });
      await client.query("commit");
      return result;
    } catch (reason) {
      await client.query("rollback").catch((error: Error) => void (broken = error));
      throw reason;
    } finally {
      client.off("error", onError);
      client.release(broken);
    }
  }

  async function run<T>(begin: string, tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let repeat = 0; ; repeat += 1) {
      try {
        return await once(begin, tenantId, work);
      } catch (reason) {
        if (!isRepeatable(reason) || repeat >= MAX_REPEATS) throw storeError(reason);
      }
    }
  }

  return {
    transaction: (tenantId, work) => run("begin", tenantId, work),
    read: (tenantId, work) => run("begin read only", tenantId, work),
    async query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      try {
        return (await pool.query<Row>(text, values as unknown[] | undefined)).rows; // pg never writes to it
      } catch (reason) {
        throw storeError(reason);
      }
    },
    listen: (channel, onNotify, onEnd) => listen(settings, channel, onNotify, onEnd),
    close: () => pool.end(),
  };
}

async function listen(
  settings: pg.ClientConfig,
  channel: string,
  onNotify: (payload: string) => void,
  onEnd: () => void,
): Promise<{ close(): Promise<void> }> {
  const client = new pg.Client({ ...settings, keepAlive: true });
  client.on("error", () => undefined); // always followed by `end`
  try {
    await client.connect();
    client.on("notification", (message) => onNotify(message.payload ?? ""));
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (reason) {
    await client.end().catch(() => undefined); // it never worked; the first error is the one to report
    throw storeError(reason);
  }
  client.on("end", onEnd);
  return {
    async close() {
      client.off("end", onEnd);
      await client.end();
    },
  };
}
