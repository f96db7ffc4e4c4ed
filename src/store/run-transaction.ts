import pg from "pg";
import type { ServiceError } from "../domain/error.ts";
import { abortReason, unlessAborted } from "../runtime/abort.ts";
import { isConnectionFailure } from "./connection-failure.ts";
import type { Connections } from "./connections.ts";
import { preparedName } from "./prepared-name.ts";
import { readAsTenant } from "./tenant-read.ts";
import { traceStatement } from "./trace-statement.ts";
import type { StatementOptions, Transaction, WorkReport } from "./transaction.ts";

export interface RunOptions {
  readonly connections: Connections;
  readonly tenantId: string;
  readonly readOnly: boolean;
  /** True: all statements see one state, and write nothing. */
  readonly isSnapshot: boolean;
  /** Its connection is closed when it is aborted; the reason is an error. Undefined: no deadline. */
  readonly signal: AbortSignal | undefined;
  /** Aborted when the result is no longer needed. */
  readonly unneeded: AbortSignal | undefined;
  /** Moment whose state is read, RFC 3339. Undefined: the present state. Without effect unless it is read only. */
  readonly asOf: string | undefined;
  readonly onStatement: (text: string) => void;
  readonly onWorkDone: (tenantId: string, work: WorkReport) => void;
  /** Called for each channel that is to be notified, after the commit. */
  readonly notify: (channel: string, tenantId: string) => void;
}

/** Most statements end within this time, and a new connection costs more than they do. */
const UNNEEDED_MS = 1_000;

/**
 * Runs `work` once in a transaction of a tenant. Few round trips, because the network may be slow: BEGIN is sent
 * together with the first statement, COMMIT with a statement that is marked as the last one, and nobody waits for
 * ROLLBACK. A read has no transaction but that of each statement.
 * @throws errors of `pg`, the reason of a signal, and what `work` throws
 */
export async function runTransaction<T>(options: RunOptions, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { connections, tenantId, signal } = options;
  const client = await take(connections, signal);
  let lost: Error | undefined;
  const onError = (error: Error): void => void (lost ??= error);
  client.on("error", onError); // a server that dies between two statements; the next one rejects
  const onAbort = (): void => void client.connection.stream.destroy(signal?.reason as Error); // by contract
  signal?.addEventListener("abort", onAbort);
  const giveUp = watchUnneeded(client, options.unneeded);
  const session = (options.readOnly ? openReads : openSession)(client, options);
  try {
    const result = await work(session.transaction);
    await session.commit();
    for (const done of session.reports) options.onWorkDone(tenantId, done);
    for (const channel of session.channels) options.notify(channel, tenantId);
    return result;
  } catch (reason) {
    if (giveUp.reason() !== undefined) throw giveUp.reason();
    if (signal?.aborted === true) lost ??= signal.reason as Error; // by contract
    else if (isConnectionFailure(reason)) lost ??= reason;
    if (lost === undefined) session.rollback();
    throw signal?.aborted === true ? signal.reason : reason;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    client.off("error", onError);
    giveUp.stop();
    if (giveUp.reason() === undefined) connections.giveBack(client, lost);
    else connections.discard(client);
  }
}

/** Closes a connection whose work nobody needs any more and that does not end soon. */
function watchUnneeded(client: pg.PoolClient, unneeded: AbortSignal | undefined) {
  let reason: ServiceError | undefined;
  let timer: NodeJS.Timeout | undefined;
  function end(signal: AbortSignal): void {
    reason = abortReason(signal);
    client.connection.stream.destroy(reason);
  }
  const onAbort = (): void => {
    if (unneeded !== undefined) timer = setTimeout(end, UNNEEDED_MS, unneeded);
  };
  unneeded?.addEventListener("abort", onAbort, { once: true });
  if (unneeded?.aborted === true) onAbort();
  return {
    /** Undefined unless the connection was closed. */
    reason: () => reason,
    stop(): void {
      clearTimeout(timer);
      unneeded?.removeEventListener("abort", onAbort);
    },
  };
}

/** A connection that comes too late is given back. */
async function take(connections: Connections, signal: AbortSignal | undefined): Promise<pg.PoolClient> {
  const taken = connections.take();
  if (signal === undefined) return taken;
  try {
    return await unlessAborted(taken, signal);
  } catch (reason) {
    taken.then((client) => connections.giveBack(client)).catch(() => undefined);
    throw reason;
  }
}

interface Session {
  readonly transaction: Transaction;
  readonly reports: readonly WorkReport[];
  /** Channels to be notified after the commit. */
  readonly channels: ReadonlySet<string>;
  commit(): Promise<void>;
  /** Sends ROLLBACK, unless the end of the transaction was already sent. */
  rollback(): void;
}

/** Each statement is sent with the tenant's settings, in one message. */
function openReads(client: pg.PoolClient, { tenantId, asOf, onStatement }: RunOptions): Session {
  const reports: WorkReport[] = [];
  const channels = new Set<string>();
  return {
    reports,
    channels,
    transaction: {
      tenantId,
      report: (done) => void reports.push(done),
      notifyAfterCommit: (channel) => void channels.add(channel),
      sent: () => sentBy(client),
      query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
        onStatement(text);
        return traceStatement(text, () => readAsTenant<Row>(client, { tenantId, text, values, asOf }));
      },
    },
    commit: () => Promise.resolve(),
    rollback: () => undefined,
  };
}

/**
 * What the connection is given in this turn of the event loop is one write: each write is a call of the system, and on a
 * busy machine those to PostgreSQL are a quarter of the processor time of a poll.
 */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

const NOTHING = Buffer.alloc(0);

/** The callback of a write is called after those of all earlier ones, also when the connection is lost. */
function sentBy(client: pg.PoolClient): Promise<void> {
  return new Promise((resolve) => void client.connection.stream.write(NOTHING, () => resolve()));
}

function openSession(client: pg.PoolClient, { tenantId, isSnapshot, onStatement }: RunOptions): Session {
  const reports: WorkReport[] = [];
  const channels = new Set<string>();
  sendTogether(client);
  const mode = isSnapshot ? " isolation level repeatable read read only" : "";
  const begun = client.query(`begin${mode}; select set_config('sluice.tenant', ${pg.escapeLiteral(tenantId)}, true)`);
  begun.catch(() => undefined); // each statement reports it, and so does the commit
  let ending: Promise<unknown> | undefined;

  function end(text: string): Promise<unknown> {
    ending ??= client.query(text);
    // A connection whose transaction may still be open is used by nobody.
    ending.catch((reason: Error) => client.connection.stream.destroy(reason));
    return ending;
  }

  return {
    reports,
    channels,
    transaction: {
      tenantId,
      report: (done) => void reports.push(done),
      notifyAfterCommit: (channel) => void channels.add(channel),
      sent: () => sentBy(client),
      async query<Row extends pg.QueryResultRow>(
        text: string,
        values?: readonly unknown[],
        { prepared = false, last = false }: StatementOptions = {},
      ): Promise<Row[]> {
        if (ending !== undefined) throw new Error(`the transaction has ended, so this cannot run: ${text}`);
        onStatement(text);
        const given = { text, ...(values && { values: values as unknown[] }) }; // pg never writes to it
        return await traceStatement(text, async () => {
          sendTogether(client);
          const sent = client.query<Row>(prepared ? { name: preparedName(text), ...given } : given);
          if (last) void end("commit");
          return (await Promise.all([sent, begun]))[0].rows;
        });
      },
    },
    async commit() {
      await Promise.all([begun, end("commit")]);
    },
    rollback: () => void end("rollback"),
  };
}
