import { describe, expect, test } from "@jest/globals";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { useStore } from "../../helpers/store.ts";
import { arrivalsOf, failureOf, get, openGateway, outcomeOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

/** The interactive lane's. */
const DEADLINE_MS = 5_000;

describe("a network that", () => {
  test("is slow, narrow and resets responses half-way lets a sync reach the upstream's state (F105)", async () => {
    await using sandbox = await useSandbox({ payments: 8 });
    await using proxy = await startFaultProxy(sandbox.url);
    await using store = await useStore();
    const { apiKey } = sandbox.config;
    await using service = await openSyncService({
      connection: store.connection,
      sources: [{ id: "main", tenantId: "acme", baseUrl: proxy.url, apiKey }],
    });
    proxy.delay(400, 200);
    proxy.throttle(10_000);
    proxy.resetAfter(6_000, 3);
    const run = await startRun(service, "main", "FULL");
    expect(await finished(store, "acme", run)).toBe("SUCCEEDED");
    expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
    const paths = (await arrivalsOf(sandbox)).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(new Set(paths).size); // requests that were reset were repeated
  });

  test("is too narrow for a response does not delay a reader beyond the deadline (F105)", async () => {
    await using sandbox = await useSandbox({ payments: 60 });
    await using proxy = await startFaultProxy(sandbox.url);
    proxy.throttle(10_000); // the page has more than 100 kB
    await using gateway = openGateway(proxy.url);
    const startedMs = performance.now();
    const error = await failureOf(gateway.send(get(sandbox, "/v1/charges?limit=100"), "interactive"));
    expect(error.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(performance.now() - startedMs).toBeGreaterThan(DEADLINE_MS - 100);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
    await proxy.heal();
    expect(await outcomeOf(gateway.send(get(sandbox, "/v1/charges?limit=100"), "interactive"))).toBe(200);
  });
});
