import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { countsOf, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy, type Direction } from "../../helpers/fault-proxy.ts";
import type { TestConnection } from "../../helpers/postgres.ts";
import { useStore } from "../../helpers/store.ts";
import { get, openGateway, outcomeOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

/** A network to the database, and the connection over it. */
async function proxyTo(connection: TestConnection): Promise<[FaultProxy, TestConnection]> {
  const proxy = await startFaultProxy({ path: join(connection.host, `.s.PGSQL.${connection.port}`) });
  return [proxy, { ...connection, host: "127.0.0.1", port: proxy.port }];
}

const FAST = { rates: { account: 200, endpoint: 100 } };

describe("replicas without a connection to the database", () => {
  const PER_SECOND = 40;
  const REPLICAS = ["one", "two"];

  test("share the limit by themselves, stay below it, and share it again when the database is back (F104)", async () => {
    await using sandbox = await useSandbox();
    // When it fails or recovers, permits leased before and after overlap for a tenth of a second; undivided, the rate
    // would double.
    const quota = PER_SECOND * 1.25;
    const limit = { name: "account", kind: "sliding-window", quota, windowMs: 1_000 };
    await sandbox.control("POST", "limits", { limits: [limit] });
    await using store = await useStore();
    const [proxy, connection] = await proxyTo(store.connection);
    await using closers = new AsyncDisposableStack();
    closers.use(proxy);
    const gateways = REPLICAS.map((replica) => {
      const database = createDatabase({ connection, max: 3, quickCommits: true });
      closers.defer(() => database.close());
      const shared = openSharedBudgets({ database, replica, clock: systemClock, onProblem: () => undefined });
      closers.defer(() => shared.close());
      const budget = singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: 8 });
      return closers.use(openGateway(sandbox.url, { shared, budget }));
    });
    let isLoading = true;
    const answered = gateways.map(() => 0);
    /** Eight callers at each, one call after the other: more than the limit admits. */
    const loads = gateways.flatMap((gateway, index) =>
      Array.from({ length: 8 }, async () => {
        while (isLoading) {
          expect(await outcomeOf(gateway.send(get(sandbox, "/v1/balance")))).toBe(200);
          answered[index] = (answered[index] ?? 0) + 1;
        }
      }),
    );
    const moreOfBoth = async (more: number): Promise<void> => {
      const before = [...answered];
      await eventually(`${more} calls more`, () =>
        answered.every((count, index) => count >= (before[index] ?? 0) + more),
      );
    };
    try {
      await moreOfBoth(10);
      for (const directions of [["up", "down"], ["down"]] satisfies (readonly [
        Direction,
        ...Direction[],
      ])[] as readonly (readonly [Direction, ...Direction[]])[]) {
        proxy.cut(...directions);
        await moreOfBoth(12);
        await proxy.heal();
        await moreOfBoth(10);
      }
      proxy.refuse();
      proxy.reset();
      await moreOfBoth(12);
      await proxy.heal();
      await moreOfBoth(12);
    } finally {
      isLoading = false;
      await proxy.heal();
    }
    await Promise.all(loads);
    expect((await countsOf(sandbox)).refused).toBe(0);
  });
});

describe("a network to the database that", () => {
  const AWAY_MS = 500;
  const partitions: readonly (readonly [string, readonly [Direction, ...Direction[]]])[] = [
    ["stands still", ["up", "down"]],
    ["loses what comes back, answers to commits included,", ["down"]],
  ];

  test.concurrent.each(partitions)(
    "%s and is reset, twice in a sync: it ends with the upstream's state (F104)",
    async (_name, directions) => {
      await using sandbox = await useSandbox({ payments: 200 });
      await using store = await useStore();
      const [proxy, connection] = await proxyTo(store.connection);
      await using _proxy = proxy;
      const { apiKey } = sandbox.config;
      await using service = await openSyncService({
        connection,
        sources: [{ id: "main", tenantId: "acme", baseUrl: sandbox.url, apiKey, budget: FAST }],
      });
      await sandbox.control("POST", "faults", { latencyMs: 10 });
      const stored = async () => (await store.db.read("acme", (tx) => tx.query("select 1 from events"))).length;
      const run = await startRun(service, "main", "FULL");
      try {
        for (let time = 0; time < 2; time += 1) {
          const before = await stored();
          await eventually("something more to be stored", async () => (await stored()) > before);
          proxy.cut(...directions);
          await pause(AWAY_MS); // the duration of the fault: no event is awaited
          proxy.reset();
          await proxy.heal();
        }
      } finally {
        await proxy.heal();
      }
      expect(await finished(store, "acme", run)).toBe("SUCCEEDED");
      expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
      const finishedRuns = await store.db.read("acme", (tx) =>
        tx.query("select 1 from events where kind = 'RunFinished'"),
      );
      expect(finishedRuns.length).toBe(1);
    },
  );
});
