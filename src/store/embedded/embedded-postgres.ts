import { setTimeout as sleep } from "node:timers/promises";
import type { Attached } from "./attach.ts";
import { attach, DATABASE } from "./attach.ts";
import { errorText } from "./failure.ts";
import type { Home } from "./home.ts";
import { openHome } from "./home.ts";
import { release } from "./release.ts";
import { limitLog } from "./server-log.ts";
import { SOCKET_PORT } from "./socket-folder.ts";

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5000;
const LOG_CHECK_INTERVAL_MS = 60_000;

export interface EmbeddedPostgres {
  /** Settings for `pg`. They stay the same when the server is restarted: pools only have to connect again. */
  readonly connection: {
    /** Folder of the unix socket. */
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** True when the server already ran and we attached to it. */
  readonly reused: boolean;
  /** Of the server, such as "18.4". */
  readonly version: string;
  /** Gives it up; stops the server when no other process uses it. Close pools first: it cuts what is left of them. */
  close(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Everything lies in its subfolder `pg`. Made when it is missing. */
  readonly dataDir: string;
  /** Ends the opening. Use `close()` for what is open. */
  readonly signal?: AbortSignal;
  /** Server settings beyond ours, such as `{ fsync: "off" }`. They take effect only if this process starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told, in a sentence, what happens to the server: started, found, lost, back. */
  readonly onLog?: (line: string) => void;
  /** Leaves the server running on `close()`, for processes that come later. Default false. */
  readonly keepRunning?: boolean;
}

/**
 * The PostgreSQL that comes with the npm packages, on a unix socket, shared by all processes that open the same folder.
 * While it is open, a server that dies is started again.
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

/** Every call after the first gets the first one's promise. */
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

/** Brings the server back whenever it is lost, and keeps its log bounded. `stop` resolves with the last hold on it. */
function watchServer({ first, connect, home, log }: WatchOptions): { stop(): Promise<Attached> } {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener("abort", () => resolve()));
  const logCheck = setInterval(() => {
    // A full disk is told by the statements that fail; the next minute tries again.
    limitLog(home.log).catch(() => undefined);
  }, LOG_CHECK_INTERVAL_MS).unref();

  const run = async (): Promise<Attached> => {
    let current = first;
    for (;;) {
      await Promise.race([current.keeper.lost, stopped]);
      if (stopping.signal.aborted) return current;
      log(`PostgreSQL in ${home.folder} is gone, bringing it back`);
      const next = await recover(connect, stopping.signal, log);
      if (next === undefined) return current;
      await current.keeper.close().catch(() => undefined); // the lost connection: only its memory is left
      current = next;
      log(`PostgreSQL in ${home.folder} is back`);
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

/** Tries for ever, since a full disk or lack of memory passes. Undefined when the signal ended first. */
async function recover(
  connect: (signal: AbortSignal) => Promise<Attached>,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<Attached | undefined> {
  for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
    try {
      return await connect(signal);
    } catch (reason) {
      if (signal.aborted) return undefined;
      log(`PostgreSQL could not be brought back, trying again in ${backoffMs} ms: ${errorText(reason)}`);
    }
    await sleep(backoffMs, undefined, { signal }).catch(() => undefined);
  }
}
