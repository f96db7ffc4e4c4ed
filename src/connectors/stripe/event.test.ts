import { describe, expect, test } from "@jest/globals";
import type { WebhookCall, WebhookMessage } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { stripeConfig, type StripeConfig } from "./config.ts";
import { fixture } from "./fixtures/load.ts";
import { LIST_STREAMS } from "./streams.ts";
import { stripeWebhook } from "./webhook.ts";

const CREATED = 1_763_800_000;
const CONFIG = stripeConfig.parse({ apiKey: "sk_test_1" });

function delivery(body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { payload: { bytes: Buffer.from(text), mediaType: "application/json" }, path: "" };
}

function eventOf(type: string, object: unknown, changes: Record<string, unknown>): Record<string, unknown> {
  const event = {
    id: "evt_1",
    object: "event",
    api_version: "2026-10-28.endive",
    created: CREATED,
    data: { object },
    type,
  };
  return { ...event, ...changes };
}

function messages(type: string, object: unknown, changes: Record<string, unknown> = {}): readonly WebhookMessage[] {
  return stripeWebhook.parse(delivery(eventOf(type, object, changes)), CONFIG);
}

describe("the content of a Stripe event", () => {
  test.each([
    ["charge.refunded", "charge", "PaymentAttempt"],
    ["charge.dispute.created", "dispute", "Dispute"],
    ["charge.refund.updated", "refund", "Refund"],
    ["payment_intent.succeeded", "payment-intent", "Payment"],
    ["customer.updated", "customer", "Party"],
    ["payout.paid", "payout-expanded", "Payout"],
  ])("%s is read from its snapshot as a %s", (type, file, entity) => {
    const last = messages(type, fixture(file)).findLast((message) => message.type === "record");
    expect(last).toMatchObject({
      type: "record",
      record: { type: entity },
      sourceUpdatedAt: "2025-11-22T08:26:40.000Z",
      raw: { path: "/data/object" },
    });
  });

  test("has the second of the event as its version, or the object's creation when it was created", () => {
    const [updated] = messages("customer.updated", fixture("customer"));
    const from = BigInt(CREATED) * 1000n;
    expect(updated).toMatchObject({ version: { from, until: from + 999n, finality: 1 } });
    const [created] = messages("customer.created", fixture("customer"));
    expect(created).toMatchObject({ version: { from, until: from + 999n, finality: 0 } });
  });

  test("a deleted customer becomes a tombstone, and later snapshots do not restore it", () => {
    expect(messages("customer.deleted", fixture("customer"))).toMatchObject([
      { type: "tombstone", entity: "Party", externalId: "cus_TQ1example", version: { finality: 2 } },
    ]);
  });

  test("a deletion of an object that belongs to a customer does not delete the customer", () => {
    expect(messages("customer.source.deleted", { id: "card_1", object: "card" })).toEqual([]);
    expect(messages("customer.discount.deleted", { object: "discount", customer: "cus_TQ1example" })).toEqual([]);
  });

  test("a new payout requests its destination, which snapshots do not contain", () => {
    const payout = fixture("payout-expanded", { destination: "ba_1example" });
    expect(messages("payout.created", payout)).toMatchObject([
      { type: "record", record: { type: "Payout" } },
      { type: "hint", entity: "Account", externalId: "ba_1example" },
    ]);
    expect(messages("payout.paid", payout)).toHaveLength(1);
  });

  test("a failed payout requests its destination, because its state may have changed", () => {
    const payout = fixture("payout-expanded", { destination: "ba_1example", status: "failed" });
    expect(messages("payout.failed", payout).slice(1)).toEqual([
      { type: "hint", entity: "Account", externalId: "ba_1example" },
    ]);
  });

  test.each([
    ["refund.failed", "failed"],
    ["refund.updated", "canceled"],
    ["charge.refund.updated", "failed"],
  ])("C2: %s of a refund with status %s requests its charge", (type, status) => {
    expect(messages(type, fixture("refund", { status })).slice(1)).toEqual([
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_3example" },
    ]);
  });

  test.each([
    ["refund.created", "succeeded"],
    ["refund.updated", "pending"],
  ])("C2: %s of a refund with status %s requests nothing, because its charge has an event", (type, status) => {
    expect(messages(type, fixture("refund", { status }))).toHaveLength(1);
  });

  test("C2: a dispute requests its charge when it is opened and when it ends", () => {
    const charge = { type: "hint", entity: "PaymentAttempt", externalId: "ch_3example" };
    expect(messages("charge.dispute.created", fixture("dispute")).slice(1)).toEqual([charge]);
    expect(messages("charge.dispute.closed", fixture("dispute")).slice(1)).toEqual([charge]);
    expect(messages("charge.dispute.updated", fixture("dispute")).slice(1)).toEqual([]);
  });

  test.each([
    ["charge.refunded", "2020-08-27", { amount_refunded: 400 }, true],
    ["charge.refunded", "2024-09-30.acacia", { amount_refunded: 400 }, true],
    ["charge.refunded", null, { amount_refunded: 400 }, true],
    ["charge.refunded", "2024-10-28.acacia", { amount_refunded: 400 }, false],
    ["charge.refunded", "2026-10-28.endive", { amount_refunded: 400 }, false],
    ["charge.refunded", "2026-10-28.endive", { amount_captured: 0, amount_refunded: 1999 }, true],
    ["charge.captured", "2026-10-28.endive", { amount_captured: 1900, amount_refunded: 99 }, true],
    ["charge.captured", "2026-10-28.endive", { amount_refunded: 0 }, false],
    ["charge.expired", "2026-10-28.endive", { amount_captured: 0, amount_refunded: 1999 }, true],
    ["charge.succeeded", "2020-08-27", { amount_refunded: 0 }, false],
    ["charge.updated", "2020-08-27", { amount_refunded: 400 }, false],
  ])("C3: %s of version %s with %j requests the charge's refunds: %s", (type, api_version, amounts, expected) => {
    const refunds = { type: "hint", entity: "Refund", externalId: "ch_3example", of: "PaymentAttempt" };
    const hints = messages(type, fixture("charge", amounts), { api_version }).filter(
      (message) => message.type === "hint",
    );
    expect(hints).toEqual(expected ? [refunds] : []);
  });

  test("a balance event only requests the balance", () => {
    expect(messages("balance.available", fixture("balance"))).toEqual([
      { type: "hint", entity: "Account", externalId: "balance" },
    ]);
  });

  test("of an object that is not synced has no effect", () => {
    expect(messages("invoice.paid", { id: "in_1", object: "invoice" })).toEqual([]);
    expect(messages("x", { object: "constructor" })).toEqual([]);
  });

  test("C11: of a connected account that is not configured only opens a finding that names the account", () => {
    const other = { account: "acct_1" };
    for (const found of [
      messages("customer.updated", fixture("customer"), other),
      messages("account.updated", { object: "account", id: "acct_1" }, other),
    ])
      expect(found).toMatchObject([{ type: "finding", kind: "CONNECTED_ACCOUNT_NOT_CONFIGURED", subject: "acct_1" }]);
    expect(messages("customer.updated", fixture("customer"), { account: null })).toHaveLength(1);
  });

  test("of the other mode has no effect: a test payment is never stored with live ones", () => {
    const live = stripeConfig.parse({ apiKey: "rk_live_1" });
    const readEvent = (livemode: boolean, config: StripeConfig) => () =>
      stripeWebhook.parse(delivery(eventOf("customer.updated", fixture("customer"), { livemode })), config);
    expect(readEvent(false, live)).toThrow(/the event is of test mode, but the source's key is of live mode/);
    expect(readEvent(true, CONFIG)).toThrow(expect.objectContaining({ code: "DELIVERY_MALFORMED" }));
    expect(readEvent(true, live)()).toHaveLength(1);
    expect(readEvent(false, CONFIG)()).toHaveLength(1);
    expect(readEvent(true, stripeConfig.parse({ apiKey: "key-of-a-sandbox" }))()).toHaveLength(1);
  });
});

describe("an unreadable snapshot (F26)", () => {
  const garbled = { ...fixture("charge"), amount: "many" };

  test("in our API version is malformed", () => {
    expect(messages("charge.updated", garbled)).toMatchObject([
      { type: "malformed", externalId: "ch_3example", path: "amount", raw: { path: "/data/object" } },
    ]);
  });

  test("in another API version causes a fetch of the object", () => {
    expect(messages("charge.updated", garbled, { api_version: "2014-01-31" })).toEqual([
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_3example" },
    ]);
  });

  test("in another API version with unknown enum values causes a fetch of the object", () => {
    const renamed = { ...fixture("payment-intent"), status: "requires_source" };
    const { id } = renamed as { id?: unknown };
    const old = { api_version: "2018-11-08" };
    expect(messages("payment_intent.created", renamed, old)).toEqual([
      { type: "hint", entity: "Payment", externalId: id },
    ]);
    expect(messages("payment_intent.created", renamed)).toMatchObject([{ unknowns: [{ value: "requires_source" }] }]);
    const added = { ...fixture("payment-intent"), added_later: 1 };
    expect(messages("payment_intent.succeeded", added, old)).toMatchObject([
      { type: "record", unknowns: [{ path: "event.api_version", value: "2018-11-08", of: "version" }] },
    ]);
    expect(messages("payment_intent.succeeded", added)).toMatchObject([
      { type: "record", unknowns: [{ path: "added_later", value: "number", of: "field" }] },
    ]);
  });
});

function callOf(body: string | Buffer): WebhookCall {
  return { body: Buffer.from(body), headers: new Map() };
}

describe("a body that is not an event (F56)", () => {
  test.each(["", "{", "[]", "null", '{"id":"evt_1"}', "\ufeff{}", '{"object":"event"}', "<html>", "[".repeat(100_000)])(
    "%.20s",
    (body) => {
      const parse = () => stripeWebhook.parse(delivery(body), CONFIG);
      expect(parse).toThrow(ServiceError);
      expect(parse).toThrow("DELIVERY_MALFORMED");
      expect(stripeWebhook.identify(callOf(body)).eventType).toBeUndefined();
    },
  );

  test("still has the id that it contains", () => {
    expect(stripeWebhook.identify(callOf('{"id":"evt_9","type":"charge.updated"}'))).toEqual({
      deliveryId: "evt_9",
      eventType: "charge.updated",
    });
    expect(stripeWebhook.identify(callOf(Buffer.from([0xff, 0xfe])))).toEqual({
      deliveryId: undefined,
      eventType: undefined,
    });
  });
});

test("a stream requests no more event types than the API allows", () => {
  for (const { name, eventTypes, affectedBy } of LIST_STREAMS) {
    expect([name, eventTypes.length + affectedBy.length <= 20]).toEqual([name, true]);
  }
});
