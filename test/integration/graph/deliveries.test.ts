import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { entityId } from "../../../src/domain/ids.ts";
import { addDeliveries, bodyOf, ENDED_AT, idOf, type StoredDelivery } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  balanceRecord,
  minute,
  paymentRecord,
  putRecords,
} from "../../helpers/ledger-world.ts";

const MAIN = { tenantId: "acme", sourceId: "stripe-main" };
const PAYMENT = entityId("acme", "stripe-main", "Payment", "pi_1");
const BALANCE = entityId("acme", "stripe-main", "Balance", "acct_1:available:EUR");
const SIGNED = { scheme: "stripe-v1", key: "webhookSecrets[0]", signedAt: minute(1) };

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  const place = { ...MAIN, database: graph.database };
  await addSource(place);
  await putRecords(place, [paymentRecord(1), accountRecord(1), balanceRecord(1)]);
  await addDeliveries(place, DETAILED);
  await graph.database.transaction("acme", async (tx) => {
    await tx.query(
      `insert into delivery_attempts select $1, $2, n, $3::timestamptz + n * interval '1 minute',
         case when n = 3 then 'PARKED' else 'RETRY' end, 'STORE_UNAVAILABLE', 'away',
         case when n < 3 then $3::timestamptz + (n + 1) * interval '1 minute' end from generate_series(1, 3) as n`,
      ["acme", id("tried"), minute(0)],
    );
    await tx.query(
      `insert into delivery_attempts select $1, $2, n, now(), 'PARKED', 'INTERNAL', '' from generate_series(1, 130) as n`,
      ["acme", id("often")],
    );
    await tx.query(
      `insert into delivery_conflicts
       select $1, $2, 'hash-' || n, 'stripe-main', $3, $4, $5::timestamptz - n * interval '1 minute', $5, 5000000000
       from generate_series(1, 2) as n`,
      ["acme", id("doubled"), Buffer.from(`{"other":1}`), JSON.stringify(SIGNED), minute(9)],
    );
    await tx.query("update deliveries set discard_reason = 'a test', discarded_by = 'kim' where id = $1", [
      id("unwanted"),
    ]);
  });
});
afterAll(async () => graph[Symbol.asyncDispose]());

const id = (key: string) => idOf(MAIN, key);

const DETAILED: readonly StoredDelivery[] = [
  {
    key: "plain",
    verification: SIGNED,
    effects: [
      { kind: "UPDATED", entityType: "Payment", id: PAYMENT },
      { kind: "CREATED", entityType: "Balance", id: BALANCE },
      { kind: "REFETCH", entityType: "Payment", id: entityId("acme", "stripe-main", "Payment", "unseen") },
      { kind: "READ", stream: "payments" },
      { kind: "QUARANTINED", entityType: "Refund", id: null },
      { kind: "DELETED", entityType: "Payment", id: PAYMENT },
    ],
  },
  { key: "replayed-before-it-was-written", attempts: 2, earlierAttempts: 3 },
  { key: "tried", status: "PARKED", attempts: 3, errorCode: "STORE_UNAVAILABLE" },
  { key: "often", status: "PARKED" },
  { key: "of-old", status: "PARKED", attempts: 8, errorCode: "DELIVERY_MALFORMED" },
  { key: "waiting", status: "PENDING", attempts: 0 },
  { key: "doubled", verification: { scheme: "unsigned" } },
  { key: "unwanted", status: "DISCARDED", attempts: 0 },
  { key: "old", isBodyDeleted: true },
];

async function show(key: string, fields: string) {
  const { data, errors } = await graph.query(`{ delivery(id: "${id(key)}") { ${fields} } }`);
  expect(errors).toEqual([]);
  return data.delivery;
}

describe("a delivery", () => {
  test("returns how it was verified, and its size", async () => {
    const fields = "size verification { scheme key signedAt }";
    expect(await show("plain", fields)).toEqual({ size: bodyOf("plain").length, verification: SIGNED });
    expect(await show("doubled", fields)).toMatchObject({
      verification: { scheme: "unsigned", key: null, signedAt: null },
    });
    expect(await show("tried", fields)).toMatchObject({ verification: null });
  });

  const HISTORY = "history { number at outcome errorCode errorMessage nextAttemptAt }";
  const quiet = { errorCode: null, errorMessage: null, nextAttemptAt: null };

  test("returns every attempt, oldest first", async () => {
    const failed = { errorCode: "STORE_UNAVAILABLE", errorMessage: "away" };
    expect((await show("tried", HISTORY)).history).toEqual([
      { number: 1, at: minute(1), outcome: "RETRY", ...failed, nextAttemptAt: minute(2) },
      { number: 2, at: minute(2), outcome: "RETRY", ...failed, nextAttemptAt: minute(3) },
      { number: 3, at: minute(3), outcome: "PARKED", ...failed, nextAttemptAt: null },
    ]);
  });

  test("returns the last attempt if it was applied at the first, or was received before attempts were recorded", async () => {
    expect((await show("plain", HISTORY)).history).toEqual([{ number: 1, at: ENDED_AT, outcome: "APPLIED", ...quiet }]);
    expect((await show("replayed-before-it-was-written", HISTORY)).history).toMatchObject([
      { number: 5, outcome: "APPLIED" },
    ]);
    expect((await show("of-old", HISTORY)).history).toEqual([
      {
        ...quiet,
        number: 8,
        at: ENDED_AT,
        outcome: "PARKED",
        errorCode: "DELIVERY_MALFORMED",
        errorMessage: "not understood",
      },
    ]);
    expect((await show("waiting", HISTORY)).history).toEqual([]);
    expect((await show("unwanted", HISTORY)).history).toEqual([]);
  });

  test("with more than 100 attempts returns the latest 100", async () => {
    const numbers = (await show("often", HISTORY)).history.map(({ number }: { number: number }) => number);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, n) => 31 + n));
  });

  test("returns its effects, with the objects as they are now", async () => {
    const { effects } = await show(
      "plain",
      "effects { kind entityType entityId stream entity { __typename ... on Payment { externalId } } }",
    );
    const payment = { __typename: "Payment", externalId: "pi_1" };
    expect(effects).toMatchObject([
      { kind: "UPDATED", entityType: "PAYMENT", entityId: PAYMENT, entity: payment, stream: null },
      { kind: "CREATED", entityType: "BALANCE", entityId: BALANCE, entity: null },
      { kind: "REFETCH_REQUESTED", entityType: "PAYMENT", entity: null },
      { kind: "READ_REQUESTED", entityType: null, entityId: null, entity: null, stream: "payments" },
      { kind: "QUARANTINED", entityType: "REFUND", entityId: null, entity: null },
      { kind: "DELETED", entity: payment },
    ]);
    expect(await show("tried", "effects { kind }")).toEqual({ effects: [] });
  });

  test("returns other bodies that were received under its id, in order of arrival", async () => {
    const { conflicts } = await show(
      "doubled",
      "conflicts { contentHash firstAt lastAt occurrences body verification { scheme } }",
    );
    const rest = {
      lastAt: minute(9),
      occurrences: "5000000000",
      body: `{"other":1}`,
      verification: { scheme: "stripe-v1" },
    };
    expect(conflicts).toEqual([
      { contentHash: "hash-2", firstAt: minute(7), ...rest },
      { contentHash: "hash-1", firstAt: minute(8), ...rest },
    ]);
    expect(await show("plain", "conflicts { body }")).toEqual({ conflicts: [] });
  });

  test("returns who discarded it and why, and whether its body is still stored", async () => {
    const fields = "status discardReason discardedBy body";
    expect(await show("unwanted", fields)).toEqual({
      status: "DISCARDED",
      discardReason: "a test",
      discardedBy: "kim",
      body: bodyOf("unwanted"),
    });
    expect(await show("old", fields)).toEqual({
      status: "APPLIED",
      discardReason: null,
      discardedBy: null,
      body: null,
    });
  });
});

describe("the list of deliveries", () => {
  const SOURCES = ["one", "two", "gone"] as const;
  const STATUSES = ["PENDING", "APPLIED", "PARKED", "DISCARDED"] as const;
  const TYPES = ["payment.created", "payment.deleted", undefined] as const;
  const CODES = ["DELIVERY_MALFORMED", undefined] as const;
  interface KnownDelivery {
    readonly id: string;
    readonly sourceId: string;
    readonly delivery: StoredDelivery;
  }
  let known: readonly KnownDelivery[];
  const as = { headers: { "x-sluice-tenant": "umbrella" } };

  beforeAll(async () => {
    known = [];
    for (const [s, sourceId] of SOURCES.entries()) {
      const place = { database: graph.database, tenantId: "umbrella", sourceId };
      await addSource(place); // no process knows `gone` any more; its row remains
      const deliveries = Array.from({ length: 60 }, (_, n): StoredDelivery => {
        const [eventType, errorCode] = [TYPES[(n + s) % 3], CODES[n % 2]];
        return {
          key: `${sourceId}-${n}`,
          receivedAt: minute(Math.floor(n / 4)), // equal times, within a source and over all
          status: STATUSES[(n * 7 + s) % 4] ?? "APPLIED",
          ...(eventType !== undefined && { eventType }),
          ...(errorCode !== undefined && { errorCode }),
        };
      });
      await addDeliveries(place, deliveries);
      known = [...known, ...deliveries.map((delivery) => ({ id: idOf(place, delivery.key), sourceId, delivery }))];
    }
  });

  interface Filter {
    readonly sourceIds: readonly string[] | null;
    readonly status: readonly string[] | null;
    readonly eventTypes: readonly string[] | null;
    readonly errorCodes: readonly string[] | null;
    readonly receivedFrom: string | null;
    readonly receivedTo: string | null;
  }

  /** The meaning of a filter, implemented independently. */
  function expected(filter: Filter): string[] {
    const isIn = (list: readonly string[] | null, value: string | null | undefined) =>
      list === null || (typeof value === "string" && list.includes(value));
    return known
      .filter(({ sourceId, delivery: { status, eventType, errorCode, receivedAt = "" } }) => {
        const inTime = receivedAt >= (filter.receivedFrom ?? "") && receivedAt < (filter.receivedTo ?? "9999");
        const isOf = isIn(filter.sourceIds, sourceId) && isIn(filter.status, status);
        return inTime && isOf && isIn(filter.eventTypes, eventType) && isIn(filter.errorCodes, errorCode);
      })
      .map((one) => one.id)
      .sort();
  }

  async function readAll(filter: Filter, first: number) {
    const found: { id: string; receivedAt: string }[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await graph.query(
        `query ($first: Int, $after: String, $filter: DeliveryFilter) { deliveries(first: $first, after: $after, filter: $filter) {
           nodes { id receivedAt } pageInfo { hasNextPage endCursor } } }`,
        { variables: { first, after, filter }, ...as },
      );
      expect(errors).toEqual([]);
      found.push(...data.deliveries.nodes);
      if (!data.deliveries.pageInfo.hasNextPage) return found;
      after = data.deliveries.pageInfo.endCursor;
    }
  }

  const some = <T>(values: readonly T[]) => fc.option(fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }));
  const filters = fc.record({
    sourceIds: some(SOURCES),
    status: some(STATUSES),
    eventTypes: some(["payment.created", "payment.deleted", "never", "\u0000"]),
    errorCodes: fc.option(fc.constantFrom([], ["DELIVERY_MALFORMED"], ["NOPE", "\u0000"])),
    receivedFrom: fc.option(fc.constantFrom(minute(0), minute(3), minute(7))),
    receivedTo: fc.option(fc.constantFrom(minute(8), minute(12), minute(99))),
  });

  test("returns those that match the filter, each once, newest first, over pages of any size and all sources", async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 3, max: 100 }), async (filter, first) => {
        const found = await readAll(filter, first);
        expect(found.map((one) => one.id).sort()).toEqual(expected(filter));
        const times = found.map((one) => one.receivedAt);
        expect(times).toEqual(times.toSorted().toReversed());
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    [{ sourceIds: Array.from({ length: 101 }, () => "a") }, "filter.sourceIds must have at most 100 values, got 101"],
    [{ status: Array.from({ length: 101 }, () => "PARKED") }, "filter.status must have at most 100 values, got 101"],
    [{ eventTypes: Array.from({ length: 101 }, () => "a") }, "filter.eventTypes must have at most 100 values, got 101"],
    [
      { errorCodes: Array.from({ length: 1_500 }, () => "") },
      "filter.errorCodes must have at most 100 values, got 1500",
    ],
    [{ receivedFrom: minute(5), receivedTo: minute(4) }, "filter.receivedFrom must be before filter.receivedTo"],
    [
      { receivedFrom: minute(5), receivedTo: "2026-01-01T01:05:00+01:00" },
      "filter.receivedFrom must be before filter.receivedTo",
    ],
  ])("%#: a wrong filter is refused, and the field is named (F93)", async (filter, message) => {
    const { data, errors } = await graph.query(
      "query ($filter: DeliveryFilter) { deliveries(filter: $filter) { nodes { id } } }",
      { variables: { filter } },
    );
    expect(data?.deliveries ?? null).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code: "INVALID_INPUT" } }]);
  });

  test("returns none of another tenant, by id, source, node or filter (F94)", async () => {
    const { data } = await graph.query(
      `{ delivery(id: "${id("plain")}") { id } node(id: "${id("plain")}") { id }
         deliveries { nodes { id } } }`,
      as,
    );
    expect(data).toMatchObject({ delivery: null, node: null });
    expect(data.deliveries.nodes.map((one: { readonly id: string }) => one.id)).not.toContain(id("plain"));
    const others = await graph.query('{ deliveries(filter: { sourceIds: ["stripe-main"] }) { nodes { id } } }', as);
    expect(others.errors).toMatchObject([{ extensions: { code: "INVALID_INPUT" } }]);
  });
});
