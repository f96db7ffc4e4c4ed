import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { madeOnce } from "./made-once.ts";
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
  const name = isMigrated ? "migrated-cluster" : "cluster";
  const template = await madeOnce(name, (folder) => makeCluster(folder, isMigrated));
  if (template === undefined) return dataDir;
  const home = join(dataDir.path, "pg");
  await mkdir(home);
  // Keeps the owner: the server may run as another user. The log and the socket's folder are of the copied one's server.
  await run("cp", ["-a", join(template, "pg", "data"), home]);
  return dataDir;
}

async function makeCluster(dataDir: string, isMigrated: boolean): Promise<void> {
  const postgres = await openEmbeddedPostgres({ dataDir, settings: { fsync: "off" } });
  if (isMigrated) await migrate(postgres.connection);
  await postgres.close();
}
