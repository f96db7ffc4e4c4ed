import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";

/** The folder in memory that Linux has. */
const MEMORY = "/dev/shm";

/** More than the databases of a whole run occupy at a time. A container often has only 64 MB there. */
const NEEDED_BYTES = 4 * 1024 ** 3;

/**
 * Where tests create databases and data folders: in memory if there is room, otherwise the temporary folder. To clone
 * a database is to copy 300 files, which costs the kernel up to six times as much on a disk.
 */
export async function databaseFolder(): Promise<string> {
  return (await hasRoom(MEMORY)) ? MEMORY : tmpdir();
}

/** All folders that `databaseFolder` may have returned to an earlier run. */
export function databaseFolders(): readonly string[] {
  return [MEMORY, tmpdir()];
}

async function hasRoom(folder: string): Promise<boolean> {
  if (process.availableMemory() < NEEDED_BYTES) return false;
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= NEEDED_BYTES;
  } catch {
    return false; // there is none, or it is another user's
  }
}
