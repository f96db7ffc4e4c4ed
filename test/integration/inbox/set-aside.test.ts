import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";

const WHY = { reason: "a test of the provider", by: "grace" };
const PAUSE = "update sources set paused = $1 where id = 'main'";

let service: WebhookService;

beforeAll(async () => {
  const webhook = plainWebhook();
  service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook }), scriptedSource({ pages: {}, webhook }, { id: "other" })],
  });
});
beforeEach(async () => {
  await service.query(PAUSE, [false]);
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

const settled = () =>
  eventually(
    "nothing waits",
    async () => (await service.query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );

async function idOf(key: string): Promise<string> {
  const [row] = await service.query("select id from deliveries where delivery_key like $1", [`${key}%`]);
  return String(row?.["id"]);
}

describe("a delivery that is discarded", () => {
  test("keeps its reason and is not applied, until a replay brings it back", async () => {
    await service.query(PAUSE, [true]);
    await send("e1");
    const id = await idOf("e1");
    expect(await service.inbox.discardDelivery("acme", id, WHY)).toMatchObject({
      status: "DISCARDED",
      discardReason: WHY.reason,
      discardedBy: WHY.by,
    });
    const again = await service.inbox.discardDelivery("acme", id, { reason: "another", by: "eve" });
    expect(again).toMatchObject({ discardReason: WHY.reason, discardedBy: WHY.by });
    await service.query(PAUSE, [false]);
    await send("e2");
    await settled();
    expect(await statuses()).toEqual({ DISCARDED: ["e1"], APPLIED: ["e2"] });
    await send("e1"); // a duplicate of it stays one
    expect(await statuses()).toEqual({ DISCARDED: ["e1"], APPLIED: ["e2"] });
    const replayed = await service.inbox.replayDelivery("acme", id);
    expect(replayed).toMatchObject({ status: "PENDING", discardReason: undefined, discardedBy: undefined });
    await settled();
    expect(await statuses()).toEqual({ APPLIED: ["e1", "e2"] });
  });

  test("was not applied before, is the tenant's own, and exists", async () => {
    await send("e1");
    await settled();
    const id = await idOf("e1");
    await expect(service.inbox.discardDelivery("acme", id, WHY)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(service.inbox.discardDelivery("umbrella", id, WHY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await service.inbox.discardDeliveries("umbrella", {}, 10, WHY)).toEqual({ count: 0, more: false });
  });
});

describe("many deliveries at once", () => {
  test("are discarded by a filter, the oldest first, up to the limit; what is applied is passed over", async () => {
    await send("applied");
    await settled();
    for (const key of ["x1", "x2", "x3"]) await send(key, key);
    await send("other", "y1", "other");
    await settled();
    expect(await service.inbox.discardDeliveries("acme", { sourceIds: ["main"] }, 2, WHY)).toEqual({
      count: 2,
      more: true,
    });
    const parked = await service.query(
      "select body from deliveries join delivery_bodies on delivery_id = id where status = 'PARKED'",
    );
    expect(parked.map(({ body }) => String(body)).toSorted()).toEqual(["x3", "y1"]);
    expect(await service.inbox.discardDeliveries("acme", {}, 10, WHY)).toEqual({ count: 2, more: false });
    expect((await statuses())["APPLIED"]).toEqual(["applied"]);
  });

  test("are replayed by a filter, with all that a replay of one does, and those that wait or have no body are passed over", async () => {
    for (const key of ["e1", "e2", "e3", "e4"]) await send(key);
    await settled();
    await service.query("delete from delivery_bodies where delivery_id = $1", [await idOf("e2")]);
    const one = await service.inbox.replayDeliveries("acme", { status: ["APPLIED"] }, 1);
    expect(one).toEqual({ count: 1, more: true });
    await settled();
    expect(await service.inbox.replayDeliveries("acme", { eventTypes: ["nothing"] }, 10)).toEqual({
      count: 0,
      more: false,
    });
    expect(await service.inbox.replayDeliveries("acme", {}, 10)).toEqual({ count: 3, more: false });
    await settled();
    expect(
      await service.query("select delivery_key, attempts, earlier_attempts from deliveries order by delivery_key"),
    ).toEqual([
      { delivery_key: "e1", attempts: 1, earlier_attempts: 2 },
      { delivery_key: "e2", attempts: 1, earlier_attempts: 0 },
      { delivery_key: "e3", attempts: 1, earlier_attempts: 1 },
      { delivery_key: "e4", attempts: 1, earlier_attempts: 1 },
    ]);
    expect(await service.query("select 1 from delivery_attempts where outcome = 'APPLIED'")).toHaveLength(3 + 2 + 2);
    expect(await service.query("select 1 from events where kind = 'EntityChanged'")).toHaveLength(4); // once, for all that
    await expect(service.inbox.replayDelivery("acme", await idOf("e2"))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("that a delivery has come is told once, before what it changes", () => {
  const told = async () => {
    const rows = await service.query(
      `select kind, coalesce(delivery_key, 'a party') as what from events
       left join deliveries on deliveries.id = data ->> 'deliveryId' order by seq`,
    );
    return rows.map(({ kind, what }) => `${String(kind)} ${String(what)}`);
  };

  test("when it is first taken up, and not again by a replay", async () => {
    await send("e1");
    await settled();
    await service.inbox.replayDelivery("acme", await idOf("e1"));
    await settled();
    expect(await told()).toEqual(["DeliveryReceived e1", "EntityChanged a party"]);
  });

  test("also while its source is paused, in the order of arrival, and then not again", async () => {
    await service.query(PAUSE, [true]);
    for (const key of ["e1", "e2", "e3"]) await send(key);
    await eventually("all are told", async () => (await told()).length === 3);
    expect(await told()).toEqual(["DeliveryReceived e1", "DeliveryReceived e2", "DeliveryReceived e3"]);
    expect(await statuses()).toEqual({ PENDING: ["e1", "e2", "e3"] });
    await send("e4");
    await eventually("the next one is told", async () => (await told()).length === 4);
    await service.query(PAUSE, [false]);
    await settled();
    const all = await told();
    expect(all.filter((line) => line.startsWith("DeliveryReceived"))).toHaveLength(4);
    expect(all.filter((line) => line.startsWith("EntityChanged"))).toHaveLength(4);
  });

  test("of one that is discarded before anybody took it up", async () => {
    await using idle = await startWebhookService({
      sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
      idle: true,
    });
    for (const id of ["e1", "e2"]) expect((await idle.post(JSON.stringify({ id }), PLAIN_HEADERS)).status).toBe(200);
    expect(await idle.inbox.discardDeliveries("acme", {}, 10, WHY)).toEqual({ count: 2, more: false });
    const rows = await idle.query(
      "select delivery_key from events join deliveries on id = data ->> 'deliveryId' where kind = 'DeliveryReceived' order by seq",
    );
    expect(rows).toEqual([{ delivery_key: "e1" }, { delivery_key: "e2" }]);
  });

  test("of one that is parked", async () => {
    await send("x", "no JSON");
    await settled();
    const [first, second] = await told();
    expect([first, second]).toEqual([
      expect.stringMatching(/^DeliveryReceived sha256:/),
      expect.stringMatching(/^DeliveryParked sha256:/),
    ]);
  });
});
