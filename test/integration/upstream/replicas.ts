import type { IncomingMessage, ServerResponse } from "node:http";
import { rateOf } from "../../helpers/permit-workload.ts";
import { startHttpServer } from "../../helpers/local-server.ts";
import type { BudgetPolicy } from "../../../src/connector-api/budget.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import type { Lane } from "../../../src/upstream/budget/lane.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import type { TestStore } from "../../helpers/store.ts";

const FOREVER = new AbortController().signal;

/** One replica of the service as its upstream layer: its own pool, its own heartbeat. */
export function startReplica(
  store: TestStore,
  options: {
    readonly name: string;
    readonly baseUrl: string;
    readonly policy?: BudgetPolicy;
    /** A hook between the replica and its database. */
    readonly around?: (database: Database) => Database;
  },
) {
  const { name, baseUrl, policy = rateOf(100, 50), around = (it) => it } = options;
  const database = createDatabase({ connection: store.connection, max: 3, quickCommits: true, genericPlans: true });
  const shared = openSharedBudgets({
    database: around(database),
    replica: name,
    clock: systemClock,
    onProblem: () => undefined,
  });
  const upstream = createUpstream({ target: { baseUrl, credential: "key" }, budget: policy, shared, graceMs: 0 });
  const stopping = new AbortController();
  const running: Promise<void>[] = [];
  const call = (lane: Lane, signal = FOREVER) =>
    upstream.client(lane).send({ method: "GET", path: "/v1/things", headers: {} }, signal);
  return {
    upstream,
    shared,
    call,
    /** Makes calls as fast as the budget allows, until it is closed. */
    keepCalling(lane: Lane, atATime: number): void {
      const loop = async (): Promise<void> => {
        while (!stopping.signal.aborted) await call(lane, stopping.signal).catch(() => undefined); // refused or aborted
      };
      running.push(...Array.from({ length: atATime }, loop));
    },
    async [Symbol.asyncDispose](): Promise<void> {
      stopping.abort();
      await Promise.all([upstream.close(), ...running]);
      await shared.close();
      await database.close();
    },
  };
}

/** An upstream that records when each call arrived, and responds as configured. */
export async function startCountingServer(answer: (response: ServerResponse, request: IncomingMessage) => void = ok) {
  const arrivals: { readonly atMs: number }[] = [];
  let [inProgress, maxInProgress] = [0, 0];
  const server = await startHttpServer((request, response) => {
    arrivals.push({ atMs: performance.now() });
    maxInProgress = Math.max(maxInProgress, ++inProgress);
    response.on("close", () => (inProgress -= 1));
    answer(response, request);
  });
  return { ...server, arrivals, inProgress: () => inProgress, maxInProgress: () => maxInProgress };
}

export function ok(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
}
