/*
 * A process that erases the data of disconnected sources and can kill itself: `node erasure-child.ts SETTINGS`. It
 * prints the id of each source whose erasure it finishes, and ends when its input ends. See erasure-process.ts.
 */
import { deleteSource } from "../../src/sources/connected/delete-source.ts";
import { findErasing, startErasures } from "../../src/sources/erasure/erasures.ts";
import { createDatabase } from "../../src/store/database.ts";
import type { ErasureSettings } from "./erasure-process.ts";
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";

const settings = JSON.parse(process.argv[2] ?? "") as ErasureSettings; // written by erasure-process.ts
const BATCH = "deleted_rows = deleted_rows +";
let batches = 0;

function countBatch(texts: readonly string[]): void {
  if (!texts.some((text) => text.includes(BATCH))) return;
  batches += 1;
  if (batches > settings.batches) process.kill(process.pid, "SIGKILL");
}

const HOOKS: Readonly<Record<ErasureSettings["killAt"], DatabaseHooks>> = {
  never: {},
  "before the commit": { beforeCommit: countBatch },
  "after the commit": { afterCommit: countBatch },
};

const database = createDatabase({ connection: settings.connection, max: 2 });
const erasures = startErasures({
  db: hookDatabase(database, HOOKS[settings.killAt]),
  findTenants: () => findErasing(database),
  forget: deleteSource,
  onFinished: (sourceId) => process.stdout.write(`${sourceId}\n`),
  onProblem: (reason) => process.stderr.write(`${String(reason)}\n`),
  random: Math.random,
});
process.stdin.resume(); // its end, also by the parent's death, is the signal to stop
process.stdin.once("end", () => void erasures.close(5_000).then(() => database.close()));
