import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { connectors } from "../../../src/connectors/registry.generated.ts";
import { type ConnectedRegistry, createConnectedRegistry } from "../../../src/sources/connected/connected-registry.ts";
import { createFileSources } from "../../../src/sources/file-sources.ts";
import { openSources } from "../../../src/sources/open-sources.ts";
import type { Source } from "../../../src/sources/source.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createLocalStore } from "../../../src/upstream/budget/local-store.ts";
import { wholeShare } from "../../../src/upstream/budget/share.ts";
import type { SourceConfig } from "../../../src/config.ts";
import type { Database } from "../../../src/store/database.ts";
import { fileScript, fileSource } from "../../fakes/file-connector.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";
import { eventually } from "../../helpers/eventually.ts";

const SIGNAL = new AbortController().signal;
const configured = fileSource(fileScript());
/** The same, as the settings file has it. */
const inFile: SourceConfig = { ...configured, connector: configured.connector.name, budget: undefined, networks: [] };

let world: ConnectedWorld;
let registries: ConnectedRegistry[] = [];
beforeAll(async () => {
  world = await useConnectedWorld();
});
afterEach(async () => {
  await Promise.all(registries.map((registry) => registry.close(5_000)));
  registries = [];
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** A registry as each process has one. */
function openRegistry(
  db: Pick<Database, "read" | "acrossTenants"> = world.store.db,
  bind: (config: SourceConfig) => Source = (config) => ({
    ...configured,
    ...config,
    connector: connectors[config.connector] ?? configured.connector,
  }),
): ConnectedRegistry {
  const registry = createConnectedRegistry({
    tenants: { has: () => true },
    db,
    keyring: world.keyring,
    accountHash: () => Buffer.alloc(0), // there is no platform
    file: createFileSources({ sources: [inFile], platforms: new Map() }, () => configured),
    bind,
    onUnusable: () => undefined,
    onProblem: () => undefined,
    random: Math.random,
  });
  registries.push(registry);
  return registry;
}

const keyOf = async (registry: ConnectedRegistry, id: string) =>
  ((await registry.find(id))?.config as { apiKey?: string } | undefined)?.apiKey;

describe("the registry of a process", () => {
  test("finds the sources of the settings file, and no ids that are not possible", async () => {
    const registry = openRegistry();
    expect(await registry.find(configured.id)).toBe(configured);
    expect(await registry.find("nobody")).toBeUndefined();
    expect(await registry.find("Not possible\0")).toBeUndefined();
  });

  test("finds what another process has connected, changed and disconnected, without a restart", async () => {
    const registry = openRegistry();
    expect(await registry.find("live")).toBeUndefined();
    await world.sources.connect("acme", world.request({ id: "live" }), SIGNAL);
    await eventually("the source to be found", async () => (await keyOf(registry, "live")) === "sk_test_1");
    expect(await registry.find("live")).toMatchObject({ tenantId: "acme", scheduleMs: 300_000 });

    world.accepted.add("sk_test_next");
    const unchanged = {
      schedule: undefined,
      budget: undefined,
      networks: undefined,
      reconcile: undefined,
      settings: undefined,
      credentials: undefined,
    };
    const change = { ...unchanged, credentials: { apiKey: "sk_test_next" } };
    await world.sources.update("acme", "live", change, SIGNAL);
    await eventually("the new credentials", async () => (await keyOf(registry, "live")) === "sk_test_next");
    await world.sources.update("acme", "live", { ...unchanged, reconcile: { every: "2d", days: 14 } }, SIGNAL);
    await eventually("the new comparisons", async () => (await registry.find("live"))?.reconcile?.days === 14);
    expect((await registry.find("live"))?.reconcile).toEqual({ everyMs: 172_800_000, days: 14 });

    await world.sources.disconnect("acme", "live", "KEEP");
    await eventually("the source not to be found", async () => (await registry.find("live")) === undefined);
    await world.sources.connect("acme", world.request({ id: "live" }), SIGNAL);
    await eventually("the source to be found again", async () => (await keyOf(registry, "live")) === "sk_test_1");
  });

  test("opens a source once for all who use it at the same time, and again only after a change", async () => {
    await world.sources.connect("acme", world.request({ id: "busy" }), SIGNAL);
    let reads = 0;
    const { db } = world.store;
    const registry = openRegistry({
      read: (tenantId, work, options) => {
        reads += 1;
        return db.read(tenantId, work, options);
      },
      acrossTenants: db.acrossTenants,
    });
    const found = await Promise.all(Array.from({ length: 20 }, () => registry.find("busy")));
    expect(new Set(found).size).toBe(1);
    expect(reads).toBe(1);
    registry.reload("busy");
    expect(await registry.find("busy")).not.toBe(found[0]);
  });

  test("gives the open upstream of a source its changed budget, although only the source as it was is in use", async () => {
    world.accepted.add("sk_budgeted");
    const settings = { baseUrl: world.upstream.url, apiKey: "sk_budgeted" };
    await world.sources.connect("acme", world.request({ id: "budgeted", settings }), SIGNAL);
    const opened = openSources([], {
      shared: { store: () => createLocalStore(systemClock), join: wholeShare, subscribe: () => () => undefined },
      onCall: () => () => undefined,
      onBreaker: () => () => undefined,
      onCapped: () => undefined,
      onClosed: () => undefined,
    });
    const registry = openRegistry(world.store.db, opened.bind);
    const source = await registry.find("budgeted");
    const call = () =>
      source
        ?.client("incremental")
        .send({ method: "GET", path: "/v1/balance", headers: { authorization: "Bearer sk_budgeted" } }, SIGNAL);
    const rates = () =>
      [...opened.upstreams.values()].flatMap(({ budget }) => budget.buckets().map(({ rate }) => rate));
    await call();
    const before = rates();
    const unchanged = {
      schedule: undefined,
      networks: undefined,
      reconcile: undefined,
      settings: undefined,
      credentials: undefined,
    };
    await world.sources.update("acme", "budgeted", { ...unchanged, budget: { rates: { account: 3 } } }, SIGNAL);
    await eventually("the changed rate", async () => {
      await call();
      return rates().includes(3);
    });
    expect(before).not.toContain(3);
    expect(opened.upstreams.size).toBe(1);
    await opened.close();
  });

  test("keeps what it has when the database is away, and tries a source again that could not be read", async () => {
    await world.sources.connect("acme", world.request({ id: "steady" }), SIGNAL);
    await world.sources.connect("acme", world.request({ id: "unread" }), SIGNAL);
    const { db } = world.store;
    let isAway = false;
    let refused = 0;
    const registry = openRegistry({
      read: db.read,
      acrossTenants: (text, values) => {
        if (!isAway) return db.acrossTenants(text, values);
        refused += 1;
        return Promise.reject(new Error("the database is away"));
      },
    });
    const before = await registry.find("steady");
    isAway = true;
    await expect(registry.find("unread")).rejects.toThrow("away");
    await eventually("some refreshes to fail", () => refused > 3);
    expect(await registry.find("steady")).toBe(before);
    isAway = false;
    expect(await keyOf(registry, "unread")).toBe("sk_test_1");
  });
});
