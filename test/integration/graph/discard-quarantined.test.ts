import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import { entityId } from "../../../src/domain/ids.ts";
import {
  quarantine,
  type Quarantined,
  quarantineId,
  releaseQuarantined,
} from "../../../src/ingest/apply/quarantine.ts";
import { createUseCases, type UseCaseParts } from "../../../src/parts/use-cases.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { EMPTY_PAYLOAD } from "../../helpers/messages.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let graph: GraphServer;
beforeAll(async () => {
  store = await useStore();
  for (const sourceId of ["main", "other"]) await addSource({ database: store.db, tenantId: "acme", sourceId });
  await addSource({ database: store.db, tenantId: "umbrella", sourceId: "umbrella-main" });
  const others = { engine: {}, connectedSources: {}, apiKeys: {}, alerts: {}, matchByHand: {}, evidencePacks: {} };
  const useCases: UseCases = createUseCases({
    ...others,
    db: store.db,
    sources: registryOf([scriptedSource({ pages: {}, fetchable: ["Payment"] }, { id: "main" })]),
    inbox: {},
    files: {},
    wakeUps: createWakeUps(),
  } as unknown as UseCaseParts); // no other mutation is sent
  graph = await useGraphServer({ useCases }, { connection: store.connection, close: async () => undefined });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});
beforeEach(async () => {
  for (const tenantId of ["acme", "umbrella"])
    await store.db.transaction(tenantId, async (tx) => {
      for (const table of ["quarantined_records", "refetches", "findings"]) await tx.query(`delete from ${table}`);
    });
});

const item = (externalId: string, path = "amount"): Quarantined => ({
  message: {
    type: "malformed",
    entity: "Payment",
    externalId,
    path,
    problem: "must be a number",
    raw: { payload: EMPTY_PAYLOAD, path: "" },
  },
  raw: { rawHash: undefined, deliveryId: undefined, path: "" },
});

/** Receives items that cannot be applied, one after the other, and returns the ids of their records and the events. */
async function receive(items: readonly Quarantined[], { tenantId = "acme", sourceId = "main" } = {}) {
  const events: string[] = [];
  for (const one of items)
    await store.db.transaction(tenantId, async (tx) => {
      for (const { body } of await quarantine(tx, { sourceId, runId: undefined }, [one])) events.push(body.kind);
    });
  return { ids: items.map((one) => quarantineId(tenantId, sourceId, one)), events };
}

const FIELDS = "id externalId status occurrences resolvedAt discardedAt discardedBy discardReason";

async function recordsOf(filter: object = {}) {
  const { data, errors } = await graph.query(
    `query ($filter: QuarantinedRecordFilter) {
       quarantinedRecords(first: 100, orderBy: FIRST_ASC, filter: $filter) { nodes { ${FIELDS} } } }`,
    { variables: { filter } },
  );
  expect(errors).toEqual([]);
  return data.quarantinedRecords.nodes as readonly Readonly<Record<string, unknown>>[];
}

const statuses = async (filter?: object) => (await recordsOf(filter)).map(({ status }) => status);

const discard = (ids: readonly string[], reason = "test data") =>
  graph.query(
    `mutation ($ids: [ID!]!, $reason: String!) {
    discardQuarantined(ids: $ids, reason: $reason) { records { ${FIELDS} } } }`,
    { variables: { ids, reason } },
  );

const discardMany = (input: object) =>
  graph.query(
    `mutation ($input: DiscardManyQuarantinedInput!) {
       discardManyQuarantined(input: $input) { count hasMore endCursor } }`,
    { variables: { input: { reason: "test data", ...input } } },
  );

const rulesOf = async (sourceId: string): Promise<readonly string[]> => {
  const [health] = await store.db.read("acme", (tx) => findHealth(tx, [sourceId]));
  return health?.diagnoses.map(({ rule }) => rule) ?? [];
};

describe("discardManyQuarantined", () => {
  test("discards the open records that match the filter, the earliest first, with the reason and the user", async () => {
    await receive([item("p1"), item("p2", "currency"), item("p3"), item("p4")]);
    await receive([item("p5")], { sourceId: "other" });
    await receive([item("p6")], { tenantId: "umbrella", sourceId: "umbrella-main" });
    const filter = { sourceIds: ["main", "umbrella-main"], paths: ["amount"] };
    const first = await discardMany({ filter, limit: 2 });
    expect(first.errors).toEqual([]);
    expect(first.data.discardManyQuarantined).toMatchObject({ count: 2, hasMore: true });
    expect(await statuses()).toEqual(["DISCARDED", "OPEN", "DISCARDED", "OPEN", "OPEN"]);
    const after: string = first.data.discardManyQuarantined.endCursor;
    const last = await discardMany({ filter, limit: 2, after });
    expect(last.data.discardManyQuarantined).toEqual({ count: 1, hasMore: false, endCursor: null });
    expect(await statuses({ paths: ["currency"] })).toEqual(["OPEN"]);
    expect((await recordsOf({ status: "DISCARDED" }))[0]).toEqual({
      id: quarantineId("acme", "main", item("p1")),
      externalId: "p1",
      status: "DISCARDED",
      occurrences: "1",
      resolvedAt: null,
      discardedAt: expect.any(String),
      discardedBy: "development",
      discardReason: "test data",
    });
    const foreign = await store.db.read("umbrella", (tx) => tx.query("select status from quarantined_records"));
    expect(foreign).toEqual([{ status: "OPEN" }]);
    for (const none of [{ paths: [] }, { status: "RESOLVED" }, { sourceIds: ["a\u0000"] }, { paths: ["a\u0000"] }])
      expect((await discardMany({ filter: none })).data.discardManyQuarantined).toMatchObject({ count: 0 });
  });

  test("leaves no diagnosis of records that are missing, and that of another source", async () => {
    await receive([item("p1")]);
    await receive([item("p2")], { sourceId: "other" });
    expect(await rulesOf("main")).toContain("RECORDS_QUARANTINED");
    await discardMany({ filter: { sourceIds: ["main"] } });
    expect(await rulesOf("main")).not.toContain("RECORDS_QUARANTINED");
    expect(await rulesOf("other")).toContain("RECORDS_QUARANTINED");
  });

  test.each([
    [{ filter: {} }, "must have at least one condition"],
    [{ filter: { paths: null } }, "must have at least one condition"],
    [{ filter: { status: "OPEN" }, limit: 0 }, "must be between 1 and 10000"],
    [{ filter: { status: "OPEN" }, limit: 10_001 }, "must be between 1 and 10000"],
    [{ filter: { status: "OPEN" }, reason: " " }, "input.reason"],
    [{ filter: { paths: Array.from({ length: 101 }, String) } }, "paths"],
  ])("%j is refused: %s", async (input, text) => {
    expect((await discardMany(input)).errors).toMatchObject([
      { message: expect.stringContaining(text), extensions: { code: "INVALID_INPUT" } },
    ]);
  });

  test("accepts no cursor of another mutation", async () => {
    await receive([item("p1"), item("p2")]);
    const filter = { status: "OPEN" };
    const { data } = await graph.query(
      `mutation ($input: ReplayManyQuarantinedInput!) { replayManyQuarantined(input: $input) { endCursor } }`,
      { variables: { input: { filter, limit: 1 } } },
    );
    const after: string = data.replayManyQuarantined.endCursor;
    expect((await discardMany({ filter, after })).errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
    expect(await statuses()).toEqual(["OPEN", "OPEN"]);
  });
});

describe("discardQuarantined", () => {
  test("discards records by their ids, once: another reason later changes nothing", async () => {
    const { ids } = await receive([item("p1"), item("p2")]);
    const { data, errors } = await discard(ids.slice(0, 1));
    expect(errors).toEqual([]);
    expect(data.discardQuarantined.records).toMatchObject([{ status: "DISCARDED", discardReason: "test data" }]);
    const again = await discard(ids, "another");
    expect(again.data.discardQuarantined.records).toMatchObject([
      { discardReason: "test data" },
      { discardReason: "another" },
    ]);
  });

  test("discards none if one of them is that of another tenant (F94)", async () => {
    const { ids } = await receive([item("p1")]);
    const foreign = await receive([item("p9")], { tenantId: "umbrella", sourceId: "umbrella-main" });
    expect((await discard([...ids, ...foreign.ids])).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect(await statuses()).toEqual(["OPEN"]);
  });
});

describe("a discarded record", () => {
  test("that is received again stays discarded, opens no finding, and is kept for as long as it is received", async () => {
    const { ids } = await receive([item("p1")]);
    await discard(ids);
    await store.db.transaction("acme", async (tx) => {
      await tx.query("delete from findings");
      await tx.query("update quarantined_records set resolved_at = now() - interval '80 days'");
    });
    expect((await receive([item("p1")])).events).toEqual([]);
    expect(await recordsOf()).toMatchObject([{ status: "DISCARDED", occurrences: "2", discardReason: "test data" }]);
    const aged = await store.db.read("acme", (tx) =>
      tx.query("select resolved_at > now() - interval '1 hour' as recent from quarantined_records"),
    );
    expect(aged).toEqual([{ recent: true }]);
  });

  test("does not hide another field at which the same object fails", async () => {
    await discard((await receive([item("p1")])).ids);
    const { events } = await receive([item("p1", "currency")]);
    expect(events).toContain("RecordQuarantined");
    expect(await statuses()).toEqual(["DISCARDED", "OPEN"]);
  });

  test("is resolved when its object is applied", async () => {
    await discard((await receive([item("p1")])).ids);
    await store.db.transaction("acme", (tx) => releaseQuarantined(tx, [entityId("acme", "main", "Payment", "p1")]));
    expect(await recordsOf()).toMatchObject([
      { status: "RESOLVED", resolvedAt: expect.any(String), discardedAt: null, discardReason: null },
    ]);
  });

  test("is open again when somebody replays it, and not by a replay of all that match", async () => {
    const { ids } = await receive([item("p1")]);
    await discard(ids);
    const many = await graph.query(
      `mutation { replayManyQuarantined(input: { filter: { sourceIds: ["main"] } }) { count skipped } }`,
    );
    expect(many.data.replayManyQuarantined).toEqual({ count: 0, skipped: 0 });
    const { data, errors } = await graph.query(
      `mutation ($ids: [ID!]!) { replayQuarantined(ids: $ids) { records { status discardedBy } } }`,
      { variables: { ids } },
    );
    expect(errors).toEqual([]);
    expect(data.replayQuarantined.records).toEqual([{ status: "OPEN", discardedBy: null }]);
    const requested = await store.db.read("acme", (tx) => tx.query("select external_id from refetches"));
    expect(requested).toEqual([{ external_id: "p1" }]);
  });
});
