import { storeFileRoutes } from "../../../src/reconcile/payout-bank/file-routes.ts";
import { matchChanges } from "../../../src/reconcile/payout-bank/match-changes.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { createDraw } from "../../helpers/draw.ts";
import { assess, type Fed, feed, readResults, recordsOf, TENANT } from "../../helpers/feed-generated-world.ts";
import { generateWorld } from "../../helpers/generated-world.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { matchTaskSchema, type MeasuredMatching } from "./task.ts";

/** Feeds a generated world in chunks, as a sync does, and matches its payouts; only the matching is measured. */
const { connection, payments, order } = matchTaskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const SEED = 38_214;
const CHUNK = 1_000;
await migrate(connection);
const db = createDatabase({ connection, max: 2 });
for (const sourceId of ["stripe-main", "bank"]) await addSource({ database: db, tenantId: TENANT, sourceId });
const world = generateWorld(SEED, payments);
await db.transaction(TENANT, (tx) => storeFileRoutes(tx, world.routes));
const records = order === "random" ? createDraw(SEED + 1).shuffled(recordsOf(world)) : recordsOf(world);
let [steps, seconds, longestStepMs] = [0, 0, 0];

async function step(): Promise<boolean> {
  const startedAtMs = performance.now();
  const hasMore = await matchChanges({
    db,
    tenantId: TENANT,
    now: () => Date.parse(world.today),
  });
  const tookMs = performance.now() - startedAtMs;
  [steps, seconds, longestStepMs] = [steps + 1, seconds + tookMs / 1_000, Math.max(longestStepMs, tookMs)];
  return hasMore;
}

async function feedChunk(chunk: readonly Fed[]): Promise<void> {
  await feed(db, chunk);
  if (order === "random") await step();
}

for (let from = 0; from < records.length; from += CHUNK) await feedChunk(records.slice(from, from + CHUNK));
while (await step());
const results = await readResults(db);
const { wrong, missed, recall } = assess(world, results);
const result: MeasuredMatching = {
  order,
  payments,
  objects: results.length,
  seconds: Number(seconds.toFixed(1)),
  steps,
  longestStepMs: Math.round(longestStepMs),
  wrong: wrong.length,
  missed: missed.length,
  recall: Number(recall.toFixed(4)),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await db.close();
