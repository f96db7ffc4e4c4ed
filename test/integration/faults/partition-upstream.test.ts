import { describe, expect, test } from "@jest/globals";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy, type Direction } from "../../helpers/fault-proxy.ts";
import { useStore } from "../../helpers/store.ts";
import { arrivalsOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

/**
 * If the circuit opened before the network was back, each of five resets may hit the one call that tests the upstream:
 * pauses of 1, 2, 4, 8, 16 and 30 s.
 */
const LONGEST_PAUSES_MS = 61_000;
const FAST = { rates: { account: 100, endpoint: 50 } };

/** The network fails `times` times and recovers, each time when the service has noticed the failure. */
async function flap(
  proxy: FaultProxy,
  times: number,
  ...directions: readonly [Direction, ...Direction[]]
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const opened = proxy.opened();
    proxy.cut(...directions);
    proxy.reset(); // middleboxes drop their connections
    await eventually("new connections into the void", () => proxy.opened() > opened);
    await proxy.heal();
  }
}

describe("a network to the upstream that", () => {
  const partitions: readonly (readonly [string, (proxy: FaultProxy) => Promise<void>])[] = [
    ["goes and comes both ways, five times", (proxy) => flap(proxy, 5, "up", "down")],
    ["loses what is sent", (proxy) => flap(proxy, 1, "up")],
    ["loses what comes back", (proxy) => flap(proxy, 1, "down")],
    [
      "refuses, then resets",
      async (proxy) => {
        proxy.refuse();
        proxy.reset();
        await eventually("no connection", () => proxy.connections() === 0);
        await proxy.heal();
        proxy.resetAfter(5_000, 5);
      },
    ],
  ];

  test.each(partitions)(
    "%s, in the middle of a sync: it ends with the upstream's state (F104)",
    async (_name, disturb) => {
      await using sandbox = await useSandbox({ payments: 300 });
      await using proxy = await startFaultProxy(sandbox.url);
      await using store = await useStore();
      const { apiKey } = sandbox.config;
      await using service = await openSyncService({
        connection: store.connection,
        sources: [{ id: "main", tenantId: "acme", baseUrl: proxy.url, apiKey, budget: FAST }],
      });
      await sandbox.control("POST", "faults", { latencyMs: 10 });
      const run = await startRun(service, "main", "FULL");
      await eventually("some pages", async () => (await arrivalsOf(sandbox)).length >= 8);
      await disturb(proxy);
      expect(await finished(store, "acme", run, WAIT_LIMIT_MS + LONGEST_PAUSES_MS)).toBe("SUCCEEDED");
      expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
    },
  );
});
