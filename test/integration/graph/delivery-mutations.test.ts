import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createInbox, type Inbox } from "../../../src/ingest/webhooks/inbox.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { addDeliveries, idOf, type StoredDelivery } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, minute } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { take } from "../../helpers/take.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

/** The inbox of the service without its appliers: a replayed delivery stays PENDING and can be inspected. */
let store: TestStore;
let inbox: Inbox;
let graph: GraphServer;
beforeAll(async () => {
  store = await useStore();
  const log = pino({ level: "silent" });
  inbox = createInbox({
    db: store.db,
    sources: registryOf([]),
    log,
    now: Date.now,
    random: Math.random,
    wakeUps: createWakeUps(),
  });
  const { replayDelivery, replayDeliveries, discardDelivery, discardDeliveries } = inbox;
  const useCases = { replayDelivery, replayDeliveries, discardDelivery, discardDeliveries } as Partial<UseCases>;
  const migrated = { connection: store.connection, close: async () => undefined };
  graph = await useGraphServer({ useCases: useCases as UseCases }, migrated); // no other mutation is sent here
  for (const tenantId of ["acme", "umbrella"])
    await addSource({ database: store.db, tenantId, sourceId: SOURCE[tenantId] ?? "" });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await inbox.close(1_000);
  await store[Symbol.asyncDispose]();
});

const SOURCE: Readonly<Record<string, string>> = { acme: "stripe-main", umbrella: "umbrella-main" };

const DELIVERIES: readonly StoredDelivery[] = [
  { key: "applied-1", eventType: "a" },
  { key: "applied-2", eventType: "b" },
  { key: "parked-1", status: "PARKED", eventType: "a", errorCode: "DELIVERY_MALFORMED" },
  { key: "parked-2", status: "PARKED", eventType: "b", errorCode: "INTERNAL" },
  { key: "parked-3", status: "PARKED", eventType: "b", errorCode: "INTERNAL" },
  { key: "pending", status: "PENDING", attempts: 0 },
  { key: "discarded", status: "DISCARDED", attempts: 0 },
];
beforeEach(async () => {
  for (const [tenantId, sourceId] of Object.entries(SOURCE)) {
    await store.db.transaction(tenantId, (tx) => tx.query("delete from deliveries"));
    await store.db.transaction(tenantId, (tx) => tx.query("delete from delivery_bodies"));
    await addDeliveries({ database: store.db, tenantId, sourceId }, DELIVERIES);
  }
});

const id = (key: string, tenantId = "acme") => idOf({ tenantId, sourceId: SOURCE[tenantId] ?? "" }, key);

/** Status of every delivery of a tenant, by key. */
async function statuses(tenantId = "acme"): Promise<Readonly<Record<string, string>>> {
  const rows = await store.db.read(tenantId, (tx) =>
    tx.query<{ key: string; status: string }>("select delivery_key as key, status from deliveries"),
  );
  return Object.fromEntries(rows.map(({ key, status }) => [key, status]));
}
const before = Object.fromEntries(DELIVERIES.map(({ key, status = "APPLIED" }) => [key, status]));

const replay = (input: object) =>
  graph.query(
    "mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { count hasMore endCursor cursor } }",
    { variables: { input } },
  );
const discard = (input: object) =>
  graph.query(
    "mutation ($input: DiscardDeliveriesInput!) { discardDeliveries(input: $input) { count hasMore endCursor } }",
    {
      variables: { input: { reason: "not ours", ...input } },
    },
  );

describe("replayDeliveries", () => {
  test("without a status replays the parked ones", async () => {
    const { data, errors } = await replay({ filter: { eventTypes: ["a", "b"] } });
    expect(errors).toEqual([]);
    expect(data.replayDeliveries).toMatchObject({ count: 3, hasMore: false });
    const replayed = { "parked-1": "PENDING", "parked-2": "PENDING", "parked-3": "PENDING" };
    expect(await statuses()).toEqual({ ...before, ...replayed });
  });

  test.each([
    [{ status: ["APPLIED"], eventTypes: ["b"] }, ["applied-2"]],
    [{ status: ["DISCARDED", "APPLIED", "PENDING"] }, ["applied-1", "applied-2", "discarded"]],
    [{ status: ["PENDING"] }, []],
    [{ status: [] }, []],
    [{ errorCodes: ["INTERNAL"] }, ["parked-2", "parked-3"]],
    [{ receivedFrom: minute(3), receivedTo: minute(4) }, ["parked-2"]],
    [{ sourceIds: ["stripe-main"] }, ["parked-1", "parked-2", "parked-3"]],
    [{ sourceIds: [SOURCE["umbrella"], "nobody", "a\u0000"] }, []],
    [{ eventTypes: ["\u0000"], errorCodes: ["\u0000"] }, []],
  ])("%j replays %j, and none of another tenant (F94)", async (filter, keys) => {
    const { data, errors } = await replay({ filter });
    expect(errors).toEqual([]);
    expect(data.replayDeliveries).toMatchObject({ count: keys.length, hasMore: false });
    expect(await statuses()).toEqual({ ...before, ...Object.fromEntries(keys.map((key) => [key, "PENDING"])) });
    expect(await statuses("umbrella")).toEqual(before);
  });

  test("replays the oldest up to the limit, and reports that there are more", async () => {
    const filter = { sourceIds: ["stripe-main"] };
    const first = await replay({ filter, limit: 2 });
    expect(first.data.replayDeliveries).toMatchObject({ count: 2, hasMore: true });
    expect(await statuses()).toMatchObject({ "parked-1": "PENDING", "parked-2": "PENDING", "parked-3": "PARKED" });
    const second = await replay({ filter, limit: 2 });
    expect(second.data.replayDeliveries).toMatchObject({ count: 1, hasMore: false });
    const third = await replay({ filter, limit: null });
    expect(third.data.replayDeliveries).toMatchObject({ count: 0, hasMore: false });
  });

  test("in calls that follow each other replays each delivery once, though it matches again, and none that came later", async () => {
    const filter = { status: ["APPLIED", "PARKED", "DISCARDED"] };
    const replayed: string[] = [];
    let after: string | null = null;
    for (let calls = 0; calls < 10; calls += 1) {
      const { data, errors } = await replay({ filter, limit: 2, after });
      expect(errors).toEqual([]);
      const due = Object.entries(await statuses()).filter(([key, status]) => key !== "pending" && status === "PENDING");
      replayed.push(...due.map(([key]) => key).toSorted());
      // They are parked again at once, and one more comes in.
      await store.db.transaction("acme", (tx) =>
        tx.query(
          "update deliveries set status = 'PARKED', finished_at = now() where status = 'PENDING' and delivery_key <> 'pending'",
        ),
      );
      const later = {
        key: `later-${calls}`,
        status: "PARKED",
        receivedAt: new Date(Date.now() + 60_000).toISOString(),
      } as const;
      await addDeliveries({ database: store.db, tenantId: "acme", sourceId: "stripe-main" }, [later]);
      after = data.replayDeliveries.endCursor;
      expect(data.replayDeliveries.hasMore).toBe(after !== null);
      if (after === null) break;
    }
    expect(replayed).toEqual(["applied-1", "applied-2", "parked-1", "parked-2", "discarded", "parked-3"]);
  });

  test("refuses a cursor of another filter, another mutation or another tenant", async () => {
    const filter = { status: ["PARKED"] };
    const { data } = await replay({ filter, limit: 1 });
    const after = data.replayDeliveries.endCursor;
    const foreign = await graph.query(
      "mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { count } }",
      { variables: { input: { filter, after } }, headers: { "x-sluice-tenant": "umbrella" } },
    );
    const answers = [
      foreign,
      await discard({ filter, after }),
      await replay({ filter: { status: ["APPLIED"] }, after }),
    ];
    for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
    expect((await replay({ filter, after })).data.replayDeliveries).toMatchObject({ count: 2, endCursor: null });
  });

  test("skips deliveries whose body is no longer stored", async () => {
    await store.db.transaction("acme", (tx) =>
      tx.query("delete from delivery_bodies where delivery_id = $1", [id("parked-1")]),
    );
    const { data } = await replay({ filter: { status: ["PARKED"] } });
    expect(data.replayDeliveries).toMatchObject({ count: 2 });
    expect(await statuses()).toMatchObject({ "parked-1": "PARKED", "parked-2": "PENDING" });
  });

  test("returns a cursor after which nothing of the replay is missed, also for a second one in the operation", async () => {
    const append = (n: number) =>
      store.db.transaction("acme", (tx) =>
        appendEvents(tx, [
          { sourceId: "stripe-main", body: { kind: "RunStarted", runId: newOperationId("SyncRun", n) } },
        ]),
      );
    const head = await append(1);
    const { data } = await replay({ filter: { status: ["PARKED"] } });
    expect(await append(2)).toBe(head + 1n);
    const events = graph.feed.subscribe({ tenantId: "acme", after: head, filter: {} });
    expect(await take(events, 1)).toMatchObject([{ type: "event", seq: head + 1n }]);
    await events.return?.();
    const field = `replayDeliveries(input: { filter: { status: [PARKED] } }) { cursor }`;
    const { data: both } = await graph.query(`mutation { one: ${field} two: ${field} }`);
    expect(both.one.cursor).not.toBe(data.replayDeliveries.cursor);
    expect(both.one.cursor).toBe(both.two.cursor); // nothing was written in between
  });
});

describe("discardDelivery", () => {
  const one = (key: string, reason: unknown, tenantId?: string) =>
    graph.query(
      `mutation ($id: ID!, $reason: String!) { discardDelivery(id: $id, reason: $reason) {
         id status discardReason discardedBy finishedAt } }`,
      { variables: { id: key.startsWith("dlv_") ? key : id(key, tenantId), reason } },
    );

  test.each(["parked-1", "pending"])(
    "records for a %s delivery who decided it and why, and a replay reverts it",
    async (key) => {
      const { data, errors } = await one(key, "  a test account\n");
      expect(errors).toEqual([]);
      expect(data.discardDelivery).toEqual({
        id: id(key),
        status: "DISCARDED",
        discardReason: "a test account",
        discardedBy: "development",
        finishedAt: expect.any(String),
      });
      const again = await graph.query(
        `mutation { replayDelivery(id: "${id(key)}") { status discardReason discardedBy } }`,
      );
      expect(again.data.replayDelivery).toEqual({ status: "PENDING", discardReason: null, discardedBy: null });
    },
  );

  test("is refused for an applied delivery", async () => {
    const { errors } = await one("applied-1", "too late");
    expect(errors).toMatchObject([{ path: ["discardDelivery"], extensions: { code: "CONFLICT" } }]);
    expect(await statuses()).toEqual(before);
  });

  test.each([
    ["", "INVALID_INPUT", /^reason must have 1 to 500 characters, got 0$/],
    [" \n\t ", "INVALID_INPUT", /^reason must have 1 to 500 characters, got 0$/],
    ["x".repeat(501), "INVALID_INPUT", /^reason must have 1 to 500 characters, got 501$/],
    ["a\u0000b", "INVALID_INPUT", /^reason must not contain the character U\+0000$/],
    [null, "BAD_USER_INPUT", /reason/],
    [7, "BAD_USER_INPUT", /reason/],
  ])("%#: an invalid reason is refused (F93)", async (reason, code, message) => {
    const { errors } = await one("parked-1", reason);
    expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code } }]);
    expect(await statuses()).toEqual(before);
  });

  test("accepts a reason of 500 characters, with an unpaired surrogate among them", async () => {
    expect((await one("parked-1", "\ud800".padEnd(500, "x"))).errors).toEqual([]);
  });

  test("finds nothing of another tenant, and nothing under an invalid id (F94)", async () => {
    for (const key of [id("parked-1", "umbrella"), `dlv_${"a".repeat(22)}`, "dlv_\u0000"]) {
      const { errors } = await one(key, "why");
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    }
    expect(await statuses("umbrella")).toEqual(before);
  });
});

describe("discardDeliveries", () => {
  test.each([
    [{ eventTypes: ["b"] }, ["parked-2", "parked-3"]],
    [{ sourceIds: ["stripe-main"] }, ["parked-1", "parked-2", "parked-3", "pending"]],
    [{ status: ["PENDING"] }, ["pending"]],
    [{ status: ["APPLIED", "DISCARDED"] }, []],
    [{ status: ["APPLIED", "PARKED"], errorCodes: ["DELIVERY_MALFORMED"] }, ["parked-1"]],
    [{ sourceIds: [SOURCE["umbrella"]] }, []],
  ])("%j discards %j, and none of another tenant (F94)", async (filter, keys) => {
    const { data, errors } = await discard({ filter });
    expect(errors).toEqual([]);
    expect(data.discardDeliveries).toMatchObject({ count: keys.length, hasMore: false });
    expect(await statuses()).toEqual({ ...before, ...Object.fromEntries(keys.map((key) => [key, "DISCARDED"])) });
    expect(await statuses("umbrella")).toEqual(before);
  });

  test("discards the oldest first, and records who and why", async () => {
    const { data } = await discard({ filter: { status: ["PARKED"] }, limit: 1, reason: " once " });
    expect(data.discardDeliveries).toMatchObject({ count: 1, hasMore: true });
    const result = await graph.query(`{ delivery(id: "${id("parked-1")}") { status discardReason discardedBy } }`);
    expect(result.data.delivery).toEqual({ status: "DISCARDED", discardReason: "once", discardedBy: "development" });
  });
});

describe("a mutation of many deliveries", () => {
  const long = Array.from({ length: 101 }, () => "a");
  test.each([
    [{ filter: {} }, "input.filter must have at least one condition"],
    [
      { filter: { sourceIds: null, status: null, receivedFrom: null } },
      "input.filter must have at least one condition",
    ],
    [{ filter: { status: ["PARKED"] }, limit: 0 }, "input.limit must be between 1 and 10000, got 0"],
    [{ filter: { status: ["PARKED"] }, limit: 10_001 }, "input.limit must be between 1 and 10000, got 10001"],
    [{ filter: { sourceIds: long } }, "input.filter.sourceIds must have at most 100 values, got 101"],
    [{ filter: { eventTypes: long } }, "input.filter.eventTypes must have at most 100 values, got 101"],
    [
      { filter: { receivedFrom: minute(2), receivedTo: minute(2) } },
      "input.filter.receivedFrom must be before input.filter.receivedTo",
    ],
  ])("%#: is refused with a wrong input, and the field is named (F93)", async (input, message) => {
    for (const { errors } of [await replay(input), await discard(input)])
      expect(errors).toMatchObject([{ message, extensions: { code: "INVALID_INPUT" } }]);
    expect(await statuses()).toEqual(before);
  });

  test("does not discard without a reason (F93)", async () => {
    const { errors } = await discard({ filter: { status: ["PARKED"] }, reason: "\n" });
    expect(errors).toMatchObject([{ message: "input.reason must have 1 to 500 characters, got 0" }]);
  });
});
