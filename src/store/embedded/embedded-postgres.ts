import { pauseUnlessAborted, whenAborted } from "../../runtime/abort.ts";
import { backoffBoundMs } from "../../runtime/backoff.ts";
import type { Attached } from "./attach.ts";
import { attach, DATABASE } from "./attach.ts";
import { errorText } from "./failure.ts";
import type { Home } from "./home.ts";
import { openHome } from "./home.ts";
import { release } from "./release.ts";
import { limitLog } from "./server-log.ts";
import { SOCKET_PORT } from "./socket-folder.ts";

const BACKOFF = { baseMs: 100, capMs: 5_000 };
const LOG_CHECK_INTERVAL_MS = 60_000;

export interface EmbeddedPostgres {
  /** Connection settings for `pg`. They do not change when the server is restarted: pools only have to reconnect. */
  readonly connection: {
    /** Folder of the unix socket. */
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** True if the server was already running and we attached to it. */
  readonly reused: boolean;
  /** Version of the server, such as "18.4". */
  readonly version: string;
  /**
   * Releases the server, and stops it if no other process uses it. Close pools first: their remaining connections are
   * cut.
   */
  close(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** All files are in its subfolder `pg`. Created if missing. */
  readonly dataDir: string;
  /** Cancels the opening. Use `close()` once it is open. */
  readonly signal?: AbortSignal;
  /**
   * Server settings in addition to ours, such as `{ fsync: "off" }`. They take effect only if this process starts the
   * server.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called with one sentence for each change of the server: started, found, lost, restored. */
  readonly onLog?: (line: string) => void;
  /** Leaves the server running on `close()`, for later processes. Default false. */
  readonly keepRunning?: boolean;
}

/**
 * Opens the PostgreSQL that is included in the npm packages, on a unix socket, shared by all processes that open the
 * same folder. While it is open, a server that exits is started again.
 * @throws STORE_UNAVAILABLE with a sentence that names the folder, or the signal's reason.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await openHome(options.dataDir);
  const log = options.onLog ?? (() => undefined);
  const connect = (signal: AbortSignal | undefined): Promise<Attached> => attach(home, options.settings ?? {}, signal);
  const first = await connect(options.signal);
  log(`PostgreSQL ${first.keeper.version} ${first.reused ? "found running" : "started"} in ${home.folder}`);
  const watch = watchServer({ first, connect, home, log });
  return {
    connection: { host: first.socketFolder, port: SOCKET_PORT, user: "postgres", database: DATABASE },
    reused: first.reused,
    version: first.keeper.version,
    close: once(async () => {
      const last = await watch.stop();
      await (options.keepRunning === true ? last.keeper.close() : release(home, last.keeper));
    }),
  };
}

/** Runs `work` once; every later call returns the first call's promise. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

interface WatchOptions {
  readonly first: Attached;
  readonly connect: (signal: AbortSignal) => Promise<Attached>;
  readonly home: Home;
  readonly log: (line: string) => void;
}

/**
 * Restarts the server whenever it is lost, and limits the size of its log. `stop` resolves with the last connection to
 * it.
 */
function watchServer({ first, connect, home, log }: WatchOptions): { stop(): Promise<Attached> } {
  const stopping = new AbortController();
  const stopped = whenAborted(stopping.signal);
  const logCheck = setInterval(() => {
    // Failing statements report a full disk; the next minute tries again.
    limitLog(home.log).catch(() => undefined);
  }, LOG_CHECK_INTERVAL_MS).unref();

  const run = async (): Promise<Attached> => {
    let current = first;
    for (;;) {
      await Promise.race([current.keeper.lost, stopped]);
      if (stopping.signal.aborted) return current;
      log(`PostgreSQL in ${home.folder} has stopped, starting it again`);
      const next = await recover(connect, stopping.signal, log);
      if (next === undefined) return current;
      await current.keeper.close().catch(() => undefined); // the connection is already lost: this only frees its memory
      current = next;
      log(`PostgreSQL in ${home.folder} was started again`);
    }
  };
  const running = run();
  return {
    stop: () => {
      clearInterval(logCheck);
      stopping.abort();
      return running;
    },
  };
}

/**
 * Retries without a limit, because a full disk or lack of memory is temporary. Undefined if the signal was aborted
 * first.
 */
async function recover(
  connect: (signal: AbortSignal) => Promise<Attached>,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<Attached | undefined> {
  for (let failures = 1; ; failures++) {
    try {
      return await connect(signal);
    } catch (reason) {
      if (signal.aborted) return undefined;
      const waitMs = backoffBoundMs(BACKOFF, failures);
      log(`PostgreSQL could not be brought back, trying again in ${waitMs} ms: ${errorText(reason)}`);
      await pauseUnlessAborted(waitMs, signal);
    }
  }
}
