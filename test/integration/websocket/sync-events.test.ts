import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import type { EventBody } from "../../../src/events/event.ts";
import { writeObservations } from "../../../src/store/entities/write-observations.ts";
import { addDeliveries, bodyOf, idOf } from "../../helpers/delivery-world.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { at, party } from "../../helpers/messages.ts";
import { take } from "../../helpers/take.ts";

const TENANTS = ["entities", "kinds", "reset", "stolen", "filtered", "delivered", "resumed"];

const SOURCES = ["stripe-main", "other"];

let log: EventLog;
let live: LiveGraph;
beforeAll(async () => {
  log = await useEventLog();
  live = await openLiveGraph(log, TENANTS);
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
});

const QUERY = /* GraphQL */ `
  subscription Follow($after: EventCursor, $filter: SyncEventFilter) {
    syncEvents(after: $after, filter: $filter) {
      __typename
      cursor
      at
      source {
        id
      }
      ... on EntityChanged {
        change
        entityType
        entityId
        entity {
          __typename
          id
          ... on Party {
            name
            deletedAt
          }
        }
      }
      ... on RunStarted {
        run {
          id
        }
      }
      ... on RunProgressed {
        stream
        records
        changed
        progress
      }
      ... on RunFinished {
        status
      }
      ... on DeliveryReceived {
        delivery {
          deliveryKey
          status
          size
        }
      }
      ... on DeliveryParked {
        delivery {
          id
        }
      }
      ... on RecordQuarantined {
        record {
          id
        }
      }
      ... on SourceStatusChanged {
        sourceStatus
        previousStatus
        statusReason
      }
      ... on FindingOpened {
        finding {
          id
        }
      }
      ... on FindingClosed {
        finding {
          id
        }
      }
      ... on StreamReset {
        reason
      }
    }
  }
`;

type Received = {
  readonly __typename: string;
  readonly cursor: string;
  readonly source: { readonly id: string } | null;
} & Readonly<Record<string, unknown>>;

async function* events(tenantId: string, variables: Record<string, unknown> = {}): AsyncGenerator<Received> {
  const client = live.connect(tenantId);
  for await (const { data, errors } of client.iterate<{ syncEvents: Received }>({ query: QUERY, variables })) {
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    if (data !== undefined && data !== null) yield data.syncEvents;
  }
}

/** Writes a party, or its deletion, and its event, as a sync does. */
async function writeParty(
  tenantId: string,
  name: string | undefined,
  moment: bigint,
  change: "CREATED" | "UPDATED" | "DELETED",
) {
  const id = entityId(tenantId, "stripe-main", "Party", "cus_1");
  await log.database.transaction(tenantId, async (tx) => {
    const observation = {
      sourceId: "stripe-main",
      entity: "Party" as const,
      externalId: "cus_1",
      id,
      record: name === undefined ? undefined : party("cus_1", name),
      version: at(moment),
      sourceUpdatedAt: undefined,
      via: "POLL" as const,
      raw: { rawHash: undefined, deliveryId: undefined, path: "" },
    };
    await writeObservations(tx, "Party", { observations: [observation], requestedAt: undefined });
    const body: EventBody = { kind: "EntityChanged", change, entityType: "Party", entityId: id };
    await appendEvents(tx, [{ sourceId: "stripe-main", body }]);
  });
  return id;
}

describe("syncEvents", () => {
  test("returns each object in its state when its event is sent: new, changed, deleted", async () => {
    const stream = events("entities");
    expect(await take(stream, 1)).toMatchObject([{ __typename: "StreamPosition", source: null }]);
    const id = await writeParty("entities", "Before", 1n, "CREATED");
    expect(await take(stream, 1)).toMatchObject([
      {
        __typename: "EntityChanged",
        change: "CREATED",
        entityType: "PARTY",
        entityId: id,
        source: { id: "stripe-main" },
        entity: { __typename: "Party", id, name: "Before", deletedAt: null },
      },
    ]);
    await writeParty("entities", "After", 2n, "UPDATED");
    expect(await take(stream, 1)).toMatchObject([{ change: "UPDATED", entity: { id, name: "After" } }]);
    await writeParty("entities", undefined, 3n, "DELETED");
    expect(await take(stream, 1)).toMatchObject([
      { change: "DELETED", entity: { id, name: "After", deletedAt: expect.any(String) as unknown } },
    ]);
    await stream.return(undefined);
  });

  test("returns every kind of event, also where its object is deleted", async () => {
    await log.append(
      "kinds",
      {
        kind: "EntityChanged",
        change: "CREATED",
        entityType: "Balance",
        entityId: entityId("kinds", "s", "Balance", "1"),
      },
      runStarted("run_none"),
      { kind: "RunProgressed", runId: "run_none", stream: "payments", records: 200, changed: 7, progress: 0.5 },
      { kind: "RunFinished", runId: "run_none", status: "FAILED" },
      { kind: "DeliveryReceived", deliveryId: "dlv_none" },
      { kind: "DeliveryParked", deliveryId: "dlv_none" },
      { kind: "RecordQuarantined", quarantinedRecordId: "qua_none" },
      { kind: "SourceStatusChanged", status: "UNREACHABLE", previous: "ACTIVE", reason: null },
      { kind: "FindingOpened", findingId: "fnd_none" },
      { kind: "FindingClosed", findingId: "fnd_none" },
    );
    const stream = events("kinds", { after: live.cursors.encodeEventCursor("kinds", 0n) });
    expect(await take(stream, 11)).toMatchObject([
      { __typename: "StreamPosition" },
      { __typename: "EntityChanged", entityType: "BALANCE", entity: null },
      { __typename: "RunStarted", run: null },
      { __typename: "RunProgressed", stream: "payments", records: "200", changed: "7", progress: 0.5 },
      { __typename: "RunFinished", status: "FAILED" },
      { __typename: "DeliveryReceived", delivery: null },
      { __typename: "DeliveryParked", delivery: null },
      { __typename: "RecordQuarantined", record: null },
      { __typename: "SourceStatusChanged", sourceStatus: "UNREACHABLE", previousStatus: "ACTIVE", statusReason: null },
      { __typename: "FindingOpened", finding: null },
      { __typename: "FindingClosed", finding: null },
    ]);
    await stream.return(undefined);
  });

  test("sends StreamReset when the cursor is older than retention, then is live (F101)", async () => {
    await log.append("reset", runStarted("1"), runStarted("2"), runStarted("3"));
    await log.deleteOlderThan("reset", -60_000);
    const stream = events("reset", { after: live.cursors.encodeEventCursor("reset", 1n) });
    const [position, reset] = await take(stream, 2);
    expect(position).toMatchObject({
      __typename: "StreamPosition",
      cursor: live.cursors.encodeEventCursor("reset", 1n),
    });
    expect(reset).toMatchObject({ __typename: "StreamReset", reason: "RETENTION" });
    expect(reset?.cursor).toBe(live.cursors.encodeEventCursor("reset", 3n));
    await log.append("reset", runStarted("4"));
    expect(await take(stream, 1)).toMatchObject([{ __typename: "RunStarted" }]);
    await stream.return(undefined);
  });

  test("refuses a cursor of another tenant, and a modified one (F96)", async () => {
    const foreign = live.cursors.encodeEventCursor("entities", 1n);
    for (const after of [foreign, `${foreign.startsWith("A") ? "B" : "A"}${foreign.slice(1)}`, "0", "x".repeat(200)]) {
      await expect(take(events("stolen", { after }), 1)).rejects.toThrow(/INVALID_CURSOR/);
    }
    for (const after of ["", "not base64url", "x".repeat(10_000), 1]) {
      // Refused by the gate: an `error` message, which the client throws as it is.
      await expect(take(events("stolen", { after }), 1)).rejects.toMatchObject([
        { extensions: { code: "BAD_USER_INPUT" } },
      ]);
    }
    expect(live.feed.open).toBe(0);
  });

  test("sends the events that the filter passes", async () => {
    const id = await writeParty("filtered", "One", 1n, "CREATED");
    await log.append("filtered", runStarted("run_1"), { kind: "RunFinished", runId: "run_2", status: "SUCCEEDED" });
    const after = live.cursors.encodeEventCursor("filtered", 0n);
    const typesOf = async (filter: Record<string, unknown>, count: number) => {
      const stream = events("filtered", { after, filter });
      const received = await take(stream, 1 + count); // after its position
      await stream.return(undefined);
      return received.slice(1).map((event) => event.__typename);
    };
    expect(await typesOf({ kinds: ["RUN_STARTED", "RUN_FINISHED"] }, 2)).toEqual(["RunStarted", "RunFinished"]);
    expect(await typesOf({ entityIds: [id], sourceIds: ["stripe-main"] }, 1)).toEqual(["EntityChanged"]);
    expect(await typesOf({ entityTypes: ["PARTY"], kinds: null }, 1)).toEqual(["EntityChanged"]);
    expect(await typesOf({ runIds: ["run_2"] }, 1)).toEqual(["RunFinished"]);
  });
});

describe("deliveries over the socket", () => {
  test("are announced when they arrive and when they are parked, to the subscribers of their tenant and filter", async () => {
    const places = SOURCES.map((sourceId) => ({ database: log.database, tenantId: "delivered", sourceId }));
    for (const place of places) await addDeliveries(place, [{ key: "evt_1", status: "PARKED" }]);
    const [main, other] = places.map((place) => idOf(place, "evt_1"));
    const stream = (filter: object) => events("delivered", { filter });
    const following = [
      stream({ kinds: ["DELIVERY_RECEIVED"] }),
      stream({ kinds: ["DELIVERY_PARKED"] }),
      stream({ kinds: ["DELIVERY_RECEIVED", "DELIVERY_PARKED"], sourceIds: ["other"] }),
    ];
    for (const one of following) await take(one, 1); // its position: from here on nothing is missed
    const expectedEvent = (kind: "DeliveryReceived" | "DeliveryParked", sourceId: string, deliveryId = "") => ({
      sourceId,
      body: { kind, deliveryId },
    });
    await log.database.transaction("delivered", (tx) =>
      appendEvents(tx, [
        expectedEvent("DeliveryReceived", "stripe-main", main),
        expectedEvent("DeliveryReceived", "other", other),
        expectedEvent("DeliveryParked", "other", other),
        expectedEvent("DeliveryParked", "stripe-main", main),
      ]),
    );
    const received: Received[][] = [];
    for (const one of following) received.push(await take(one, 2));
    for (const one of following) await one.return(undefined);
    const names = received.map((list) => list.map(({ __typename, source }) => [__typename, source?.id]));
    expect(names).toEqual([
      [
        ["DeliveryReceived", "stripe-main"],
        ["DeliveryReceived", "other"],
      ],
      [
        ["DeliveryParked", "other"],
        ["DeliveryParked", "stripe-main"],
      ],
      [
        ["DeliveryReceived", "other"],
        ["DeliveryParked", "other"],
      ],
    ]);
    expect(received[0]?.[0]).toMatchObject({
      delivery: { deliveryKey: "evt_1", status: "PARKED", size: bodyOf("evt_1").length },
    });
  });
});

describe("a client that resumes with its cursor", () => {
  test("startSync's cursor misses nothing that was written before the subscription began", async () => {
    const head = await log.append("resumed", runStarted("before"));
    const cursor = live.cursors.encodeEventCursor("resumed", head);
    await log.append("resumed", runStarted("between"));
    const stream = events("resumed", { after: cursor });
    expect((await take(stream, 2)).map((event) => [event.__typename, event.cursor])).toEqual([
      ["StreamPosition", cursor],
      ["RunStarted", live.cursors.encodeEventCursor("resumed", head + 1n)],
    ]);
    await stream.return(undefined);
  });
});
