import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { TEST_SERVER_VARIABLE } from "./test-server.ts";
import { useDataDir } from "./use-embedded.ts";

const run = promisify(execFile);

/**
 * A temporary data folder, as `useDataDir`, whose cluster exists: a copy of one that was made once for this run, with a
 * migrated database. For tests of a whole service that are not about its first start, of which initdb and the migrations
 * would be most of the time.
 * @param isMigrated false: the service finds an empty database
 */
export async function useReadyDataDir(isMigrated = true): Promise<{ readonly path: string } & AsyncDisposable> {
  const dataDir = await useDataDir();
  const runFolder = process.env[TEST_SERVER_VARIABLE];
  if (runFolder === undefined) return dataDir; // without the global setup nobody would remove the copied one
  const home = join(dataDir.path, "pg");
  await mkdir(home);
  // Keeps the owner: the server may run as another user. The log and the socket's folder are of the copied one's server.
  await run("cp", ["-a", join(await madeOnce(runFolder, isMigrated), "pg", "data"), home]);
  return dataDir;
}

/** Makes the cluster unless a test did before; of several that make it at once, the first to be ready is kept. */
async function madeOnce(runFolder: string, isMigrated: boolean): Promise<string> {
  const template = join(runFolder, isMigrated ? "migrated-cluster" : "cluster");
  if (await isThere(template)) return template;
  const building = await mkdtemp(`${template}-`);
  const postgres = await openEmbeddedPostgres({ dataDir: building, settings: { fsync: "off" } });
  if (isMigrated) await migrate(postgres.connection);
  await postgres.close();
  try {
    await rename(building, template);
  } catch (reason) {
    if (!(await isThere(template))) throw reason;
    await rm(building, { recursive: true, force: true });
  }
  return template;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
