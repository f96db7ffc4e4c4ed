import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { isTimeout } from "./deadline.ts";
import { errorText, storeUnavailable } from "./failure.ts";
import type { Home } from "./home.ts";
import { disarmStaleFile, readPostmasterFile } from "./postmaster.ts";
import { PROGRAM_ENV } from "./run-program.ts";
import { fatalReason, limitLog, logSize, readLog } from "./server-log.ts";
import { withServerPath } from "./server-path.ts";
import type { ServerUser } from "./server-user.ts";
import { chooseServerUser } from "./server-user.ts";
import { SERVER_SETTINGS, settingArguments } from "./settings.ts";
import { openSocketFolder, SOCKET_PORT } from "./socket-folder.ts";
import { stopPostmaster } from "./stop-server.ts";

const POLL_MS = 10;
const RETRY_MS = 100;
/** Errors caused by a dead server's orphaned backends until they notice its death and exit, within about a second. */
const PASSING_FAILURE = /shared memory block .* is still in use|lock file ".*" already exists/;

/**
 * Starts the server of a folder in which none is running, creating the cluster on first use. The caller must have the
 * folder's lock.
 * @returns the folder of its socket, once it accepts connections.
 */
export async function startServer(
  home: Home,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const user = await chooseServerUser(home.data);
  const binaries = await findBinaries(user, signal);
  await ensureCluster({ home, binaries, user, isDurable: settings["fsync"] !== "off", signal });
  const socketFolder = await openSocketFolder(home, user);
  for (;;) {
    await disarmStaleFile(home.data);
    // Only this folder's servers ever use the socket folder, and none is running.
    await rm(join(socketFolder, `.s.PGSQL.${SOCKET_PORT}`), { force: true });
    await rm(join(socketFolder, `.s.PGSQL.${SOCKET_PORT}.lock`), { force: true });
    await limitLog(home.log);
    const logStart = await logSize(home.log);
    const server = await spawnServer({ home, user, file: binaries.postgres, socketFolder, settings });
    if (await waitUntilReady(server, home, signal)) return socketFolder;
    const text = await readLog(home.log, logStart);
    if (!PASSING_FAILURE.test(text)) {
      throw storeUnavailable(`the database in ${home.dataDir} does not start: ${fatalReason(text)} (see ${home.log})`);
    }
    await sleep(RETRY_MS, undefined, { signal });
  }
}

interface SpawnedServer {
  readonly pid: number;
  hasExited(): boolean;
}

async function spawnServer(options: {
  readonly home: Home;
  readonly user: ServerUser | undefined;
  readonly file: string;
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
}): Promise<SpawnedServer> {
  const { home, user } = options;
  // We open it for appending: the server needs no permission for it, and it can be truncated while in use.
  const log = await open(home.log, "a", 0o600);
  const settings = {
    ...SERVER_SETTINGS,
    ...options.settings,
    unix_socket_directories: options.socketFolder,
    port: String(SOCKET_PORT),
  };
  try {
    return await withServerPath(home.data, user, async ({ path, folderFd }) => {
      const child = spawn(options.file, ["-D", path, ...settingArguments(settings)], {
        ...user,
        env: PROGRAM_ENV,
        cwd: "/",
        detached: true, // a session of its own: Ctrl-C in our terminal must not stop it before we have drained
        stdio: ["ignore", log.fd, log.fd, folderFd ?? "ignore"],
      });
      await once(child, "spawn");
      child.unref();
      const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
      return { pid: child.pid ?? 0, hasExited };
    });
  } catch (reason) {
    throw storeUnavailable(`the database in ${home.dataDir} does not start: ${errorText(reason)}`, reason);
  } finally {
    await log.close();
  }
}

/**
 * Returns false if the server exited instead. If the signal is aborted, the server is stopped, unless the time ran out
 * while it recovers.
 */
async function waitUntilReady(server: SpawnedServer, home: Home, signal: AbortSignal): Promise<boolean> {
  while (!server.hasExited()) {
    if (signal.aborted) {
      // A recovery that is stopped starts over: if it is left running, it is complete at a later attempt.
      if (!isTimeout(signal)) await stopPostmaster(home, server.pid);
      signal.throwIfAborted();
    }
    const file = await readPostmasterFile(home.data);
    if (file?.pid === server.pid && file.status === "ready") return true;
    await sleep(POLL_MS);
  }
  return false;
}
