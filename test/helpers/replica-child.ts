/*
 * Replicas that read a Stripe sandbox in the backfill lane as fast as their shared budget allows, for tests that kill
 * them: `node replica-child.ts TASK`. It prints a line when it is ready to begin, begins at the first line of its
 * input, and ends when its input ends.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { singleBucket } from "../../src/connector-api/budget.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createDatabase } from "../../src/store/database.ts";
import { openSharedBudgets } from "../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { replicaTask } from "./replica-task.ts";

const task = replicaTask.parse(JSON.parse(process.argv[2] ?? ""));
const database = createDatabase({ connection: task.connection, max: 3, quickCommits: true, genericPlans: true });
const stopping = new AbortController();

function openReplica() {
  const onProblem = (): void => undefined; // the store becomes unavailable in some tests
  const shared = openSharedBudgets({ database, replica: randomUUID(), clock: systemClock, onProblem });
  const upstream = createUpstream({
    target: { baseUrl: task.baseUrl, credential: task.apiKey },
    budget: singleBucket({ requestsPerSecond: task.perSecond ?? undefined, maxConcurrent: 200 }),
    shared,
  });
  return { shared, upstream };
}

async function read({ upstream }: ReturnType<typeof openReplica>): Promise<void> {
  const client = upstream.client("backfill");
  const request = { method: "GET", path: "/v1/balance", headers: { authorization: `Bearer ${task.apiKey}` } } as const;
  while (!stopping.signal.aborted) {
    await client.send(request, stopping.signal).catch(async (reason: unknown) => {
      const { retryAfterMs = 100 } = ServiceError.from(reason); // as a worker would, and never in a tight loop
      await pause(retryAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    });
  }
}

process.stdin.on("end", () => stopping.abort());
process.stdout.write("ready\n");
await once(process.stdin.setEncoding("utf8"), "data");
const replicas = Array.from({ length: task.replicas }, openReplica);
await Promise.all(replicas.flatMap((replica) => Array.from({ length: task.readers }, () => read(replica))));
await Promise.all(replicas.map(async ({ upstream, shared }) => upstream.close().then(() => shared.close())));
await database.close();
