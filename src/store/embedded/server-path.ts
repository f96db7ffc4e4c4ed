import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { storeUnavailable } from "./failure.ts";
import type { ServerUser } from "./server-user.ts";
import { isReachable } from "./server-user.ts";

/** Path by which a program that runs as another user accesses a folder. */
export interface ServerPath {
  readonly path: string;
  /** Passed to the program as file descriptor 3. */
  readonly folderFd?: number | undefined;
}

/**
 * Runs `start` with a path by which `user` can access `folder`. Below an inaccessible folder such as /root that is a
 * path through an open descriptor of the parent: Linux checks no permissions above it, so the data stays where the
 * operator configured it. The descriptor may be closed once the program runs; the program has its own.
 */
export async function withServerPath<T>(
  folder: string,
  user: ServerUser | undefined,
  start: (path: ServerPath) => Promise<T>,
): Promise<T> {
  if (await isReachable(dirname(folder), user)) return await start({ path: folder });
  if (process.platform !== "linux") {
    throw storeUnavailable(
      `${folder} is below a folder that only root can enter, and PostgreSQL does not run as root: start as an ordinary user or set DATA_DIR to another folder`,
    );
  }
  const parent = await open(dirname(folder), "r");
  try {
    return await start({ path: `/proc/self/fd/3/${basename(folder)}`, folderFd: parent.fd });
  } finally {
    await parent.close();
  }
}
