import pg from "pg";
import { ServiceError } from "../domain/error.ts";
import { pauseUnlessAborted } from "../runtime/abort.ts";
import { fullJitterMs } from "../runtime/backoff.ts";
import type { ConnectionSettings } from "./connection.ts";
import { createConnections, type PoolUse } from "./connections.ts";
import { hookedWork } from "./commit-hook.ts";
import { createCommitNotifier } from "./commit-notifier.ts";
import { listen } from "./listen.ts";
import { APPLICATION_ROLE, WORK_ROLE } from "./roles.ts";
import { runTransaction } from "./run-transaction.ts";
import { isRepeatable, storeError } from "./store-error.ts";
import { preparedName } from "./prepared-name.ts";
import type { StatementOptions, Transaction, WorkReport } from "./transaction.ts";
import { TYPE_PARSERS } from "./type-parsers.ts";

export type { PoolUse } from "./connections.ts";
export type { StatementOptions, Transaction, WorkReport } from "./transaction.ts";

export interface TransactionOptions {
  /**
   * Longest duration of the transaction in milliseconds, including the wait for a connection and repetitions: its
   * connection is then closed, and its outcome is unknown. Default: only each statement has a limit.
   */
  readonly deadlineMs?: number;
  /**
   * Aborted when the result is no longer needed. A statement that is still running a second later is given up with its
   * connection, which makes the server end it within two more (`client_connection_check_interval`). Not by a request to
   * cancel it: that can arrive late, and would then end a statement of the connection's next user.
   */
  readonly unneeded?: AbortSignal;
  /** Reads synced objects in their state at this moment, RFC 3339. For reads alone. Default: the present state. */
  readonly asOf?: string | undefined;
  /**
   * True: every statement sees what was committed when the first one began, and nothing can be written. For an export
   * of several statements; it keeps the server from removing old row versions, so it needs a deadline.
   */
  readonly isSnapshot?: boolean;
  /** True: nobody waits for its notifications, which are sent a moment later. Default: at once. */
  readonly notifiesLate?: boolean;
}

export interface Database {
  /**
   * Runs `work` in a transaction that reads and writes one tenant only, and commits it. A deadlock or serialization
   * failure runs `work` again, so it must have no other effects.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, or the error that `work` threw
   */
  transaction<T>(tenantId: string, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Like `transaction`, but read only. */
  read<T>(tenantId: string, work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Runs a statement outside any tenant: it sees no tenant's rows. For instance keys and health. */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    options?: Pick<StatementOptions, "prepared">,
  ): Promise<Row[]>;
  /**
   * Runs one statement that finds or claims work over all tenants: as the role `sluice_work`, which sees ids, due times
   * and leases, and none of a tenant's data. Its rows never reach a caller of the API.
   */
  acrossTenants<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Opens a session of its own with LISTEN on `channel`; rejects if it cannot be opened. */
  listen(channel: string, onNotify: (payload: string) => void, onEnd: () => void): Promise<{ close(): Promise<void> }>;
  /** Connections at present. Absent for one that shares those of another. */
  readonly poolUse?: () => PoolUse;
  close(): Promise<void>;
}

/** Database for readers alone. */
export type Reads = Pick<Database, "read">;

export interface DatabaseOptions {
  readonly connection: ConnectionSettings;
  /** Maximum number of connections. */
  readonly max: number;
  /**
   * Time of a statement in milliseconds, after which the server cancels it. If there is no response five seconds later
   * the connection is lost: so this bounds how long a statement waits on a network that drops packets. Default 30,000.
   */
  readonly statementMs?: number;
  /**
   * True: a connection that was once opened stays open while it is idle, so that the work does not depend on a free
   * place at the server. Default: an idle connection is closed after half a minute.
   */
  readonly keepsConnections?: boolean;
  /**
   * Commits without waiting for the disk: a crash of the server may undo the last moments, so this must be acceptable.
   * Default: durable commits.
   */
  readonly quickCommits?: boolean;
  /**
   * True: no statement is planned for its values. For connections whose statements are prepared and find their rows by key:
   * PostgreSQL plans one with arrays each time, because it then knows their lengths, which costs more than the statement.
   * Default: PostgreSQL decides.
   */
  readonly genericPlans?: boolean;
  /** Age at which the plans of prepared statements are made again, in milliseconds. Default 5,000. */
  readonly plansMs?: number;
  /** Called with each statement sent, except tenant settings and BEGIN / COMMIT: tests count statements with it. */
  readonly onStatement?: (text: string) => void;
  /** Called for each report of a committed transaction, in order. */
  readonly onWorkDone?: (tenantId: string, work: WorkReport) => void;
}

const MAX_REPEATS = 5;
/** Transactions that have blocked each other are repeated at different times. */
const REPEAT_PAUSE = { baseMs: 20, capMs: 500 };
/** Time that a new connection may take: seven round trips with TLS and a password. */
const CONNECT_MS = 4_000;
/** Time after that limit in which its response must arrive: otherwise the server counts as unreachable. */
const RESPONSE_MS = 5_000;
/** The operating system tests a connection after this time without traffic, and then each second, ten times. */
const KEEP_ALIVE_MS = 5_000;
/**
 * A process that freezes between two statements must not keep its locks: others wait for them to take over its work. The
 * same holds for one that is cut off: the server notices it by TCP keep-alive or by data that nobody acknowledges
 * (ignored where there is no TCP), and a statement that nobody waits for any more is canceled.
 */
const SESSION = [
  `role=${APPLICATION_ROLE}`,
  "search_path=sluice",
  "idle_in_transaction_session_timeout=8000",
  "client_connection_check_interval=2000",
  "tcp_user_timeout=10000",
  "tcp_keepalives_idle=5",
  "tcp_keepalives_interval=2",
  "tcp_keepalives_count=3",
  "TimeZone=UTC",
  "jit=off",
];

const NEVER_ABORTED = new AbortController().signal;

/** Opens no connection yet: connections are made when first needed, and again after the server was unavailable. */
export function createDatabase(options: DatabaseOptions): Database {
  const { statementMs = 30_000, quickCommits = false, genericPlans = false, plansMs = 5_000 } = options;
  const session = [
    ...SESSION,
    `statement_timeout=${statementMs}`,
    ...(quickCommits ? ["synchronous_commit=off"] : []),
    ...(genericPlans ? ["plan_cache_mode=force_generic_plan"] : []),
  ];
  const settings = {
    ...options.connection,
    options: session.map((setting) => `-c ${setting}`).join(" "),
    application_name: "sluice",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: statementMs + RESPONSE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    pipeline: true,
    types: TYPE_PARSERS,
  };
  const min = options.keepsConnections === true ? options.max : 0;
  const pool = new pg.Pool({ ...settings, min, max: options.max, idleTimeoutMillis: 30_000 });
  const connections = createConnections(pool, plansMs);
  const { onStatement = () => undefined, onWorkDone = () => undefined } = options;
  const notifier = createCommitNotifier({
    async send(channels, tenantIds) {
      const values = [[...channels], [...tenantIds]];
      await connections.use((client) => client.query(NOTIFY, values));
    },
  });

  async function run<T>(
    readOnly: boolean,
    tenantId: string,
    work: (tx: Transaction) => Promise<T>,
    { deadlineMs, unneeded, asOf, isSnapshot = false, notifiesLate = false }: TransactionOptions = {},
  ): Promise<T> {
    const tooLate = deadlineMs === undefined ? undefined : new AbortController();
    const timer = tooLate && setTimeout(() => tooLate.abort(noResponse()), deadlineMs);
    const once = {
      connections,
      tenantId,
      readOnly,
      isSnapshot,
      signal: tooLate?.signal,
      unneeded,
      asOf,
      onStatement,
      onWorkDone,
      notify: (channel: string, tenant: string) => notifier.notify(channel, tenant, notifiesLate),
    };
    try {
      for (let repeat = 0; ; repeat += 1) {
        try {
          return await runTransaction(once, work);
        } catch (reason) {
          if (!isRepeatable(reason) || repeat >= MAX_REPEATS || tooLate?.signal.aborted === true)
            throw storeError(reason);
        }
        await pauseUnlessAborted(fullJitterMs(REPEAT_PAUSE, repeat + 1, Math.random), tooLate?.signal ?? NEVER_ABORTED);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async transaction(tenantId, work, limits) {
      const hooked = hookedWork(tenantId, work);
      const result = await run(false, tenantId, hooked.work, limits);
      hooked.committed();
      return result;
    },
    read: (tenantId, work, limits) => run(true, tenantId, work, limits),
    async query<Row extends pg.QueryResultRow>(
      text: string,
      values?: readonly unknown[],
      { prepared = false }: Pick<StatementOptions, "prepared"> = {},
    ): Promise<Row[]> {
      const given = { text, values: values as unknown[] | undefined }; // pg never writes to it
      const statement = prepared ? { name: preparedName(text), ...given } : given;
      try {
        return await connections.use((client) => client.query<Row>(statement));
      } catch (reason) {
        throw storeError(reason);
      }
    },
    async acrossTenants<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      onStatement(text);
      try {
        return await connections.use((client) => runAsWorkRole<Row>(client, text, values));
      } catch (reason) {
        throw storeError(reason);
      }
    },
    poolUse: connections.stats,
    listen: (channel, onNotify, onEnd) => listen(settings, { channel, onNotify, onEnd }),
    close() {
      notifier.close();
      return connections.close();
    },
  };
}

const NOTIFY = "select pg_notify(channel, tenant) from unnest($1::text[], $2::text[]) as given (channel, tenant)";

/** One round trip, because the client is in pipeline mode; COMMIT after an error rolls back. */
async function runAsWorkRole<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  const sent = [
    client.query(`begin; set local role ${WORK_ROLE}`),
    client.query<Row>(text, values as unknown[]), // pg never writes to it
    client.query("commit"),
  ] as const;
  const [begun, result, ended] = await Promise.allSettled(sent);
  for (const each of [begun, result, ended]) if (each.status === "rejected") throw each.reason;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

function noResponse(): ServiceError {
  return new ServiceError("STORE_UNAVAILABLE", "the database did not answer in time", { retryAfterMs: 1_000 });
}
