import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode, errorText, storeUnavailable, unlessCode } from "./failure.ts";

/** Where everything of one embedded server lies. All paths are absolute and free of symlinks. */
export interface Home {
  /** What the operator configured, for messages. */
  readonly dataDir: string;
  /** `DATA_DIR/pg`. */
  readonly folder: string;
  /** The cluster (PGDATA). */
  readonly data: string;
  /** The first choice for the socket. */
  readonly run: string;
  readonly log: string;
  readonly lock: string;
}

/** Makes `DATA_DIR/pg` if it is missing. @throws STORE_UNAVAILABLE when it cannot be made. */
export async function openHome(dataDir: string): Promise<Home> {
  const wanted = join(resolve(dataDir), "pg");
  try {
    await makeFolders(wanted);
    // The unprivileged server must pass through; a strict umask of root would shut it out.
    if (process.getuid?.() === 0) await chmod(wanted, 0o755);
    const folder = await realpath(wanted);
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
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system answers ENOENT
 * although the parent exists, as /proc does.
 */
async function makeFolders(path: string): Promise<void> {
  const made = await unlessCode(
    mkdir(path).then(() => true),
    "ENOENT",
    "EEXIST",
  );
  if (made === true || (await unlessCode(stat(path), "ENOENT"))?.isDirectory() === true) return;
  if (path !== dirname(path)) await makeFolders(dirname(path));
  await unlessCode(mkdir(path), "EEXIST"); // another process may have been quicker
}

/** The error for a folder that we cannot write in. */
export function unusableFolder(dataDir: string, reason: unknown): Error {
  const sentence = `the data folder ${resolve(dataDir)} cannot be used (${errorText(reason)}): set DATA_DIR to a folder that this user can write in, or DATABASE_URL to a PostgreSQL of your own`;
  return storeUnavailable(sentence, reason);
}

/** Turns a system error of `work`, such as EACCES or ENOSPC, into the sentence that names the folder. */
export async function explainFolder<T>(home: Home, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    // System errors have codes such as ENOENT; ours and those of an abort read otherwise.
    if (/^E[A-Z0-9]+$/.test(errorCode(reason) ?? "")) throw unusableFolder(home.dataDir, reason);
    throw reason;
  }
}
