import { describe, expect, test } from "@jest/globals";
import { type TestSandbox, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { type Lane, LANES } from "../../../src/upstream/budget/lane.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { freePort } from "../../helpers/service.ts";
import { useStore } from "../../helpers/store.ts";
import { get, outcomeOf } from "./calls.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

const HEALTHY_CALLS = 200;
/** More than may be in progress: they take every permit, socket and queue place of the unresponsive upstream. */
const DEAD_CALLS = 60;
/** Calls with a deadline of a minute, so that none has ended before the other source is done. */
const BACKGROUND_LANES = LANES.filter((lane) => lane !== "interactive");
const FAST = { rates: { account: 1_000, endpoint: 1_000 } };

/** A connection to `sandbox` on which no response arrives. */
type Death = (sandbox: TestSandbox) => Promise<{ readonly url: string } & AsyncDisposable>;

const deaths: readonly (readonly [string, Death, boolean])[] = [
  [
    "never answers",
    async (sandbox) => {
      await sandbox.control("POST", "faults", { neverRespond: true });
      return startFaultProxy(sandbox.url);
    },
    true,
  ],
  [
    "is cut off, its sockets open",
    async (sandbox) => {
      const proxy = await startFaultProxy(sandbox.url);
      proxy.cut("up", "down");
      return proxy;
    },
    true,
  ],
  [
    "refuses connections",
    async () => ({ url: `http://127.0.0.1:${await freePort()}`, [Symbol.asyncDispose]: () => Promise.resolve() }),
    false,
  ],
];

describe("next to an upstream that", () => {
  test.each(deaths)("%s, another source is called and read without delay (F34)", async (_name, kill, hangs) => {
    await using deadSandbox = await useSandbox();
    await using sandbox = await useSandbox({ payments: 20 });
    await using dead = await kill(deadSandbox);
    await using store = await useStore();
    const { apiKey } = sandbox.config;
    await using service = await openSyncService({
      connection: store.connection,
      sources: [
        { id: "dead", tenantId: "acme", baseUrl: dead.url, apiKey: deadSandbox.config.apiKey, budget: FAST },
        { id: "healthy", tenantId: "acme", baseUrl: sandbox.url, apiKey, budget: FAST },
      ],
    });
    const stop = new AbortController();
    const call = (sourceId: string, from: TestSandbox, lane: Lane = "write") => {
      const client = service.sources.get(sourceId)?.client(lane);
      if (client === undefined) throw new Error("it was configured");
      return outcomeOf(client.send(get(from, "/v1/balance"), stop.signal));
    };
    const deadRun = await startRun(service, "dead", "FULL");
    const deadOutcomes: (number | string)[] = [];
    const deadCalls = Array.from({ length: DEAD_CALLS }, (_, index) =>
      call("dead", deadSandbox, BACKGROUND_LANES[index % BACKGROUND_LANES.length]).then(
        (outcome) => void deadOutcomes.push(outcome),
      ),
    );
    if (hangs) {
      const load = () => service.upstreams.get(service.sources.get("dead")?.credential ?? "")?.budget.permits.load();
      await eventually("the dead one to hold all its permits", () => (load()?.calls ?? 0) >= 24);
    }
    const run = await startRun(service, "healthy");
    const answers = await Promise.all(
      Array.from({ length: HEALTHY_CALLS }, (_, index) => call("healthy", sandbox, LANES[index % LANES.length])),
    );
    expect(answers).toEqual(Array.from({ length: HEALTHY_CALLS }, () => 200));
    expect(await finished(store, "acme", run)).toBe("SUCCEEDED");
    // All of it before the first of the unresponsive upstream's calls reaches its deadline.
    expect([...new Set(deadOutcomes)]).toEqual(hangs ? [] : ["UPSTREAM_UNAVAILABLE"]);
    expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
    await service.engine.cancelSync("acme", deadRun);
    stop.abort();
    await Promise.all(deadCalls);
  });
});
