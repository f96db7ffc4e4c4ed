import { createServerFolder, removeAbandonedServers, TEST_SERVER_VARIABLE } from "./test-server.ts";

/** Runs once before all test files. The workers inherit the variable. */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export
export default async function globalSetup(): Promise<void> {
  await removeAbandonedServers();
  process.env[TEST_SERVER_VARIABLE] = await createServerFolder();
}
