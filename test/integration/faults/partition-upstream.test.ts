import { describe, expect, test } from "@jest/globals";
import { useSandbox } from "../../../src/sandbox/stripe/testing.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy, type Way } from "../../helpers/fault-proxy.ts";
import { useStore } from "../../helpers/store.ts";
import { arrivalsOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

const FAST = { rates: { account: 100, endpoint: 50 } };

/** The network goes `times` times and comes back, each time when the service has noticed that it is gone. */
async function flap(proxy: FaultProxy, times: number, ...ways: readonly [Way, ...Way[]]): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const opened = proxy.opened();
    proxy.cut(...ways);
    proxy.reset(); // what lies between forgets its connections
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
    "%s, in the middle of a sync: it ends with the upstream's truth (F104)",
    async (_name, spoil) => {
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
      await spoil(proxy);
      expect(await finished(store, "acme", run, 25_000)).toBe("SUCCEEDED");
      expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
    },
  );
});
