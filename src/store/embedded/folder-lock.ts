/*
 * One process at a time starts or stops the server of a folder.
 *
 * The lock is SQLite's lock on an empty file, because that is the only file lock kept by the kernel that Node can
 * acquire. The kernel releases it when the process dies, so there is no stale lock to detect after kill -9 and no
 * reused pid to mistake for the owner, and it works between containers that share the folder. SQLite also separates two
 * handles of one process, which a bare fcntl lock does not.
 */
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Home } from "./home.ts";
import { unusableFolder } from "./home.ts";

const POLL_MS = 15;
const SQLITE_BUSY = 5;

/**
 * Runs `work` with exclusive use of the folder, across processes and callers in this one. Waits until the signal is
 * aborted.
 */
export async function withFolderLock<T>(home: Home, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const database = openLockFile(home);
  try {
    while (!tryLock(database, home)) await sleep(POLL_MS, undefined, { signal });
    return await work();
  } finally {
    database.close();
  }
}

function openLockFile(home: Home): DatabaseSync {
  try {
    return new DatabaseSync(home.lock, { timeout: 0 });
  } catch (reason) {
    throw unusableFolder(home.dataDir, reason);
  }
}

function tryLock(database: DatabaseSync, home: Home): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (reason) {
    if (typeof reason === "object" && reason !== null && "errcode" in reason && reason.errcode === SQLITE_BUSY) {
      return false;
    }
    throw unusableFolder(home.dataDir, reason);
  }
}
