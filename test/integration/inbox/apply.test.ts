import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { apply } from "../../../src/ingest/apply/apply.ts";
import { encodePayloads } from "../../../src/ingest/apply/encode-payloads.ts";
import { connector } from "../../../src/connectors/stripe/index.ts";
import { stripeWebhook } from "../../../src/connectors/stripe/webhook.ts";
import type { ObjectMessage } from "../../../src/connector-api/messages.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createPausedDeliveries } from "../../../src/ingest/webhooks/announce-paused.ts";
import { createUnfinishedAttempts } from "../../../src/ingest/webhooks/unfinished-attempts.ts";
import { applyDeliveries } from "../../../src/ingest/webhooks/apply-deliveries.ts";
import { createRecentBodies } from "../../../src/ingest/webhooks/recent-bodies.ts";
import { migrate } from "../../../src/store/migrate.ts";
import type { Source } from "../../../src/sources/source.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";
import { countRoundTrips } from "../../helpers/round-trips.ts";
import { deliver, sign } from "../../helpers/stripe-deliveries.ts";
import { startStripeTruth, type StripeTruth } from "../../helpers/stripe-truth.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

const SECRET = "whsec_of_acme";

let database: TestDatabase;
let truth: StripeTruth;
let service: InboxService;
/** SQL statements that contain this text are refused by the server. */
let poison: string | undefined;

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
});
beforeEach(async () => {
  truth = await startStripeTruth();
  poison = undefined;
  const config = { baseUrl: truth.url, apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config }],
  });
});
afterEach(async () => {
  await service.db.transaction("acme", async (tx) => {
    for (const table of ["deliveries", "parties", "events", "refetches", "findings", "sources"]) {
      await tx.query(`delete from ${table}`);
    }
  });
  await service[Symbol.asyncDispose]();
  await truth[Symbol.asyncDispose]();
});
afterAll(() => database.close());

async function send(...bodies: readonly string[]): Promise<void> {
  for (const body of bodies) expect((await deliver(service.url, "stripe-acme", sign(body, SECRET))).status).toBe(200);
}

function query(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  return service.db.transaction("acme", (tx) => tx.query(text, values));
}

const names = () =>
  query("select external_id, name, deleted_at is not null as deleted, via from parties order by external_id");

/** Nothing remains to be applied or fetched again. */
async function quiet(): Promise<boolean> {
  const rows = await query("select 1 from deliveries where status = 'PENDING' union all select 1 from refetches");
  return rows.length === 0;
}
const waitUntilIdle = () => eventually("everything is applied and settled", quiet);

describe("applying deliveries", () => {
  test("writes the object, links it to the delivery, and notifies subscribers once", async () => {
    const event = truth.put("cus_1", "Ada");
    await send(event);
    await waitUntilIdle();
    expect(await names()).toEqual([{ external_id: "cus_1", name: "Ada", deleted: false, via: "WEBHOOK" }]);
    expect(
      await query(
        "select d.status, d.attempts, d.finished_at is not null as done, p.raw_path, p.raw_hash from deliveries d join parties p on p.delivery_id = d.id",
      ),
    ).toEqual([{ status: "APPLIED", attempts: 1, done: true, raw_path: "/data/object", raw_hash: null }]);
    expect(await query("select data from events where kind = 'EntityChanged'")).toEqual([
      { data: { change: "CREATED" } },
    ]);
  });

  test("applies the newer of two events, in any order of arrival", async () => {
    const first = truth.put("cus_1", "Ada");
    truth.pass(5_000);
    const second = truth.put("cus_1", "Ada King");
    await send(second);
    await waitUntilIdle();
    await send(first);
    await waitUntilIdle();
    expect(await names()).toMatchObject([{ name: "Ada King", via: "WEBHOOK" }]);
    expect(truth.requests).toEqual([]);
  });

  test("fetches the object for two events of one second, where the stale one arrives last (F43)", async () => {
    const created = truth.put("cus_1", "Ada");
    truth.pass(2_000);
    const stale = truth.put("cus_1", "Ada B");
    const newest = truth.put("cus_1", "Ada King");
    truth.pass(5_000);
    await send(created, newest);
    await waitUntilIdle();
    await send(stale);
    await waitUntilIdle();
    expect(await names()).toEqual([{ external_id: "cus_1", name: "Ada King", deleted: false, via: "READ_THROUGH" }]);
    expect(truth.requests).toContain("/v1/customers/cus_1");
  });

  test("keeps an object deleted when an update arrives later (F44)", async () => {
    const created = truth.put("cus_1", "Ada");
    truth.pass(1_000);
    const updated = truth.put("cus_1", "Ada King");
    const deleted = truth.remove("cus_1") ?? "";
    await send(created, deleted);
    await waitUntilIdle();
    await send(updated);
    await waitUntilIdle();
    expect(await names()).toMatchObject([{ external_id: "cus_1", deleted: true }]);
    expect(truth.requests).toEqual([]);
  });

  test("does not let a backfill page that was read earlier overwrite a webhook (F47)", async () => {
    truth.put("cus_1", "Ada");
    truth.put("cus_2", "Bob");
    const page = await readCustomers();
    truth.pass(3_000);
    await send(truth.put("cus_1", "Ada King"));
    await waitUntilIdle();
    await applyPage(page);
    await waitUntilIdle();
    expect(await names()).toEqual([
      { external_id: "cus_1", name: "Ada King", deleted: false, via: "WEBHOOK" },
      { external_id: "cus_2", name: "Bob", deleted: false, via: "POLL" },
    ]);
    const change = await query("select data from events where kind = 'EntityChanged' order by seq");
    expect(change).toEqual([{ data: { change: "CREATED" } }, { data: { change: "CREATED" } }]);
  });

  test("parks a delivery that is not an event, at once and with its bytes, and continues", async () => {
    await send('{"not": "an event"}', "<html>", truth.put("cus_1", "Ada"));
    await eventually(
      "all are finished",
      async () => (await query("select 1 from deliveries where finished_at is null")).length === 0,
    );
    const parked = await query(
      "select id, attempts, error_code, error_message, body from deliveries join delivery_bodies on delivery_id = id where status = 'PARKED'",
    );
    expect(parked).toHaveLength(2);
    for (const row of parked) expect(row).toMatchObject({ attempts: 1, error_code: "DELIVERY_MALFORMED" });
    const announced = await query("select data ->> 'deliveryId' as id from events where kind = 'DeliveryParked'");
    expect(new Set(announced.map(({ id }) => id))).toEqual(new Set(parked.map(({ id }) => id)));
    expect(announced).toHaveLength(2);
    expect(await names()).toMatchObject([{ name: "Ada" }]);
  });

  test("replays a delivery without a second effect, and finds none of another tenant", async () => {
    await send(truth.put("cus_1", "Ada"));
    await waitUntilIdle();
    const [row] = await query("select id from deliveries");
    const id = String(row?.["id"]);
    await expect(service.inbox.replayDelivery("umbrella", id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const replayed = await service.inbox.replayDelivery("acme", id);
    expect(replayed).toMatchObject({
      id,
      sourceId: "stripe-acme",
      status: "PENDING",
      attempts: 0,
      eventType: "customer.created",
    });
    await waitUntilIdle();
    expect(await query("select status, attempts from deliveries")).toEqual([{ status: "APPLIED", attempts: 1 }]);
    expect(await query("select 1 from events where kind = 'EntityChanged'")).toHaveLength(1);
  });

  test("a range of parked deliveries that an operator replays twice has one effect (F114)", async () => {
    await query("update sources set status = 'PAUSED' where id = 'stripe-acme'");
    const bodies = Array.from({ length: 20 }, (_, index) => truth.put(`cus_${index}`, `Name ${index}`));
    await send(...bodies);
    await query("update deliveries set status = 'PARKED', finished_at = now()");
    await query("update sources set status = 'ACTIVE' where id = 'stripe-acme'");
    const replay = () =>
      service.inbox.replayDeliveries("acme", { filter: { status: ["PARKED", "APPLIED"] }, limit: 1_000 });
    await Promise.all([replay(), replay()]);
    await waitUntilIdle();
    const once = bodies.map(() => ({ change: "CREATED" }));
    expect((await query("select data from events where kind = 'EntityChanged'")).map(({ data }) => data)).toEqual(once);
    expect(await replay()).toMatchObject({ count: 20 });
    await waitUntilIdle();
    expect((await query("select data from events where kind = 'EntityChanged'")).map(({ data }) => data)).toEqual(once);
    expect(await query("select distinct status from deliveries")).toEqual([{ status: "APPLIED" }]);
    expect(await names()).toHaveLength(20);
    expect(await query("select 1 from findings")).toEqual([]);
  });

  test("stores deliveries of a paused source and applies them when it is resumed", async () => {
    await query("update sources set status = 'PAUSED' where id = 'stripe-acme'");
    await send(truth.put("cus_1", "Ada"));
    await using other = await startInboxService({
      connection: database.connection,
      sources: [
        {
          id: "stripe-other",
          tenantId: "acme",
          config: { baseUrl: truth.url, apiKey: "sk_test_1", webhookSecrets: [SECRET] },
        },
      ],
    });
    await deliver(other.url, "stripe-other", sign(truth.put("cus_2", "Bob"), SECRET));
    await eventually("the other source is applied", async () => (await names()).length === 1);
    expect(await query("select status, attempts from deliveries where source_id = 'stripe-acme'")).toEqual([
      { status: "PENDING", attempts: 0 },
    ]);
    await query("update sources set status = 'ACTIVE' where id = 'stripe-acme'");
    await waitUntilIdle();
    expect(await names()).toHaveLength(2);
  });

  test("applies each delivery alone when the database refuses the set, so that one stops only itself", async () => {
    const idle = await idleSource();
    const bodies = ["Ada", "Mallory", "Bob"].map((name, index) => truth.put(`cus_${index}`, name));
    for (const body of bodies) await idle.ingest(body);
    poison = "Mallory";
    const round = await idle.round();
    expect(round).toMatchObject({ taken: 3, applied: 2, parked: 0 });
    expect(round.agesMs.map((age) => age >= 0)).toEqual([true, true]);
    expect((await names()).map(({ name }) => name)).toEqual(["Ada", "Bob"]);
    expect(
      await query(
        `select deliveries.attempts, deliveries.error_code, tries.next_attempt_at > tries.at as later
         from deliveries join delivery_attempts tries on delivery_id = id where status = 'PENDING'`,
      ),
    ).toEqual([{ attempts: 1, error_code: "INTERNAL", later: true }]);
    expect(await query("select 1 from events where kind = 'DeliveryReceived'")).toHaveLength(3);
    await query("update deliveries set next_attempt_at = now(), attempts = 7 where status = 'PENDING'");
    expect(await idle.round()).toMatchObject({ taken: 1, applied: 0, parked: 1 });
    expect(await query("select attempts, error_code from deliveries where status = 'PARKED'")).toEqual([
      { attempts: 8, error_code: "INTERNAL" },
    ]);
    await idle.close();
  });

  test("retries later when parsing fails for a temporary reason", async () => {
    const idle = await idleSource(() => {
      throw new ServiceError("OVERLOADED", "the parser is busy", { retryAfterMs: 60_000 });
    });
    await idle.ingest(truth.put("cus_1", "Ada"));
    expect(await idle.round()).toMatchObject({ taken: 1, applied: 0, parked: 0 });
    expect(
      await query(
        "select status, attempts, error_code, next_attempt_at > now() + interval '50 seconds' as later from deliveries",
      ),
    ).toEqual([{ status: "PENDING", attempts: 1, error_code: "OVERLOADED", later: true }]);
    expect(await idle.round()).toMatchObject({ taken: 0 });
    await idle.close();
  });
});

test("a delivery is marked as applied in the round trip of its events", async () => {
  const idle = await idleSource();
  await idle.ingest(truth.put("cus_1", "Ada"));
  const trips: number[] = [];
  const round = await idle.round((db) => ({
    ...db,
    transaction: (tenantId, work, options) =>
      db.transaction(
        tenantId,
        async (tx) => {
          const counted = countRoundTrips(tx);
          const result = await work(counted.tx);
          trips.push(counted.trips());
          return result;
        },
        options,
      ),
  }));
  expect(round).toMatchObject({ taken: 1, applied: 1 });
  // the delivery, its body, its object, a quarantined state of the object, its mark with the events
  expect(trips.at(-1)).toBe(5);
  await idle.close();
});

/** A service that applies only on request, with a source whose parser may be replaced. */
async function idleSource(parse?: () => never) {
  const own = await startInboxService({
    connection: database.connection,
    sources: [
      {
        id: "stripe-idle",
        tenantId: "acme",
        config: { baseUrl: truth.url, apiKey: "sk_test_1", webhookSecrets: [SECRET] },
      },
    ],
    idle: true,
  });
  const [source] = own.sources;
  if (source === undefined) throw new Error("one source was configured");
  const webhook = parse === undefined ? stripeWebhook : { ...stripeWebhook, parse };
  return {
    ingest: (body: string) => deliver(own.url, "stripe-idle", sign(body, SECRET)),
    round: (around: (db: InboxService["db"]) => InboxService["db"] = poisoned) =>
      applyDeliveries({
        db: around(own.db),
        source: { ...source, connector: { ...connector, webhook } },
        maxSet: 100,
        maxAttempts: 8,
        recent: createRecentBodies(1),
        paused: createPausedDeliveries(source.id),
        unfinished: createUnfinishedAttempts(),
        random: Math.random,
        signal: new AbortController().signal,
      }),
    close: () => own[Symbol.asyncDispose](),
  };
}

/** Its server refuses an SQL statement that contains the poison. */
function poisoned(db: InboxService["db"]): InboxService["db"] {
  return {
    ...db,
    transaction: (tenantId, work) =>
      db.transaction(tenantId, (tx) =>
        work({
          ...tx,
          query: (text, values) =>
            poison !== undefined && JSON.stringify(values)?.includes(poison) && text.includes("parties")
              ? tx.query("select 1 / 0")
              : tx.query(text, values),
        }),
      ),
  };
}

async function readCustomers(): Promise<ObjectMessage[]> {
  const source = soleSource();
  const messages: ObjectMessage[] = [];
  const stream = source.connector.read({
    config: source.config,
    client: source.client("backfill"),
    stream: "customers",
    cursor: undefined,
    range: undefined,
    nowMs: Date.now(),
    signal: AbortSignal.timeout(WAIT_LIMIT_MS),
  });
  for await (const message of stream) {
    if ("raw" in message) messages.push(message);
  }
  return messages;
}

async function applyPage(messages: readonly ObjectMessage[]): Promise<void> {
  const items = messages.map((message) => ({ message, deliveryId: undefined }));
  const payloads = await encodePayloads(items);
  await service.db.transaction("acme", async (tx) => {
    const applied = await apply(tx, {
      sourceId: soleSource().id,
      via: "POLL",
      items,
      runId: undefined,
      renames: [],
      requestedAt: undefined,
      payloads,
    });
    await appendEvents(tx, applied.events);
  });
}

function soleSource(): Source {
  const [source] = service.sources;
  if (source === undefined) throw new Error("one source was configured");
  return source;
}
