import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Database } from "../../../src/store/database.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { leaseStatement, refuseStatement } from "../../../src/upstream/budget/lease-statement.ts";
import { eventually } from "../../helpers/eventually.ts";
import { rateOf, worstSecond } from "../../helpers/permit-workload.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { ok, startCountingServer, startReplica } from "./replicas.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const failureOf = async (answer: Promise<unknown>): Promise<ServiceError | undefined> =>
  answer.then(
    () => undefined,
    (reason: unknown) => ServiceError.from(reason),
  );

describe("replicas that share a budget", () => {
  test("never use a permit twice", async () => {
    await using server = await startCountingServer();
    const names = ["a", "b", "c", "d"];
    await using stack = new AsyncDisposableStack();
    for (const name of names) {
      const replica = stack.use(startReplica(store, { name, baseUrl: server.url }));
      replica.keepCalling("backfill", 8);
      replica.keepCalling("interactive", 1);
    }
    await eventually("two seconds of calls", () => server.arrivals.length >= 200);
    const resolution = 5;
    using delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    const begun = server.arrivals.length;
    await eventually("two more seconds of calls", () => server.arrivals.length > begun + 220);
    delay.disable();
    const [first, last] = [server.arrivals[0]?.atMs ?? 0, server.arrivals[399]?.atMs ?? 0];
    expect(last - first).toBeGreaterThan(3_800); // 399 permits of 10 ms, minus the reserve and a lease
    // During its start, a busy machine assumes the store's clock to be later than it is, by up to a lease; then it is
    // corrected. Calls of 10 ms each arrive together after a time in which the process did not run.
    const late = Math.ceil(Math.max(0, delay.max / 1_000_000 - resolution) / 10);
    expect(worstSecond(server.arrivals.slice(begun))).toBeLessThanOrEqual(105 + late);
  });

  test("on an unused row, twenty at once, keep to the limit and one lease (F32)", async () => {
    await using server = await startCountingServer();
    await using stack = new AsyncDisposableStack();
    const policy = rateOf(50, 100);
    for (let n = 0; n < 20; n += 1) {
      const replica = stack.use(startReplica(store, { name: `r${n}`, baseUrl: server.url, policy }));
      replica.keepCalling("backfill", 5);
    }
    await eventually("three seconds of calls", () => server.arrivals.length > 150);
    expect(worstSecond(server.arrivals)).toBeLessThanOrEqual(50 + 5); // a lease has at most the permits of a tenth of a second
  });

  test("all pause when one receives a pause, and after they were all restarted (F19)", async () => {
    let refusedAtMs = Infinity;
    await using server = await startCountingServer((response) => {
      if (server.arrivals.length !== 30) return ok(response);
      refusedAtMs = performance.now();
      response.writeHead(429, { "retry-after": "4" }).end();
    });
    let sentUntilStored = 0;
    const around = (database: Database): Database => ({
      ...database,
      query: async (text, values, options) => {
        const rows = await database.query<never>(text, values, options);
        if (text === refuseStatement()) sentUntilStored ||= server.arrivals.length;
        return rows;
      },
    });
    const start = (name: string) => startReplica(store, { name, baseUrl: server.url, around });
    {
      await using stack = new AsyncDisposableStack();
      const replicas = ["a", "b", "c"].map((name) => stack.use(start(name)));
      for (const replica of replicas) replica.keepCalling("backfill", 3);
      await eventually("every replica knows", () =>
        replicas.every(({ upstream }) => upstream.budget.buckets().some(({ closedForMs }) => closedForMs > 0)),
      );
    }
    const inProgress = server.arrivals.length;
    // Once the pause is stored, no permit is leased: those leased before are a tenth of a second's, and nine calls may be
    // under way. Until then the others cannot know of it.
    expect(sentUntilStored).toBeGreaterThanOrEqual(30);
    expect(inProgress - sentUntilStored).toBeLessThanOrEqual(12 + 9);
    await using restarted = start("d");
    const refused = await failureOf(restarted.call("interactive", AbortSignal.timeout(3_000)));
    expect(refused?.code).not.toBe("OVERLOADED");
    expect(server.arrivals.length).toBe(inProgress);
    await restarted.call("backfill");
    expect((server.arrivals[inProgress]?.atMs ?? 0) - refusedAtMs).toBeGreaterThanOrEqual(3_990);
  });
});

test("a replica without calls learns of the pause, so that its next reader gets the reason at once (F19)", async () => {
  await using server = await startCountingServer((response, request) => {
    if (request.method !== "POST") return ok(response);
    response.writeHead(429, { "retry-after": "60" }).end();
  });
  await using idle = startReplica(store, { name: "idle", baseUrl: server.url });
  await using informed = startReplica(store, { name: "told", baseUrl: server.url });
  await idle.call("interactive");
  const post = { method: "POST", path: "/v1/things", headers: {} } as const;
  const listening = async (): Promise<boolean> => {
    await failureOf(informed.upstream.client("interactive").send(post, AbortSignal.timeout(1_000)));
    return idle.upstream.budget.buckets().some(({ closedForMs }) => closedForMs > 55_000);
  };
  await eventually("the news", listening);
  const sent = server.arrivals.length;
  const refused = await failureOf(idle.call("interactive"));
  expect([refused?.code, server.arrivals.length]).toEqual(["UPSTREAM_RATE_LIMITED", sent]);
  expect(refused?.retryAfterMs).toBeGreaterThan(40_000);
});

describe("with the store unavailable (F33)", () => {
  test("each replica keeps its part, and uses the shared limit afterwards", async () => {
    let isAway = false;
    const around = (database: Database): Database => ({
      ...database,
      query: (text, values) =>
        isAway ? Promise.reject(new ServiceError("STORE_UNAVAILABLE", "away")) : database.query(text, values),
    });
    await using server = await startCountingServer();
    await using stack = new AsyncDisposableStack();
    const replicas = ["a", "b"].map((name) => stack.use(startReplica(store, { name, baseUrl: server.url, around })));
    for (const replica of replicas) replica.keepCalling("backfill", 10);
    await eventually("both know of each other", () => server.arrivals.length > 250);
    isAway = true;
    const disconnectedAt = server.arrivals.length;
    await eventually("three seconds without", () => server.arrivals.length > disconnectedAt + 270);
    isAway = false;
    const backAt = server.arrivals.length;
    await eventually("two seconds with it again", () => server.arrivals.length > backAt + 200);
    expect(worstSecond(server.arrivals.slice(100))).toBeLessThanOrEqual(105 + 5); // a permit or two of the other kind each
    expect(worstSecond(server.arrivals.slice(disconnectedAt + 50, backAt))).toBeLessThanOrEqual(105);
  });
});

describe("query plans", () => {
  test("a lease and a refusal find their rows by the primary key, and are planned step by step", async () => {
    await store.db.query(
      `insert into budget_buckets (credential, bucket)
       select 'credential ' || n, bucket from generate_series(1, 5000) n, unnest(array['account', 'endpoint']) bucket`,
    );
    await store.db.query(
      `insert into budget_buckets (credential, bucket) values ('c', 'a'), ('c', 'b') on conflict do nothing`,
    );
    const lease = [
      ["c", "c"],
      [1, 1],
      ["a", "b"],
      [25, 25],
      [1, 1],
      [0, 0],
      [null, null],
      [null, null],
    ];
    const refusal = ["c", ["a", "b"], [25, 25], [0, 0], ["RETRY_AFTER", "RETRY_AFTER"], [true, true]];
    for (const [text, values] of [
      [leaseStatement(), lease],
      [refuseStatement(), refusal],
    ] as const) {
      const rows = await store.db.query<{ readonly "QUERY PLAN": string }>(
        `explain (verbose, costs off) ${text}`,
        values,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]);
      expect(plan.filter((line) => line.includes("Seq Scan"))).toEqual([]);
      expect(plan.filter((line) => line.includes("budget_buckets_pkey")).length).toBeGreaterThanOrEqual(2);
      // Inlined into each other, the steps' expressions would double with each of them.
      expect(plan.join("\n").length).toBeLessThan(20_000);
    }
  });
});
