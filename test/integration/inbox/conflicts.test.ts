import { expect, test } from "@jest/globals";
import { migrate } from "../../../src/store/migrate.ts";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

const SECRET = "whsec_of_acme";
const bodyOf = (name: string, moment: number) =>
  JSON.stringify({ id: "evt", type: "party", parties: [["p1", name, moment]] });

test("other bytes under one id: the first are kept and applied, each other body is evidence, and one finding is opened (F41)", async () => {
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
  });
  for (const body of [bodyOf("Ada", 1), bodyOf("Eve", 2), bodyOf("Eve", 2), bodyOf("Mallory", 3), bodyOf("Ada", 1)]) {
    expect((await service.post(body, PLAIN_HEADERS)).status).toBe(200);
  }
  await eventually("it is applied", async () => (await service.query("select 1 from parties")).length === 1);
  expect(await service.query("select name from parties")).toEqual([{ name: "Ada" }]);
  expect(
    await service.query("select body, occurrences, source_id, verification from delivery_conflicts order by first_at"),
  ).toEqual([
    {
      body: Buffer.from(bodyOf("Eve", 2)),
      occurrences: 2n,
      source_id: "main",
      verification: { scheme: "shared-header", key: "secrets[0]" },
    },
    expect.objectContaining({ body: Buffer.from(bodyOf("Mallory", 3)), occurrences: 1n }),
  ]);
  expect(service.inbox.stats()).toMatchObject({ stored: 1, conflicting: 3, duplicate: 1 });
  const [delivery] = await service.query("select id from deliveries");
  const findings = await service.query("select id, kind, cause, evidence, closed_at from findings");
  expect(findings).toMatchObject([
    {
      kind: "DELIVERY_CONFLICT",
      cause: "WEBHOOK",
      evidence: { deliveryId: delivery?.["id"], key: "evt" },
      closed_at: null,
    },
  ]);
  const announced = await service.query("select data ->> 'findingId' as id from events where kind = 'FindingOpened'");
  expect(announced).toEqual([{ id: findings[0]?.["id"] }]);
});

test("many bodies under one id, concurrently and in one batch: all are answered, the first is kept, with at most eight as evidence (F41)", async () => {
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
    idle: true,
  });
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => service.post(bodyOf(`n${n % 15}`, 1), PLAIN_HEADERS)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await service.query("select 1 from deliveries")).toHaveLength(1);
  expect(await service.query("select 1 from delivery_conflicts")).toHaveLength(8);
  expect(await service.query("select 1 from findings")).toHaveLength(1);
});

test("Stripe's event with a lower count of pending webhooks is a duplicate, and any other difference is a conflict (F41)", async () => {
  await using database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  await using service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config }],
    idle: true,
  });
  const first = eventBody({ id: "evt_1", type: "customer.updated", object: customer("cus_1", "Ada") });
  const counted = first.replace('"pending_webhooks":1', '"pending_webhooks":0');
  const forged = first.replace("Ada", "Eve");
  const send = async (body: string) => (await deliver(service.url, "stripe-acme", sign(body, SECRET))).status;
  expect([await send(first), await send(counted), await send(forged), await send(counted)]).toEqual([
    200, 200, 200, 200,
  ]);
  expect(service.inbox.stats()).toMatchObject({ stored: 1, duplicate: 2, conflicting: 1 });
  const query = (text: string) => service.db.transaction("acme", (tx) => tx.query(text));
  expect(await query("select body from delivery_conflicts")).toEqual([{ body: Buffer.from(forged) }]);
  // A body that is no longer stored cannot be compared with another: no finding without evidence.
  await query("delete from delivery_bodies");
  expect(await send(first.replace("Ada", "Bob"))).toBe(200);
  expect(await query("select 1 from delivery_conflicts")).toHaveLength(1);
});
