import { setTimeout as sleep } from "node:timers/promises";
import { withDeadline } from "./deadline.ts";
import { findRunningServer } from "./find-running.ts";
import { withFolderLock } from "./folder-lock.ts";
import type { Home } from "./home.ts";
import { explainFolder } from "./home.ts";
import type { PresenceConnection } from "./presence-connection.ts";
import { openPresenceConnection } from "./presence-connection.ts";
import { startServer } from "./start-server.ts";

/** Longer than initdb on a slow disk; a crash recovery that needs more time continues after it. */
const ATTACH_DEADLINE_MS = 60_000;
const RETRY_MS = 50;

/** Name of the one database that Sluice uses. */
export const DATABASE = "sluice";

/** A live server and our connection to it. */
export interface Attached {
  readonly socketFolder: string;
  /** True if it was already running. */
  readonly reused: boolean;
  readonly keeper: PresenceConnection;
}

/** Finds the running server of a folder or starts it: one process at a time, so the others then find it running. */
export async function attach(
  home: Home,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Attached> {
  const sentence = `the database in ${home.dataDir} was not ready within ${ATTACH_DEADLINE_MS / 1000} s: it may still be recovering, or another process may be starting or stopping it; see ${home.log} and start again`;
  const find = async (limited: AbortSignal): Promise<Attached> => {
    for (;;) {
      const running = await findRunningServer(home, limited);
      const socketFolder = running ?? (await startServer(home, settings, limited));
      // the server died meanwhile: check again
      const keeper = await openPresenceConnection(socketFolder, DATABASE).catch(() => undefined);
      if (keeper !== undefined) return { socketFolder, reused: running !== undefined, keeper };
      await sleep(RETRY_MS, undefined, { signal: limited });
    }
  };
  return await withDeadline({ deadlineMs: ATTACH_DEADLINE_MS, signal, sentence }, (limited) =>
    withFolderLock(home, limited, () => explainFolder(home, () => find(limited))),
  );
}
