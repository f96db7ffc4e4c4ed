import { randomUUID } from "node:crypto";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { readTask, runReaders } from "./task.ts";

/** A replica that reads in the backfill lane, as fast as the shared budget allows. */
const { connection, baseUrl, limit, readers } = readTask();
const database = createDatabase({ connection, max: 3, quickCommits: true });
const shared = openSharedBudgets({ database, replica: randomUUID(), clock: systemClock, onProblem: console.error });
const upstream = createUpstream({
  target: { baseUrl, credential: "bench" },
  budget: singleBucket({ requestsPerSecond: limit, maxConcurrent: 200 }),
  shared,
});
const client = upstream.client("backfill");
let sent = 0;
await runReaders(
  readers,
  async (signal) => {
    await client.send({ method: "GET", path: "/v1/things", headers: {} }, signal);
    sent += 1;
  },
  () => ({ sent, storeCalls: upstream.budget.storeCalls }),
);
await upstream.close();
await shared.close();
await database.close();
