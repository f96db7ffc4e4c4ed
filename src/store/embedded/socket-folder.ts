import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { errorText, storeUnavailable, unlessCode } from "./failure.ts";
import type { Home } from "./home.ts";
import type { ServerUser } from "./server-user.ts";
import { isReachable } from "./server-user.ts";

/** Determines the socket file's name, `.s.PGSQL.5432`; no TCP port is opened. */
export const SOCKET_PORT = 5432;

/** `sun_path` has 108 bytes on Linux and 104 on macOS, each with a terminating zero. Source: unix(7), unix(4). */
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * Creates and returns the folder for the socket: `DATA_DIR/pg/run`, or a short one under the temporary folder if that
 * path is too long for a socket or not accessible to `user`.
 */
export async function openSocketFolder(home: Home, user: ServerUser | undefined): Promise<string> {
  const refusals: string[] = [];
  for (const folder of socketFolderCandidates(home)) {
    if (Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) > MAX_SOCKET_PATH_BYTES) continue;
    try {
      if (!(await isReachable(dirname(folder), user))) continue;
      await makePrivateFolder(folder, user);
      return folder;
    } catch (reason) {
      refusals.push(errorText(reason));
    }
  }
  throw storeUnavailable(`no folder for the socket of the database in ${home.dataDir} (${refusals.join("; ")})`);
}

/** Removes the folder if it is outside the data folder, where no other program would clean it up. */
export async function removeSocketFolder(home: Home, folder: string): Promise<void> {
  if (folder !== home.run) await unlessCode(rmdir(folder), "ENOENT", "ENOTEMPTY", "EACCES", "EPERM");
}

/** /tmp comes before TMPDIR so that processes with different environments agree on the path. */
function socketFolderCandidates(home: Home): readonly string[] {
  const name = `sluice-${createHash("sha256").update(home.data).digest("hex").slice(0, 16)}`;
  return [home.run, join("/tmp", name), join(tmpdir(), name)];
}

/** Accessible to no other user, because connections through the socket need no password. */
async function makePrivateFolder(folder: string, user: ServerUser | undefined): Promise<void> {
  await unlessCode(mkdir(folder, { mode: 0o700 }), "EEXIST");
  const found = await lstat(folder);
  const owners = [process.getuid?.(), user?.uid];
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw storeUnavailable(`${folder} belongs to another user`);
  }
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}
