import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import type { MalformedMessage, RawPointer, RecordMessage } from "../../../src/connector-api/messages.ts";
import { parseExactJson } from "../../../src/protocols/rest/exact-json.ts";
import { verifyAdyenHmac } from "../../../src/protocols/webhooks/adyen-hmac.ts";
import { plainWebhook } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

const KEY = randomBytes(32).toString("hex");

interface Item {
  readonly pspReference: string;
  readonly merchantReference: string;
}

/** An Adyen notification with each item signed. */
function notification(items: readonly Item[]): string {
  const notificationItems = items.map(({ pspReference, merchantReference }) => {
    const text = [pspReference, "", "Acme", merchantReference, 100, "EUR", "AUTHORISATION", "true"].join(":");
    const hmacSignature = createHmac("sha256", Buffer.from(KEY, "hex")).update(text).digest("base64");
    return {
      NotificationRequestItem: {
        pspReference,
        merchantAccountCode: "Acme",
        merchantReference,
        amount: { value: 100, currency: "EUR" },
        eventCode: "AUTHORISATION",
        success: "true",
        additionalData: { hmacSignature },
      },
    };
  });
  return JSON.stringify({ live: "false", notificationItems });
}

/** A connector that accepts Adyen's notifications: each item is a party, and one without a reference is malformed. */
const webhook = plainWebhook({
  verify({ body, nowMs }) {
    const { secret, ...proof } = verifyAdyenHmac({ body, keys: ["0".repeat(64), KEY], nowMs });
    return { ...proof, key: `hmacKeys[${secret}]` };
  },
  identify: () => ({ deliveryId: undefined, eventType: "AUTHORISATION" }),
  parse(raw) {
    const { notificationItems } = parseExactJson(raw.payload.bytes) as { notificationItems: readonly unknown[] }; // the test wrote it
    return notificationItems.map((entry, index) => {
      const { NotificationRequestItem: item } = entry as { NotificationRequestItem: Item }; // as above
      return messageOf(item, { ...raw, path: `/notificationItems/${index}/NotificationRequestItem` });
    });
  },
});

function messageOf({ pspReference, merchantReference }: Item, raw: RawPointer): RecordMessage | MalformedMessage {
  if (merchantReference !== "") return { ...partyMessage(pspReference, merchantReference, at(1n)), raw };
  const problem = "must be a text, got nothing";
  return { type: "malformed", entity: "Party", externalId: pspReference, path: "merchantReference", problem, raw };
}

test("a batch whose third item of five is malformed: the whole body is stored, four are applied, one is quarantined (F61)", async () => {
  await using service = await startWebhookService({ sources: [scriptedSource({ pages: {}, webhook })] });
  const items = ["a", "b", "c", "d", "e"].map((pspReference) => {
    return { pspReference, merchantReference: pspReference === "c" ? "" : `order of ${pspReference}` };
  });
  const body = notification(items);
  expect((await service.post(body)).status).toBe(200);
  expect((await service.post(body)).status).toBe(200);
  await eventually(
    "it is applied",
    async () => (await service.query("select 1 from deliveries where status = 'APPLIED'")).length === 1,
  );
  expect(await service.query("select body from delivery_bodies")).toEqual([{ body: Buffer.from(body) }]);
  expect(await service.query("select external_id, raw_path from parties order by external_id")).toEqual(
    [0, 1, 3, 4].map((index) => ({
      external_id: items[index]?.pspReference,
      raw_path: `/notificationItems/${index}/NotificationRequestItem`,
    })),
  );
  const [parked] = await service.query("select id, external_id, path, raw_path, delivery_id from quarantined_records");
  const [delivery] = await service.query("select id, verification, effects from deliveries");
  expect(parked).toMatchObject({
    external_id: "c",
    path: "merchantReference",
    raw_path: "/notificationItems/2/NotificationRequestItem",
    delivery_id: delivery?.["id"],
  });
  expect(delivery?.["verification"]).toEqual({ scheme: "adyen-hmac", key: "hmacKeys[1]" });
  const created = ["a", "b", "d", "e"].map((id) => {
    return { kind: "CREATED", entityType: "Party", id: entityId("acme", "main", "Party", id) };
  });
  const effects = [...created, { kind: "QUARANTINED", entityType: "Party", id: parked?.["id"] }];
  expect(delivery?.["effects"]).toHaveLength(effects.length);
  expect(delivery?.["effects"]).toEqual(expect.arrayContaining(effects));
});

test("a batch with an unsigned item is refused as a whole, and no part of it is stored (F61)", async () => {
  await using service = await startWebhookService({ sources: [scriptedSource({ pages: {}, webhook })], idle: true });
  const body = notification([
    { pspReference: "a", merchantReference: "1" },
    { pspReference: "b", merchantReference: "2" },
  ]);
  expect((await service.post(body.replace('"merchantReference":"2"', '"merchantReference":"3"'))).status).toBe(401);
  expect(await service.query("select 1 from deliveries")).toEqual([]);
});
