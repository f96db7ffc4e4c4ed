import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { startStripeTruth } from "../../helpers/stripe-truth.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

const SECRET = "whsec_of_acme";

/** Stripe's connector with its expected state, on a database of its own. */
async function startStripeInbox() {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const truth = await startStripeTruth();
  const config = { baseUrl: truth.url, apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  const service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config }],
  });
  return {
    truth,
    send: async (body: string) => (await deliver(service.url, "stripe-acme", sign(body, SECRET))).status,
    query: (text: string) => service.db.transaction("acme", (tx) => tx.query(text)),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await truth[Symbol.asyncDispose]();
      await database.close();
    },
  };
}

describe("a thin event, which only names its object", () => {
  const thin = (id: string) =>
    eventBody({ type: "customer.updated", object: { id, object: "customer" } }).replace(
      "2026-10-28.endive",
      "2020-01-01",
    );

  test("of a deleted object writes a tombstone and requests nothing more (F60)", async () => {
    await using inbox = await startStripeInbox();
    expect(await inbox.send(thin("cus_gone"))).toBe(200);
    await eventually(
      "it is settled",
      async () =>
        (await inbox.query("select 1 from parties where deleted_at is not null and external_id = 'cus_gone'"))
          .length === 1,
    );
    expect(await inbox.query("select status, attempts from deliveries")).toEqual([{ status: "APPLIED", attempts: 1 }]);
    expect(await inbox.query("select 1 from refetches")).toEqual([]);
    expect(inbox.truth.requests).toEqual(["/v1/customers/cus_gone"]);
    expect(await inbox.query("select effects -> 0 ->> 'kind' as kind from deliveries")).toEqual([{ kind: "REFETCH" }]);
  });

  test("of an existing object fetches its current state (F60)", async () => {
    await using inbox = await startStripeInbox();
    inbox.truth.put("cus_1", "Ada");
    expect(await inbox.send(thin("cus_1"))).toBe(200);
    await eventually("it is there", async () => (await inbox.query("select 1 from parties")).length === 1);
    expect(await inbox.query("select name, via from parties")).toEqual([{ name: "Ada", via: "READ_THROUGH" }]);
  });
});

test("signed bytes of any kind are parked unchanged, each alone, and the deliveries received with them are applied (F56) (F57)", async () => {
  await using inbox = await startStripeInbox();
  const bodies = [
    "\u{feff}{",
    '{"id":"\\u0000","type":"\\u0000"}',
    '{"id":"\\ud800"}',
    `${"[".repeat(100_000)}`,
    '{"__proto__":{"id":"evt_1"}}',
    '{"id":"evt_1","id":"evt_2"}',
    "1e400",
    "",
  ];
  for (const body of bodies) expect(await inbox.send(body)).toBe(200);
  expect(await inbox.send(inbox.truth.put("cus_1", "Ada"))).toBe(200);
  await eventually(
    "all are finished",
    async () => (await inbox.query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );
  const parked = await inbox.query(
    "select body, error_code, attempts from deliveries join delivery_bodies on delivery_id = id where status = 'PARKED'",
  );
  expect(new Set(parked.map(({ body }) => String(body)))).toEqual(new Set(bodies));
  for (const row of parked) expect(row).toMatchObject({ error_code: "DELIVERY_MALFORMED", attempts: 1 });
  expect(await inbox.query("select name from parties")).toEqual([{ name: "Ada" }]);
  expect(Object.prototype).not.toHaveProperty("id");
});

test("a delivery whose parser throws anything is parked alone, and the other deliveries of its object are applied (F58)", async () => {
  const readable = plainWebhook();
  const webhook = plainWebhook({
    parse(raw, config) {
      if (Buffer.from(raw.payload.bytes).includes("stack")) return deeper();
      if (Buffer.from(raw.payload.bytes).includes("busy")) throw new ServiceError("OVERLOADED", "busy");
      return readable.parse(raw, config);
    },
  });
  const deeper = (): never => deeper() as never; // until the stack is exhausted
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook })],
    maxAttempts: 2,
  });
  const event = (id: string, moment: number) => JSON.stringify({ id, parties: [["p1", id, moment]] });
  for (const [index, id] of ["a", "stack", "busy", "b"].entries())
    expect((await service.post(event(id, index), PLAIN_HEADERS)).status).toBe(200);
  await eventually(
    "the last is applied",
    async () => (await service.query("select 1 from parties where name = 'b'")).length === 1,
  );
  await eventually("the others are parked", async () => {
    await service.query("update deliveries set next_attempt_at = now() where status = 'PENDING'");
    return (await service.query("select 1 from deliveries where status = 'PARKED'")).length === 2;
  });
  expect(
    await service.query("select delivery_key, error_code, attempts from deliveries where status = 'PARKED' order by 1"),
  ).toEqual([
    { delivery_key: "busy", error_code: "OVERLOADED", attempts: 2 },
    { delivery_key: "stack", error_code: "INTERNAL", attempts: 2 },
  ]);
  expect(await service.query("select 1 from events where kind = 'DeliveryParked'")).toHaveLength(2);
});
