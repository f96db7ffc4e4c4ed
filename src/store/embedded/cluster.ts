import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { storeUnavailable, unlessCode } from "./failure.ts";
import type { Home } from "./home.ts";
import { runProgram } from "./run-program.ts";
import { withServerPath } from "./server-path.ts";
import type { ServerUser } from "./server-user.ts";
import { giveTo } from "./server-user.ts";

const TEMPORARY_PREFIX = "data.new-";

export interface ClusterOptions {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  /** False only if losing the cluster in a power failure does not matter. */
  readonly isDurable: boolean;
  readonly signal: AbortSignal;
}

/**
 * Creates the cluster on first use. It is built under another name and then renamed, so an interrupted first start
 * leaves nothing that looks like a cluster. The caller must have the folder's lock.
 * @throws STORE_UNAVAILABLE when the folder contains something else or a cluster of another version.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { home, user } = options;
  await removeLeftovers(home);
  const found = await unlessCode(stat(home.data), "ENOENT");
  if (found === undefined) return await createCluster(options);
  await requireVersion(home, options.binaries.major);
  // The folder was restored or copied by root: the server could not read it.
  if (user !== undefined && found.uid === 0) await giveTo(user, home.data);
}

/**
 * We have the lock, so the process that was building these has ended, except for an orphaned initdb, which continues
 * until it notices.
 */
async function removeLeftovers(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    if (name.startsWith(TEMPORARY_PREFIX)) await removeFolder(join(home.folder, name));
  }
}

/** Tries again while another process still writes into the folder. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

async function createCluster({ home, binaries, user, isDurable, signal }: ClusterOptions): Promise<void> {
  const building = join(home.folder, `${TEMPORARY_PREFIX}${randomUUID()}`);
  await mkdir(building, { mode: 0o700 });
  await chmod(building, 0o700);
  if (user !== undefined) await chown(building, user.uid, user.gid);
  try {
    const result = await withServerPath(building, user, ({ path, folderFd }) =>
      runProgram({ file: binaries.initdb, args: initdbArguments(path, isDurable), user, signal, folderFd }),
    );
    if (!result.ok) {
      // The bootstrap server says FATAL, initdb itself "error:"; either comes after many lines that say what worked.
      const reason = /(?:FATAL|PANIC|ERROR|error): +(.+)/.exec(result.output)?.[1] ?? result.output.trim();
      throw storeUnavailable(`the database in ${home.dataDir} could not be created: ${reason}`);
    }
    await rename(building, home.data);
    await syncFolder(home.folder);
  } catch (reason) {
    await removeFolder(building);
    throw reason;
  }
}

/**
 * The locale is built into PostgreSQL: text sorts identically on every machine, whatever locales are installed there.
 */
function initdbArguments(path: string, isDurable: boolean): readonly string[] {
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8"];
  // Trust authentication, because only the server's own account can access the socket's folder.
  const access = ["--username=postgres", "--auth=trust", "--no-instructions"];
  return ["-D", path, ...access, ...locale, ...(isDurable ? [] : ["--no-sync"])];
}

/** Makes the rename itself survive a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function requireVersion(home: Home, major: number): Promise<void> {
  const text = await unlessCode(readFile(join(home.data, "PG_VERSION"), "utf8"), "ENOENT", "ENOTDIR");
  if (text === undefined) {
    throw storeUnavailable(
      `${home.data} exists and is not a PostgreSQL data folder: move it away or set another DATA_DIR`,
    );
  }
  if (text.trim() !== String(major)) {
    throw storeUnavailable(
      `${home.data} was made by PostgreSQL ${text.trim()} and the embedded one is ${major}: dump it with version ${text.trim()} and restore it, or set another DATA_DIR`,
    );
  }
}
