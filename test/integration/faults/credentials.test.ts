import { describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { pollSource } from "../../../src/ingest/polling/poll.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useStore } from "../../helpers/store.ts";
import { arrivalsOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun, statusOf } from "./sync-service.ts";

const log = pino({ level: "silent" });
const FAST = { rates: { account: 200, endpoint: 100 } };
/** Calls of one source that may be in progress when its key is revoked: the concurrent calls of Stripe's budget. */
const IN_PROGRESS = 25;

describe("a key that is revoked between two pages", () => {
  test("stops its source without repeated calls, and no other source; with the key restored it continues by itself (F29)", async () => {
    await using sandbox = await useSandbox({ payments: 300 });
    const { apiKey } = sandbox.config;
    const otherKey = "sk_test_globex";
    await sandbox.control("POST", "keys", { add: [otherKey] });
    await using store = await useStore();
    await using service = await openSyncService({
      connection: store.connection,
      sources: [
        { id: "main", tenantId: "acme", baseUrl: sandbox.url, apiKey, budget: FAST },
        { id: "other", tenantId: "globex", baseUrl: sandbox.url, apiKey: otherKey, budget: FAST },
      ],
    });
    const poll = async () => {
      const source = service.sources.get("main");
      if (source === undefined) throw new Error("it was configured");
      return pollSource(store.db, source, log, Date.now);
    };
    const answered = async (status: number) =>
      (await arrivalsOf(sandbox)).filter((arrival) => arrival.status === status).length;

    await sandbox.control("POST", "faults", { latencyMs: 100 }); // slower than the key is revoked
    const [run, otherRun] = [await startRun(service, "main"), await startRun(service, "other")];
    await eventually("some pages", async () => (await answered(200)) >= 8);
    await sandbox.control("POST", "keys", { revoke: [apiKey] });
    expect(await finished(store, "acme", run)).toBe("FAILED");
    expect(await statusOf(store, "acme", "main")).toBe("NEEDS_CREDENTIALS");
    const refused = await answered(401);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(IN_PROGRESS);
    expect((await differencesTo(store, "acme", sandbox)).length).toBeGreaterThan(0);

    expect(await finished(store, "globex", otherRun)).toBe("SUCCEEDED");
    expect(await differencesTo(store, "globex", sandbox)).toEqual([]);
    expect(await statusOf(store, "globex", "other")).toBe("ACTIVE");
    expect(await answered(401)).toBe(refused);
    expect(await poll()).toBe(false);
    expect(await answered(401)).toBe(refused + 1);

    await sandbox.control("POST", "keys", { add: [apiKey] });
    expect(await poll()).toBe(true);
    expect(await statusOf(store, "acme", "main")).toBe("ACTIVE");
    await eventually(
      "the store to be as the upstream",
      async () => (await differencesTo(store, "acme", sandbox)).length === 0,
    );
    expect(await answered(401)).toBe(refused + 1);
  });
});
