import { join } from "node:path";
import { createServerFolder, removeAbandonedServers, TEST_SERVER_VARIABLE } from "./test-server.ts";

/** Compiled modules, kept over runs: a test that starts a whole service would compile all of it each time. */
const COMPILE_CACHE = join(import.meta.dirname, "../../node_modules/.cache/sluice-test-modules");

/** Runs once before all test files. The workers and their child processes inherit the variables. */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export
export default async function globalSetup(): Promise<void> {
  await removeAbandonedServers();
  process.env["NODE_COMPILE_CACHE"] ??= COMPILE_CACHE;
  process.env[TEST_SERVER_VARIABLE] = await createServerFolder();
}
