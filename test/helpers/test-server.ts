import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../../src/store/embedded/release.ts";
import { databaseFolder, databaseFolders } from "./database-folder.ts";

/** Names the data folder of the one server of a jest run; set by the global setup, read by the workers. */
export const TEST_SERVER_VARIABLE = "TEST_SERVER_FOLDER";

const PREFIX = "sluice-test-pg-";

/** Tests need no durability after a power failure, so no write waits for the disk. */
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** Reserves a data folder for this run. The server is started by the first test that needs it. */
export async function createServerFolder(): Promise<string> {
  return await mkdtemp(join(await databaseFolder(), `${PREFIX}${process.pid}-`));
}

/** Opens the run's server; it keeps running when it is closed. */
export async function openRunServer(dataDir: string): Promise<EmbeddedPostgres> {
  return await openEmbeddedPostgres({ dataDir, settings: SETTINGS, keepRunning: true });
}

/** Opens a server for one caller; it is removed with its folder when it is closed. */
export async function openOwnServer(): Promise<EmbeddedPostgres> {
  const dataDir = await createServerFolder();
  const postgres = await openEmbeddedPostgres({ dataDir, settings: SETTINGS });
  const close = async (): Promise<void> => {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...postgres, close };
}

/** Stops the server of a folder if one runs, and removes the folder. */
export async function removeServerFolder(dataDir: string): Promise<void> {
  await stopEmbeddedPostgres({ dataDir });
  await rm(dataDir, { recursive: true, force: true });
}

/** Removes the servers of runs that were killed before they could do it. The folder's name contains the run's pid. */
export async function removeAbandonedServers(): Promise<void> {
  for (const folder of databaseFolders()) {
    for (const name of await readdir(folder).catch(() => [])) {
      const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
      if (pid !== undefined && !isAlive(Number(pid))) await removeServerFolder(join(folder, name));
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    // EPERM: another user's process, so another user's folder.
    return typeof reason === "object" && reason !== null && "code" in reason && reason.code === "EPERM";
  }
}
