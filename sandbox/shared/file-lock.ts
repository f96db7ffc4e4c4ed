import { DatabaseSync } from "node:sqlite";

/** Valid until it is released, or until the process ends, for whatever reason. */
export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes the lock of a file, which is created if it does not exist and remains empty; undefined while another process,
 * or another caller in this one, has the lock. It is SQLite's lock, the only kernel lock that is available in Node: it
 * ends with its process, so that no lock of a killed process remains, and no process id has to be compared.
 */
export function tryFileLock(path: string): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { release: () => database.close() };
  } catch (reason) {
    database.close();
    const isBusy =
      typeof reason === "object" && reason !== null && "errcode" in reason && reason.errcode === SQLITE_BUSY;
    if (isBusy) return undefined;
    throw reason;
  }
}
