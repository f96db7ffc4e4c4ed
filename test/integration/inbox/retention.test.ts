import { describe, expect, test } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import { createInbox } from "../../../src/ingest/webhooks/inbox.ts";
import { dropOldBodies } from "../../../src/ingest/webhooks/delivery-bodies/drop-old.ts";
import { makeDeliveryPartitions } from "../../../src/ingest/webhooks/delivery-bodies/make-partitions.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const DAY_MS = 86_400_000;

const start = () => startWebhookService({ sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })] });

async function asOwner(service: WebhookService, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(service.store.connection);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Number of bodies by partition, without the prefix of its name. */
async function places(service: WebhookService): Promise<Record<string, number>> {
  const rows = await asOwner(
    service,
    "select replace(tableoid::regclass::text, 'sluice.delivery_bodies_', '') as place, count(*)::int as count from sluice.delivery_bodies group by 1",
  );
  return Object.fromEntries(rows.map(({ place, count }) => [String(place), Number(count)]));
}

/** Moves all deliveries so far into the past. */
async function age(service: WebhookService, days: number): Promise<void> {
  await service.query("update deliveries set received_at = received_at - $1 * interval '1 day'", [days]);
  await service.query("update delivery_bodies set received_at = received_at - $1 * interval '1 day'", [days]);
}

async function send(service: WebhookService, ...bodies: readonly string[]): Promise<void> {
  for (const body of bodies) expect((await service.post(body, PLAIN_HEADERS)).status).toBe(200);
  await eventually(
    "nothing waits",
    async () => (await service.query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );
}

const event = (id: string) => JSON.stringify({ id, parties: [[id, id, 1]] });

describe("bodies of deliveries", () => {
  test("are in partitions by week, created once by any number of concurrent starts, and so are earlier bodies", async () => {
    await using service = await start();
    await send(service, event("before"));
    expect(await places(service)).toEqual({ rest: 1 });
    const { connection } = service.store;
    const made = await Promise.all(Array.from({ length: 4 }, () => makeDeliveryPartitions({ connection })));
    const names = made.flat();
    expect(names).toHaveLength(9);
    expect(new Set(names).size).toBe(9);
    for (const name of names) {
      const [, year, month, day] = /^delivery_bodies_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
      expect(new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDay()).toBe(1);
    }
    await send(service, event("after"));
    expect(Object.values(await places(service))).toEqual([2]);
    expect(await makeDeliveryPartitions({ connection })).toEqual([]);
    expect(await service.query("select 1 from delivery_bodies")).toHaveLength(2);
    const wall = service.store.db.read("umbrella", (tx) => tx.query("select 1 from delivery_bodies"));
    expect(await wall).toEqual([]);
    await expect(service.query(`select 1 from ${names[0]}`)).rejects.toMatchObject({ code: "INTERNAL" }); // not ours to read
  });

  test("are deleted after the retention, except parked ones, and a duplicate of 40 days ago is still recognised (F40)", async () => {
    await using service = await start();
    const { connection } = service.store;
    await makeDeliveryPartitions({ connection, from: new Date(Date.now() - 63 * DAY_MS) });
    await makeDeliveryPartitions({ connection });
    await send(service, event("old"), event("discarded"), "parked");
    await service.query("update deliveries set status = 'DISCARDED' where delivery_key = 'discarded'");
    await age(service, 40);
    await send(service, event("young"));
    await dropOldBodies({ connection, retentionDays: 50 });
    expect(await service.query("select 1 from delivery_bodies")).toHaveLength(4);
    const partitions = "select 1 from pg_inherits where inhparent = 'sluice.delivery_bodies'::regclass";
    const before = (await asOwner(service, partitions)).length;

    await Promise.all([1, 2].map(() => dropOldBodies({ connection, retentionDays: 30 })));
    expect((await asOwner(service, partitions)).length).toBeLessThan(before);
    const kept = await service.query("select body from delivery_bodies");
    expect(kept.map(({ body }) => String(body)).toSorted()).toEqual([event("young"), "parked"].toSorted());
    expect(await places(service)).toMatchObject({ rest: 1 });

    await send(service, event("old"));
    expect(service.inbox.stats()).toMatchObject({ duplicate: 1, conflicting: 0 });
    expect(await service.query("select 1 from events where kind = 'EntityChanged'")).toHaveLength(3);
    const [old] = await service.query("select id from deliveries where delivery_key = 'old'");
    await expect(service.inbox.replayDelivery("acme", String(old?.["id"]))).rejects.toThrow("no longer kept");
    expect(
      await service.inbox.replayDeliveries("acme", {
        filter: { receivedTo: new Date(Date.now() - DAY_MS).toISOString() },
        limit: 10,
      }),
    ).toEqual({
      count: 1,
      end: undefined,
    }); // the parked one
  });

  test("of parked deliveries are deleted once they are finished and older", async () => {
    await using service = await start();
    const { connection } = service.store;
    await send(service, "parked", event("old"));
    await age(service, 100);
    await dropOldBodies({ connection, retentionDays: 90 });
    expect((await service.query("select body from delivery_bodies")).map(({ body }) => String(body))).toEqual([
      "parked",
    ]);
    await service.inbox.discardDeliveries("acme", { filter: {}, limit: 10 }, { reason: "no use", by: "ada" });
    await dropOldBodies({ connection, retentionDays: 90 });
    expect(await service.query("select 1 from delivery_bodies")).toEqual([]);
    expect(await service.query("select 1 from deliveries")).toHaveLength(2);
  });

  test("that are deleted before their delivery is applied park it, with an explanation", async () => {
    await using service = await startWebhookService({
      sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
      idle: true,
    });
    await service.post(event("e1"), PLAIN_HEADERS);
    await service.query("delete from delivery_bodies");
    await service.inbox.close(5_000); // and with it this process's cache
    await using _next = startOn(service);
    const [parked] = await eventually("it is parked", async () => {
      const rows = await service.query("select error_code, error_message from deliveries where status = 'PARKED'");
      return rows.length > 0 && rows;
    });
    expect(parked).toEqual({
      error_code: "INVALID_INPUT",
      error_message: "the delivery's body is no longer kept, so it can't be applied again",
    });
  });
});

/** Another process on the same database. */
function startOn(service: WebhookService): AsyncDisposable {
  const inbox = createInbox({
    db: service.store.db,
    sources: registryOf([scriptedSource({ pages: {}, webhook: plainWebhook() })]),
    log: pino({ level: "silent" }),
    now: Date.now,
    random: Math.random,
    wakeUps: createWakeUps(),
  });
  inbox.start();
  return { [Symbol.asyncDispose]: () => inbox.close(5_000) };
}
