import { chown, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unlessCode } from "./failure.ts";

/** Account that the server runs under. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on Linux. PostgreSQL refuses to run as root. */
const NOBODY: ServerUser = { uid: 65_534, gid: 65_534 };

/**
 * Chooses the account to run the server as; undefined means the current one. As root it is the owner of an existing
 * cluster, so that a folder created by an ordinary user stays usable for that user.
 */
export async function chooseServerUser(data: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await unlessCode(stat(data), "ENOENT");
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid };
}

/** Returns true if `user` may traverse `folder` and all folders above it. Access control lists are not checked. */
export async function isReachable(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (user === undefined) return true;
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const executeBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & executeBit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Changes the owner of a folder and everything below it to `user`. */
export async function giveTo(user: ServerUser, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
  await chown(folder, user.uid, user.gid);
}
