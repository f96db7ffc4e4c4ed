import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode, errorText, storeUnavailable, unlessCode } from "./failure.ts";

/** Paths of one embedded server. All are absolute and free of symlinks. */
export interface Home {
  /** Data folder as configured by the operator, for messages. */
  readonly dataDir: string;
  /** `DATA_DIR/pg`. */
  readonly folder: string;
  /** The cluster (PGDATA). */
  readonly data: string;
  /** Preferred folder for the socket. */
  readonly run: string;
  readonly log: string;
  readonly lock: string;
}

/** Creates `DATA_DIR/pg` if it is missing. @throws STORE_UNAVAILABLE when it cannot be created. */
export async function openHome(dataDir: string): Promise<Home> {
  const requested = join(resolve(dataDir), "pg");
  try {
    await makeFolders(requested);
    // The unprivileged server must be able to traverse it; a strict umask of root would deny that.
    if (process.getuid?.() === 0) await chmod(requested, 0o755);
    const folder = await realpath(requested);
    return {
      dataDir: resolve(dataDir),
      folder,
      data: join(folder, "data"),
      run: join(folder, "run"),
      log: join(folder, "server.log"),
      lock: join(folder, "lock"),
    };
  } catch (reason) {
    throw unusableFolder(dataDir, reason);
  }
}

/**
 * Creates a folder and its parents. Node's own recursive mkdir never returns if a file system returns ENOENT although
 * the parent exists, as /proc does.
 */
async function makeFolders(path: string): Promise<void> {
  const made = await unlessCode(
    mkdir(path).then(() => true),
    "ENOENT",
    "EEXIST",
  );
  if (made === true || (await unlessCode(stat(path), "ENOENT"))?.isDirectory() === true) return;
  if (path !== dirname(path)) await makeFolders(dirname(path));
  await unlessCode(mkdir(path), "EEXIST"); // another process may have created it first
}

/** Returns the error for a folder that is not writable. */
export function unusableFolder(dataDir: string, reason: unknown): Error {
  const sentence = `the data folder ${resolve(dataDir)} cannot be used (${errorText(reason)}): set DATA_DIR to a folder that this user can write in, or DATABASE_URL to a PostgreSQL of your own`;
  return storeUnavailable(sentence, reason);
}

/** Converts a system error of `work`, such as EACCES or ENOSPC, to the sentence that names the folder. */
export async function explainFolder<T>(home: Home, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    // System errors have codes such as ENOENT; our errors and abort errors have codes of another form.
    if (/^E[A-Z0-9]+$/.test(errorCode(reason) ?? "")) throw unusableFolder(home.dataDir, reason);
    throw reason;
  }
}
