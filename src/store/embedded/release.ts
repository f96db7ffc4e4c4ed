import { withDeadline } from "./deadline.ts";
import { storeUnavailable } from "./failure.ts";
import { withFolderLock } from "./folder-lock.ts";
import type { Home } from "./home.ts";
import { openHome } from "./home.ts";
import type { PresenceConnection } from "./presence-connection.ts";
import { isPostmasterOf, readPostmasterFile } from "./postmaster.ts";
import { removeSocketFolder } from "./socket-folder.ts";
import { stopPostmaster } from "./stop-server.ts";

/** Longer than a start by another process, for which we may have to wait, and a slow stop together. */
const RELEASE_DEADLINE_MS = 90_000;

/** Releases our connection, and stops the server if no other process has one. */
export async function release(home: Home, keeper: PresenceConnection): Promise<void> {
  await underLock(home, undefined, async () => {
    // A lost connection cannot count: the server is then dead or about to be, and others restart it if they need it.
    const others = await keeper.countOthers().catch(() => 0);
    await keeper.close();
    if (others === 0) await stopIfRunning(home);
  });
}

/** Stops the server of a folder, even if it is in use. Does nothing if none runs. */
export async function stopEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly signal?: AbortSignal;
}): Promise<void> {
  const home = await openHome(options.dataDir);
  await underLock(home, options.signal, () => stopIfRunning(home));
}

async function underLock(home: Home, signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  const sentence = `the database in ${home.dataDir} could not be stopped: another process has locked ${home.lock}`;
  const deadlineMs = RELEASE_DEADLINE_MS;
  await withDeadline({ deadlineMs, signal, sentence }, (limited) => withFolderLock(home, limited, work));
}

async function stopIfRunning(home: Home): Promise<void> {
  const file = await readPostmasterFile(home.data);
  if (file === undefined || !(await isPostmasterOf(file.pid, home.data))) return;
  if (!(await stopPostmaster(home, file.pid))) {
    throw storeUnavailable(`the database in ${home.dataDir} did not stop (pid ${file.pid}); see ${home.log}`);
  }
  if (file.socketFolder !== undefined) await removeSocketFolder(home, file.socketFolder);
}
