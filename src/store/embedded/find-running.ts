import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { errorCode, storeUnavailable } from "./failure.ts";
import type { Home } from "./home.ts";
import { isPostmasterOf, readPostmasterFile } from "./postmaster.ts";
import { SOCKET_PORT } from "./socket-folder.ts";
import { stopPostmaster } from "./stop-server.ts";

const POLL_MS = 15;
const CONNECT_TIMEOUT_MS = 2000;
/** Time for which a server that reports itself ready may have no socket before the socket counts as deleted. */
const MISSING_SOCKET_MS = 1000;

/**
 * Returns the socket folder of a live server of this folder; undefined if there is none. Waits while one starts,
 * recovers or stops, until the signal is aborted.
 */
export async function findRunningServer(home: Home, signal: AbortSignal): Promise<string | undefined> {
  let missingSince: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    const file = await readPostmasterFile(home.data);
    if (file === undefined) return undefined;
    const isVisible = await isPostmasterOf(file.pid, home.data);
    // The pid of a server in another container has no meaning here, but its socket in our folder accepts connections.
    if (!isVisible && file.socketFolder !== home.run) return undefined;
    const answer = file.socketFolder === undefined ? "silent" : await probe(file.socketFolder, home);
    if (answer === "ready") return file.socketFolder;
    if (answer === "silent" && !isVisible) return undefined;
    if (answer === "busy" || file.status !== "ready") missingSince = undefined;
    else if ((missingSince ??= performance.now()) + MISSING_SOCKET_MS < performance.now()) {
      // Its socket was deleted, or the whole folder moved: no client can ever reach it again.
      await stopPostmaster(home, file.pid);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Checks whether a server accepts connections: `busy` means that it starts or stops, `silent` that none listens. */
async function probe(socketFolder: string, home: Home): Promise<"ready" | "busy" | "silent"> {
  const client = new pg.Client({
    host: socketFolder,
    port: SOCKET_PORT,
    user: "postgres",
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on("error", () => undefined); // the connection may be cut at any moment; the next check reports it
  try {
    await client.connect();
    return "ready";
  } catch (reason) {
    const code = errorCode(reason);
    if (code === "ENOENT" || code === "ECONNREFUSED") return "silent";
    if (code !== "EACCES" && code !== "EPERM") return "busy";
    throw storeUnavailable(
      `the database in ${home.dataDir} is run by another user: start Sluice as that user, or set another DATA_DIR`,
      reason,
    );
  } finally {
    await client.end().catch(() => undefined); // no query was sent, so nothing can be lost
  }
}
