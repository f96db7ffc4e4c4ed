import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./eventually.ts";
import { TEST_SERVER_VARIABLE } from "./test-server.ts";

/**
 * Returns the path of something that is costly to make and that no test changes, made by the first test of the run that
 * needs it. Tests of other processes that need it meanwhile wait. It is removed at the end of the run.
 * @param make Writes it into an empty folder.
 * @returns undefined without the global setup, because nobody would remove it
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string | undefined> {
  const runFolder = process.env[TEST_SERVER_VARIABLE];
  if (runFolder === undefined) return undefined;
  const path = join(runFolder, name);
  const claim = `${path}.claim`;
  return await eventually(`${name} to be made`, async () => {
    if (await exists(path)) return path;
    if (!(await isFirst(claim))) return undefined;
    try {
      if (await exists(path)) return path; // made since the look above
      const building = await mkdtemp(`${path}-`);
      await make(building);
      await rename(building, path);
      return path;
    } finally {
      await rm(claim, { recursive: true }); // also when it failed: the next test that needs it tries again
    }
  });
}

/** Of several processes that create the same folder, one succeeds. */
function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (reason: unknown) => {
      if (typeof reason === "object" && reason !== null && "code" in reason && reason.code === "EEXIST") return false;
      throw reason;
    },
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
