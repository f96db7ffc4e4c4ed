import { removeServerFolder, TEST_SERVER_VARIABLE } from "./test-server.ts";

/** Runs once after all test files. */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export
export default async function globalTeardown(): Promise<void> {
  const dataDir = process.env[TEST_SERVER_VARIABLE];
  if (dataDir !== undefined) await removeServerFolder(dataDir);
}
