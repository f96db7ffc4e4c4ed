import type pg from "pg";
import { waitAtMost } from "../runtime/with-timeout.ts";
import { isConnectionFailure, isUnreachable } from "./connection-failure.ts";

/** The connections of a pool, without those that probably failed together with another one. */
export interface Connections {
  /** Resolves with a connection that nobody else uses; it is given back once. */
  take(): Promise<pg.PoolClient>;
  /** Takes a connection back. If it has failed it is closed at once, and everything that waits for it fails. */
  giveBack(client: pg.PoolClient, failure?: Error): void;
  /** Closes a connection that has not failed. */
  discard(client: pg.PoolClient): void;
  /** Runs one statement outside a transaction. @throws errors of `pg` */
  use<Row extends pg.QueryResultRow>(run: (client: pg.PoolClient) => Promise<pg.QueryResult<Row>>): Promise<Row[]>;
  /** Connections at present. */
  stats(): PoolUse;
  /** Resolves when all are closed, those that do not respond included. */
  close(): Promise<void>;
}

/** Connections of a pool by state, and the number of requests that wait for one. */
export interface PoolUse {
  readonly active: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Time in which a server confirms the end of its connections. */
const CLOSE_MS = 2_000;
/**
 * A connection in use that has received nothing for this long is given up once no new connection can be opened either:
 * the network or the server is gone. Without this evidence it may run a long statement.
 */
const SILENT_MS = 3_000;

/**
 * A network that drops packets gives no sign: each connection that it took along costs its next user a deadline. So
 * after the first failure all connections that were opened before it are replaced when they are next needed.
 * @param pool used by nobody else; its clients are in pipeline mode
 * @param plansMs age at which a connection's plans of prepared statements are made again, in milliseconds. A plan is made
 * for the size that its tables have at that moment: in an empty database it reads whole tables, which takes ever longer
 * while they grow.
 */
export function createConnections(pool: pg.Pool, plansMs: number): Connections {
  let failures = 0;
  /** Value of `failures` when a connection was opened. */
  const openedAt = new Map<pg.PoolClient, number>();
  /** Time of the last received bytes of each connection in use, in milliseconds. */
  const receivedAt = new Map<pg.PoolClient, number>();
  /** Time from which on a connection made its plans. */
  const plannedAt = new WeakMap<pg.PoolClient, number>();

  pool.on("error", () => undefined); // an idle client that the server ended; the pool removes it by itself
  pool.on("connect", (client) => {
    // Attached immediately: between two owners a client has no other listener, and an error without a listener ends the
    // process.
    client.on("error", () => undefined);
    openedAt.set(client, failures);
    client.connection.stream.on("data", () => receivedAt.has(client) && receivedAt.set(client, performance.now()));
  });
  pool.on("remove", (client) => void openedAt.delete(client));

  function drop(client: pg.PoolClient, failure: Error): void {
    client.connection.stream.destroy();
    client.release(failure);
  }

  /** A statement on them fails, which is when their users give them back. */
  function endSilent(): void {
    const latestMs = performance.now() - SILENT_MS;
    for (const [client, atMs] of receivedAt)
      if (atMs < latestMs) client.connection.stream.destroy(new Error("no response, and no new connection either"));
  }

  /** Sent without waiting, before the statements of the connection's user. */
  function discardOldPlans(client: pg.PoolClient): void {
    const nowMs = performance.now();
    const sinceMs = plannedAt.get(client);
    if (sinceMs !== undefined && nowMs - sinceMs < plansMs) return;
    plannedAt.set(client, nowMs);
    if (sinceMs !== undefined) client.query("discard plans").catch(() => undefined); // the next statement fails too
  }

  async function take(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await pool.connect().catch((reason: unknown) => {
        if (isUnreachable(reason)) endSilent();
        throw reason;
      });
      if (openedAt.get(client) === failures) {
        receivedAt.set(client, performance.now());
        discardOldPlans(client);
        return client;
      }
      drop(client, new Error("connection terminated: it was opened before another one failed"));
    }
  }

  function giveBack(client: pg.PoolClient, failure?: Error): void {
    receivedAt.delete(client);
    if (failure === undefined) return client.release();
    if (openedAt.get(client) === failures) failures += 1;
    drop(client, failure);
  }

  return {
    take,
    giveBack,
    discard(client) {
      receivedAt.delete(client);
      drop(client, new Error("connection terminated: its work is no longer needed"));
    },
    async use(run) {
      const client = await take();
      let failure: Error | undefined;
      try {
        return (await run(client)).rows;
      } catch (reason) {
        if (isConnectionFailure(reason)) failure = reason;
        throw reason;
      } finally {
        giveBack(client, failure);
      }
    },
    stats: () => ({
      active: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async close() {
      const ended = pool.end();
      await waitAtMost(CLOSE_MS, ended);
      for (const client of openedAt.keys()) client.connection.stream.destroy();
      await ended;
    },
  };
}
