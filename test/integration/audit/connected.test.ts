import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createAuditTrail } from "../../../src/audit/audit-trail.ts";
import type { Plain } from "../../../src/audit/entry.ts";
import { recordConfiguration } from "../../../src/audit/record-configuration.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";
import { readChain } from "../../helpers/audit-chain.ts";

let world: ConnectedWorld;
beforeAll(async () => void (world = await useConnectedWorld()));
afterAll(async () => await world[Symbol.asyncDispose]());

const problems: unknown[] = [];
const trailOf = () =>
  createAuditTrail({ db: world.store.db, random: Math.random, onProblem: (reason) => problems.push(reason) });
const requested = (tenantId: string, action: string, given: Plain = {}) => ({
  tenantId,
  action,
  principal: { kind: "TOKEN" as const, subject: "kim", scopes: ["admin"] },
  arguments: given,
});
const bodies = async (tenantId: string) =>
  (await readChain(world.store, tenantId)).map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);

test("disconnectSource is recorded in the transaction that disconnects the source", async () => {
  const trail = trailOf();
  await world.sources.connect("acme", world.request(), new AbortController().signal);
  const subject = { type: "SOURCE", id: "stripe-1" };
  await trail.record({ ...requested("acme", "mutation.disconnectSource"), subject }, { isAtomic: true }, () =>
    world.sources.disconnect("acme", "stripe-1", "KEEP"),
  );
  const [row] = await world.store.db.read("acme", (tx) =>
    tx.query<{ same: boolean }>(
      `select (select xmin from sources where id = 'stripe-1') = xmin as same from audit_entries
       where action = 'mutation.disconnectSource'`,
    ),
  );
  expect(row?.same).toBe(true);
  expect((await bodies("acme")).at(-1)).toMatchObject({
    before: { disconnectedAt: null },
    after: { connector: "stripe" },
  });
});

test("an action whose process dies leaves its first row, and no outcome", async () => {
  const trail = trailOf();
  const begun = Promise.withResolvers<void>();
  void trail.record(requested("crashed", "mutation.connectSource"), { isAtomic: false }, () => {
    begun.resolve();
    return new Promise<never>(() => undefined);
  });
  await begun.promise;
  expect(await bodies("crashed")).toMatchObject([{ phase: "STARTED", outcome: null }]);
});

test("an action that cannot be recorded is not begun", async () => {
  const unavailable = { ...world.store.db, transaction: () => Promise.reject(new Error("no database")) };
  const trail = createAuditTrail({
    db: unavailable,
    random: Math.random,
    onProblem: (reason) => problems.push(reason),
  });
  let isBegun = false;
  const refused = trail.record(requested("acme", "mutation.connectSource"), { isAtomic: false }, () => {
    isBegun = true;
    return Promise.resolve();
  });
  await expect(refused).rejects.toThrow("no database");
  expect(isBegun).toBe(false);
});

test("an action whose only transaction fails leaves a refusal and nothing of its effect", async () => {
  const trail = trailOf();
  const work = () => world.store.db.transaction("failed", (tx) => tx.query("select 1 / 0"));
  await expect(trail.record(requested("failed", "mutation.pauseSource"), { isAtomic: true }, work)).rejects.toThrow(
    "division by zero",
  );
  expect(await bodies("failed")).toMatchObject([{ phase: "COMPLETE", outcome: "REFUSED", errorCode: "INTERNAL" }]);
});

test("refusals beyond the bounds are counted, and their counts become one row", async () => {
  const trail = createAuditTrail({
    db: world.store.db,
    random: Math.random,
    onProblem: (reason) => problems.push(reason),
    refusalLimits: { perPrincipal: 0, perTenant: 0 },
  });
  for (let n = 0; n < 7; n += 1) await trail.refuse(requested("counted", "mutation.pauseSource"), "FORBIDDEN");
  await trail.close(1_000);
  expect(await bodies("counted")).toMatchObject([
    {
      phase: "COUNTED",
      action: "refusals.counted",
      arguments: { refused: [{ subject: "kim", action: "mutation.pauseSource", errorCode: "FORBIDDEN", count: 7 }] },
    },
  ]);
});

test("what the settings file adds, changes and removes is recorded once, without credentials", async () => {
  const source = (id: string, apiKey: string, change: object = {}) => ({
    tenantId: "configured",
    id,
    connector: "stripe",
    config: { apiKey },
    scheduleMs: 300_000,
    networks: [],
    budget: undefined,
    ...change,
  });
  const { db } = world.store;
  await recordConfiguration(db, [source("a", "sk_canary_1"), source("b", "sk_canary_2")]);
  await recordConfiguration(db, [source("b", "sk_canary_2"), source("a", "sk_canary_1")]);
  await Promise.all([1, 2].map(() => recordConfiguration(db, [source("a", "sk_canary_3")])));
  await recordConfiguration(db, [source("a", "sk_canary_3", { reconcile: { everyMs: "off" } })]);
  const rows = await bodies("configured");
  expect(rows.map(({ action, arguments: given }) => [action, given])).toEqual([
    ["configuration.sourceAdded", { sourceId: "a" }],
    ["configuration.sourceAdded", { sourceId: "b" }],
    ["configuration.sourceChanged", { sourceId: "a" }],
    ["configuration.sourceRemoved", { sourceId: "b" }],
    ["configuration.sourceChanged", { sourceId: "a" }],
  ]);
  expect(rows[4]).toMatchObject({ after: { reconcile: '{"everyMs":"off"}' } });
  expect(rows[2]).toMatchObject({ principal: { kind: "SERVICE" }, before: { connector: "stripe" } });
  expect(JSON.stringify(rows)).not.toContain("canary");
});

test("nothing failed in the background", () => expect(problems).toEqual([]));
