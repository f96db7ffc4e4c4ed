import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { createUseCases, type UseCaseParts } from "../../../src/parts/use-cases.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { addDeliveries, idOf } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, minute, type Place } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Ids of the deliveries and files that were replayed, in order. */
const replayed: string[] = [];
let store: TestStore;
let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  store = await useStore();
  place = { database: store.db, tenantId: "acme", sourceId: "main" };
  await addSource(place);
  await addSource({ ...place, sourceId: "other" });
  await addSource({ ...place, tenantId: "umbrella", sourceId: "umbrella-main" });
  const sources = ["main", "other"].map((id) => scriptedSource({ pages: {}, fetchable: ["Payment"] }, { id }));
  const replay = (_tenantId: string, id: string) => Promise.resolve(void replayed.push(id));
  const others = { engine: {}, connectedSources: {}, apiKeys: {}, alerts: {}, matchByHand: {}, evidencePacks: {} };
  const useCases: UseCases = createUseCases({
    ...others,
    db: store.db,
    sources: registryOf(sources),
    inbox: { replayDelivery: replay },
    files: { replay },
    wakeUps: createWakeUps(),
  } as unknown as UseCaseParts); // no other mutation is sent
  graph = await useGraphServer({ useCases }, { connection: store.connection, close: async () => undefined });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});
beforeEach(async () => {
  replayed.length = 0;
  for (const tenantId of ["acme", "umbrella"])
    await store.db.transaction(tenantId, async (tx) => {
      for (const table of ["quarantined_records", "refetches", "files", "deliveries", "delivery_bodies"])
        await tx.query(`delete from ${table}`);
    });
});

interface Quarantined {
  readonly id: string;
  readonly externalId?: string;
  readonly entityType?: string;
  readonly deliveryId?: string;
  readonly rawHash?: string;
  readonly status?: "OPEN" | "RESOLVED";
  readonly firstAt?: string;
}

async function addRecords(records: readonly Quarantined[], { tenantId, sourceId }: Omit<Place, "database"> = place) {
  const rows = records.map((one, index) => ({ firstAt: minute(index), entityType: "Payment", status: "OPEN", ...one }));
  await store.db.transaction(tenantId, (tx) =>
    tx.query(
      `insert into quarantined_records (tenant_id, id, source_id, entity_type, external_id, code, path, problem, raw_hash,
         delivery_id, raw_path, status, first_at, last_at, resolved_at)
       select $1, id, $2, "entityType", "externalId", 'UPSTREAM_MALFORMED', 'amount', 'no number', "rawHash", "deliveryId",
         '', status, "firstAt", "firstAt", case when status = 'RESOLVED' then "firstAt" end
       from jsonb_to_recordset($3) as incoming (id text, "entityType" text, "externalId" text, "rawHash" text,
         "deliveryId" text, status text, "firstAt" timestamptz)`,
      [tenantId, sourceId, JSON.stringify(rows)],
    ),
  );
}

const requested = async (): Promise<readonly string[]> =>
  (
    await store.db.read("acme", (tx) =>
      tx.query<{ external_id: string }>("select external_id from refetches order by external_id"),
    )
  ).map((row) => row.external_id);

const replay = (input: object) =>
  graph.query(
    `mutation ($input: ReplayManyQuarantinedInput!) {
       replayManyQuarantined(input: $input) { count skipped hasMore endCursor } }`,
    { variables: { input } },
  );

test("tries the open records that match again, the earliest first, and counts those that only a FULL sync reads", async () => {
  await addRecords([
    { id: "q1", externalId: "p1" },
    { id: "q2" }, // without an id of its own
    { id: "q3", externalId: "a1", entityType: "Account" }, // cannot be fetched
    { id: "q4", externalId: "p4", status: "RESOLVED" },
    { id: "q5", externalId: "p5" },
  ]);
  await addRecords([{ id: "q6", externalId: "p6", firstAt: minute(9) }], { ...place, sourceId: "other" });
  await addRecords([{ id: "u1", externalId: "foreign" }], { tenantId: "umbrella", sourceId: "umbrella-main" });
  const first = await replay({ filter: { status: "OPEN" }, limit: 2 });
  expect(first.errors).toEqual([]);
  expect(first.data.replayManyQuarantined).toMatchObject({ count: 1, skipped: 1, hasMore: true });
  const { data } = await replay({ filter: { sourceIds: ["main", "umbrella-main"], entityTypes: ["PAYMENT"] } });
  expect(data.replayManyQuarantined).toEqual({ count: 2, skipped: 1, hasMore: false, endCursor: null });
  expect(await requested()).toEqual(["p1", "p5"]);
  for (const filter of [{ sourceIds: [] }, { status: "RESOLVED" }, { sourceIds: ["a\u0000"] }])
    expect((await replay({ filter })).data.replayManyQuarantined).toMatchObject({ count: 0, skipped: 0 });
});

test("calls that follow each other try each record once, though none is resolved, and none that came later", async () => {
  await addRecords(Array.from({ length: 5 }, (_, n) => ({ id: `q${n}`, externalId: `p${n}` })));
  const counts: number[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await replay({ filter: { status: "OPEN" }, limit: 2, after });
    expect(errors).toEqual([]);
    counts.push(data.replayManyQuarantined.count);
    after = data.replayManyQuarantined.endCursor;
    const firstAt = new Date(Date.now() + 60_000).toISOString();
    await addRecords([{ id: `later${counts.length}`, externalId: `later${counts.length}`, firstAt }]);
  } while (after !== null && counts.length < 10);
  expect(counts).toEqual([2, 2, 1]);
  expect(await requested()).toEqual(["p0", "p1", "p2", "p3", "p4"]);
  const { errors } = await replay({ filter: { entityTypes: ["PAYMENT"] }, after: "forged" });
  expect(errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
});

test("records of one delivery or file are tried again together, once by calls that follow each other, and not without their bytes", async () => {
  await addDeliveries(place, [
    { key: "kept", status: "PARKED" },
    { key: "deleted", status: "PARKED", isBodyDeleted: true },
  ]);
  const [kept, deleted] = ["kept", "deleted"].map((key) => idOf(place, key));
  await store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at, next_attempt_at, finished_at)
       values ('acme', 'file_1', 'main', 'aa', 'a.xml', 1, 'text/xml', 'UPLOAD', 'STORED', now(), now(), now())`,
    ),
  );
  await addRecords([
    { id: "q1", deliveryId: kept ?? "", rawHash: "bb" },
    { id: "q2", deliveryId: kept ?? "", rawHash: "bb" },
    { id: "q3", deliveryId: deleted ?? "", rawHash: "cc" },
    { id: "q4", rawHash: "aa" },
    { id: "q5", rawHash: "aa" },
  ]);
  const filter = { sourceIds: ["main"] };
  let after: string | null = null;
  const totals = { count: 0, skipped: 0 };
  do {
    const { data, errors } = await replay({ filter, limit: 1, after });
    expect(errors).toEqual([]);
    totals.count += data.replayManyQuarantined.count;
    totals.skipped += data.replayManyQuarantined.skipped;
    after = data.replayManyQuarantined.endCursor;
    // What was replayed is read at once, with the same result.
    await store.db.transaction("acme", async (tx) => {
      for (const table of ["files", "deliveries"])
        await tx.query(`update ${table} set finished_at = now() where id = any($1)`, [replayed]);
    });
  } while (after !== null);
  expect(totals).toEqual({ count: 4, skipped: 1 });
  expect(replayed).toEqual([kept, "file_1"]);
});

test.each([
  [{ filter: {} }, "must have at least one condition"],
  [{ filter: { status: null } }, "must have at least one condition"],
  [{ filter: { status: "OPEN" }, limit: 0 }, "must be between 1 and 100"],
  [{ filter: { status: "OPEN" }, limit: 101 }, "must be between 1 and 100"],
])("%j is refused: %s", async (input, text) => {
  expect((await replay(input)).errors).toMatchObject([
    { message: expect.stringContaining(text), extensions: { code: "INVALID_INPUT" } },
  ]);
});
