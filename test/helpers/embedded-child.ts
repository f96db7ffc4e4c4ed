/*
 * A process that runs an embedded PostgreSQL, for tests that kill it: `node embedded-child.ts FOLDER [UID]`. It prints
 * one line of JSON when the server is open, one line on SIGINT, and closes when its stdin ends. With a UID it switches
 * to that user once its modules are loaded: possibly only root can read the checkout.
 */
import { once } from "node:events";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";

process.on("SIGINT", () => void process.stdout.write("interrupted\n"));
const dataDir = process.argv[2] ?? "";
const uid = process.argv[3];
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}
const postgres = await openEmbeddedPostgres({ dataDir });
process.stdout.write(`${JSON.stringify({ reused: postgres.reused, connection: postgres.connection })}\n`);
process.stdin.resume();
await once(process.stdin, "end");
await postgres.close();
