import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";

const WHY = { reason: "a test of the provider", by: "grace" };
const PAUSE = "update sources set status = $1 where id = 'main'";

let service: WebhookService;

beforeAll(async () => {
  const webhook = plainWebhook();
  service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook }), scriptedSource({ pages: {}, webhook }, { id: "other" })],
  });
});
beforeEach(async () => {
  await service.query(PAUSE, ["ACTIVE"]);
  for (const table of ["deliveries", "delivery_bodies", "delivery_attempts", "events", "parties"])
    await service.query(`delete from ${table}`);
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function send(id: string, body = JSON.stringify({ id, parties: [[id, id, 1]] }), sourceId = "main") {
  expect((await service.post(body, PLAIN_HEADERS, sourceId)).status).toBe(200);
}

/** Keys of deliveries by their status. */
async function statuses(): Promise<Record<string, string[]>> {
  const rows = await service.query("select delivery_key, status from deliveries order by received_at, id");
  const keys: Record<string, string[]> = {};
  for (const row of rows) (keys[String(row["status"])] ??= []).push(String(row["delivery_key"]));
  return keys;
}

const waitUntilIdle = () =>
  eventually(
    "nothing waits",
    async () => (await service.query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );

async function idOf(key: string): Promise<string> {
  const [row] = await service.query("select id from deliveries where delivery_key like $1", [`${key}%`]);
  return String(row?.["id"]);
}

describe("a discarded delivery", () => {
  test("keeps its reason and is not applied, until it is replayed", async () => {
    await service.query(PAUSE, ["PAUSED"]);
    await send("e1");
    const id = await idOf("e1");
    expect(await service.inbox.discardDelivery("acme", id, WHY)).toMatchObject({
      status: "DISCARDED",
      discardReason: WHY.reason,
      discardedBy: WHY.by,
    });
    const again = await service.inbox.discardDelivery("acme", id, { reason: "another", by: "eve" });
    expect(again).toMatchObject({ discardReason: WHY.reason, discardedBy: WHY.by });
    await service.query(PAUSE, ["ACTIVE"]);
    await send("e2");
    await waitUntilIdle();
    expect(await statuses()).toEqual({ DISCARDED: ["e1"], APPLIED: ["e2"] });
    await send("e1"); // a later duplicate is still recognised
    expect(await statuses()).toEqual({ DISCARDED: ["e1"], APPLIED: ["e2"] });
    const replayed = await service.inbox.replayDelivery("acme", id);
    expect(replayed).toMatchObject({ status: "PENDING", discardReason: undefined, discardedBy: undefined });
    await waitUntilIdle();
    expect(await statuses()).toEqual({ APPLIED: ["e1", "e2"] });
  });

  test("must exist, be the tenant's own and not be applied yet", async () => {
    await send("e1");
    await waitUntilIdle();
    const id = await idOf("e1");
    await expect(service.inbox.discardDelivery("acme", id, WHY)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(service.inbox.discardDelivery("umbrella", id, WHY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await service.inbox.discardDeliveries("umbrella", { filter: {}, limit: 10 }, WHY)).toEqual({
      count: 0,
      end: undefined,
    });
  });
});

describe("many deliveries at once", () => {
  test("are discarded by a filter, the oldest first, up to the limit, and applied ones are skipped", async () => {
    await send("applied");
    await waitUntilIdle();
    for (const key of ["x1", "x2", "x3"]) await send(key, key);
    await send("other", "y1", "other");
    await waitUntilIdle();
    expect(await service.inbox.discardDeliveries("acme", { filter: { sourceIds: ["main"] }, limit: 2 }, WHY)).toEqual({
      count: 2,
      end: expect.anything(),
    });
    const parked = await service.query(
      "select body from deliveries join delivery_bodies on delivery_id = id where status = 'PARKED'",
    );
    expect(parked.map(({ body }) => String(body)).toSorted()).toEqual(["x3", "y1"]);
    expect(await service.inbox.discardDeliveries("acme", { filter: {}, limit: 10 }, WHY)).toEqual({
      count: 2,
      end: undefined,
    });
    expect((await statuses())["APPLIED"]).toEqual(["applied"]);
  });

  test("are replayed by a filter with the same effects as one replay, and those that are pending or have no body are skipped", async () => {
    for (const key of ["e1", "e2", "e3", "e4"]) await send(key);
    await waitUntilIdle();
    await service.query("delete from delivery_bodies where delivery_id = $1", [await idOf("e2")]);
    const one = await service.inbox.replayDeliveries("acme", { filter: { status: ["APPLIED"] }, limit: 1 });
    expect(one).toEqual({ count: 1, end: expect.anything() });
    await waitUntilIdle();
    expect(await service.inbox.replayDeliveries("acme", { filter: { eventTypes: ["nothing"] }, limit: 10 })).toEqual({
      count: 0,
      end: undefined,
    });
    expect(await service.inbox.replayDeliveries("acme", { filter: {}, limit: 10 })).toEqual({
      count: 3,
      end: undefined,
    });
    await waitUntilIdle();
    expect(
      await service.query("select delivery_key, attempts, earlier_attempts from deliveries order by delivery_key"),
    ).toEqual([
      { delivery_key: "e1", attempts: 1, earlier_attempts: 2 },
      { delivery_key: "e2", attempts: 1, earlier_attempts: 0 },
      { delivery_key: "e3", attempts: 1, earlier_attempts: 1 },
      { delivery_key: "e4", attempts: 1, earlier_attempts: 1 },
    ]);
    expect(await service.query("select 1 from delivery_attempts where outcome = 'APPLIED'")).toHaveLength(3 + 2 + 2);
    expect(await service.query("select 1 from events where kind = 'EntityChanged'")).toHaveLength(4); // announced once in all
    await expect(service.inbox.replayDelivery("acme", await idOf("e2"))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("the arrival of a delivery is announced once, before its changes", () => {
  const announced = async () => {
    const rows = await service.query(
      `select kind, coalesce(delivery_key, 'a party') as what from events
       left join deliveries on deliveries.id = data ->> 'deliveryId' order by seq`,
    );
    return rows.map(({ kind, what }) => `${String(kind)} ${String(what)}`);
  };

  test("when it is first claimed, and not again by a replay", async () => {
    await send("e1");
    await waitUntilIdle();
    await service.inbox.replayDelivery("acme", await idOf("e1"));
    await waitUntilIdle();
    expect(await announced()).toEqual(["DeliveryReceived e1", "EntityChanged a party"]);
  });

  test("also while its source is paused, in the order of arrival, and not again later", async () => {
    await service.query(PAUSE, ["PAUSED"]);
    for (const key of ["e1", "e2", "e3"]) await send(key);
    await eventually("all are told", async () => (await announced()).length === 3);
    expect(await announced()).toEqual(["DeliveryReceived e1", "DeliveryReceived e2", "DeliveryReceived e3"]);
    expect(await statuses()).toEqual({ PENDING: ["e1", "e2", "e3"] });
    await send("e4");
    await eventually("the next one is told", async () => (await announced()).length === 4);
    await service.query(PAUSE, ["ACTIVE"]);
    await waitUntilIdle();
    const all = await announced();
    expect(all.filter((line) => line.startsWith("DeliveryReceived"))).toHaveLength(4);
    expect(all.filter((line) => line.startsWith("EntityChanged"))).toHaveLength(4);
  });

  test("for a delivery that is discarded before it was claimed", async () => {
    await using idle = await startWebhookService({
      sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
      idle: true,
    });
    for (const id of ["e1", "e2"]) expect((await idle.post(JSON.stringify({ id }), PLAIN_HEADERS)).status).toBe(200);
    expect(await idle.inbox.discardDeliveries("acme", { filter: {}, limit: 10 }, WHY)).toEqual({
      count: 2,
      end: undefined,
    });
    const rows = await idle.query(
      "select delivery_key from events join deliveries on id = data ->> 'deliveryId' where kind = 'DeliveryReceived' order by seq",
    );
    expect(rows).toEqual([{ delivery_key: "e1" }, { delivery_key: "e2" }]);
  });

  test("for a delivery that is parked", async () => {
    await send("x", "no JSON");
    await waitUntilIdle();
    const [first, second] = await announced();
    expect([first, second]).toEqual([
      expect.stringMatching(/^DeliveryReceived sha256:/),
      expect.stringMatching(/^DeliveryParked sha256:/),
    ]);
  });
});
