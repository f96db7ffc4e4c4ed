import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import type { EmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../../src/store/embedded/release.ts";
import { databaseFolder } from "./database-folder.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";

type Connection = EmbeddedPostgres["connection"];

/**
 * A temporary data folder. At the end of its scope, the server in it is stopped, whatever happened to it, and the
 * folder is removed.
 */
export async function useDataDir(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(await databaseFolder(), "sluice-embedded-"));
  await chmod(path, 0o755); // the usual case: other users may enter
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await stopEmbeddedPostgres({ dataDir: path });
      await rm(path, { recursive: true, force: true });
    },
  };
}

const readyLine = z.object({
  reused: z.boolean(),
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
});

export interface EmbeddedChild extends AsyncDisposable {
  readonly pid: number;
  readonly reused: boolean;
  readonly connection: Connection;
  /**
   * Sends SIGINT to it and its process group, as Ctrl-C in a terminal does; resolves when it has received the signal.
   */
  interrupt(): Promise<void>;
  /** SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>;
  /** Lets it close and exit; resolves with its exit code. */
  finish(): Promise<number | null>;
}

export interface StartingChild {
  /** Rejects with its stderr output when it ended before it was ready. */
  readonly ready: Promise<EmbeddedChild>;
  kill(): Promise<void>;
}

/** Starts another process that opens the server of `dataDir`. It leads its own process group. */
export async function useEmbeddedChild(dataDir: string): Promise<EmbeddedChild> {
  return await startEmbeddedChild(dataDir).ready;
}

/**
 * Same as `useEmbeddedChild`, without waiting until it is open. @param uid The user to run it as; only root may choose.
 */
export function startEmbeddedChild(dataDir: string, uid?: number): StartingChild {
  const script = fileURLToPath(new URL("embedded-child.ts", import.meta.url));
  const user = uid === undefined ? [] : [String(uid)];
  const child = spawn(process.execPath, [script, dataDir, ...user], { stdio: "pipe", detached: true, cwd: "/" });
  const lines = createInterface({ input: child.stdout });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, "close");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
  };
  const finish = async (): Promise<number | null> => {
    child.stdin.end();
    await exited;
    return child.exitCode;
  };
  const interrupt = async (): Promise<void> => {
    const noticed = once(lines, "line");
    process.kill(-(child.pid ?? 0), "SIGINT");
    await noticed;
  };
  const open = async (): Promise<EmbeddedChild> => {
    const firstLine = once(lines, "line").then(([line]) => z.string().parse(line));
    const line = await Promise.race([firstLine, exited.then(() => undefined)]);
    if (line === undefined) throw new Error(stderr);
    const { reused, connection } = readyLine.parse(JSON.parse(line));
    const pid = child.pid ?? 0;
    return { pid, reused, connection, interrupt, kill, finish, [Symbol.asyncDispose]: kill };
  };
  const ready = open();
  ready.catch(() => undefined); // a test that kills it early never awaits this
  return { ready, kill };
}

/** Runs one SQL statement on a separate connection, with retries until `deadlineMs` while the server is unavailable. */
export async function queryWhenUp(
  connection: Connection,
  text: string,
  deadlineMs = WAIT_LIMIT_MS,
): Promise<unknown[]> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await queryOnce(connection, text);
    } catch (reason) {
      if (performance.now() > until) throw reason;
      await sleep(20);
    }
  }
}

/** Runs one SQL statement on a separate connection. */
export async function queryOnce(connection: Connection, text: string): Promise<unknown[]> {
  const client = new pg.Client({ ...connection, ssl: false, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a server that is killed by a test disconnects us; the query reports it
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
