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

describe("what an event says", () => {
  test.each([
    ["charge.refunded", "charge", "PaymentAttempt"],
    ["charge.dispute.created", "dispute", "Dispute"],
    ["charge.refund.updated", "refund", "Refund"],
    ["payment_intent.succeeded", "payment-intent", "Payment"],
    ["customer.updated", "customer", "Party"],
    ["payout.paid", "payout-expanded", "Payout"],
  ])("%s is read by its snapshot, a %s", (type, file, entity) => {
    const last = messages(type, fixture(file)).at(-1);
    expect(last).toMatchObject({
      type: "record",
      record: { type: entity },
      sourceUpdatedAt: "2025-11-22T08:26:40.000Z",
      raw: { path: "/data/object" },
    });
  });

  test("its version is the second it is dated, and the first of the object when it was created", () => {
    const [updated] = messages("customer.updated", fixture("customer"));
    const from = BigInt(CREATED) * 1000n;
    expect(updated).toMatchObject({ version: { from, until: from + 999n, finality: 1 } });
    const [created] = messages("customer.created", fixture("customer"));
    expect(created).toMatchObject({ version: { from, until: from + 999n, finality: 0 } });
  });

  test("a deleted customer is a tombstone that nothing follows", () => {
    expect(messages("customer.deleted", fixture("customer"))).toMatchObject([
      { type: "tombstone", entity: "Party", externalId: "cus_TQ1example", version: { finality: 2 } },
    ]);
  });

  test("deleting something of a customer's does not delete the customer", () => {
    expect(messages("customer.source.deleted", { id: "card_1", object: "card" })).toEqual([]);
    expect(messages("customer.discount.deleted", { object: "discount", customer: "cus_TQ1example" })).toEqual([]);
  });

  test("a new payout asks for its destination, which snapshots do not show", () => {
    const payout = fixture("payout-expanded", { destination: "ba_1example" });
    expect(messages("payout.created", payout)).toMatchObject([
      { type: "record", record: { type: "Payout" } },
      { type: "hint", entity: "Account", externalId: "ba_1example" },
    ]);
    expect(messages("payout.paid", payout)).toHaveLength(1);
  });

  test("a balance event only asks for the balance", () => {
    expect(messages("balance.available", fixture("balance"))).toEqual([
      { type: "hint", entity: "Account", externalId: "balance" },
    ]);
  });

  test("of an object that we do not sync, nothing", () => {
    expect(messages("invoice.paid", { id: "in_1", object: "invoice" })).toEqual([]);
    expect(messages("x", { object: "constructor" })).toEqual([]);
  });

  test("of a connected account's object, nothing: it is another account's", () => {
    expect(messages("customer.updated", fixture("customer"), { account: "acct_1" })).toEqual([]);
    expect(messages("customer.updated", fixture("customer"), { account: null })).toHaveLength(1);
  });

  test("of the other mode, nothing: a test payment never stands among live ones", () => {
    const live = stripeConfig.parse({ apiKey: "rk_live_1" });
    const said = (livemode: boolean, config: StripeConfig) => () =>
      stripeWebhook.parse(delivery(eventOf("customer.updated", fixture("customer"), { livemode })), config);
    expect(said(false, live)).toThrow(/an event of test mode, and the source's key is of live mode/);
    expect(said(true, CONFIG)).toThrow(expect.objectContaining({ code: "DELIVERY_MALFORMED" }));
    expect(said(true, live)()).toHaveLength(1);
    expect(said(false, CONFIG)()).toHaveLength(1);
    expect(said(true, stripeConfig.parse({ apiKey: "key-of-a-sandbox" }))()).toHaveLength(1);
  });
});

describe("an unreadable snapshot (F26)", () => {
  const garbled = { ...fixture("charge"), amount: "many" };

  test("in our API version is malformed", () => {
    expect(messages("charge.updated", garbled)).toMatchObject([
      { type: "malformed", externalId: "ch_3example", path: "amount", raw: { path: "/data/object" } },
    ]);
  });

  test("in another API version is asked for in ours", () => {
    expect(messages("charge.updated", garbled, { api_version: "2014-01-31" })).toEqual([
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_3example" },
    ]);
  });

  test("in another API version is asked for in ours too when it has words that we do not know", () => {
    const renamed = { ...fixture("payment-intent"), status: "requires_source" };
    const { id } = renamed as { id?: unknown };
    const old = { api_version: "2018-11-08" };
    expect(messages("payment_intent.created", renamed, old)).toEqual([
      { type: "hint", entity: "Payment", externalId: id },
    ]);
    expect(messages("payment_intent.created", renamed)).toMatchObject([{ unknowns: [{ value: "requires_source" }] }]);
    expect(messages("payment_intent.succeeded", fixture("payment-intent"), old)).toMatchObject([{ type: "record" }]);
  });
});

function callOf(body: string | Buffer): WebhookCall {
  return { body: Buffer.from(body), headers: new Map() };
}

describe("a body that is no event (F56)", () => {
  test.each(["", "{", "[]", "null", '{"id":"evt_1"}', "\ufeff{}", '{"object":"event"}', "<html>", "[".repeat(100_000)])(
    "%.20s",
    (body) => {
      const parse = () => stripeWebhook.parse(delivery(body), CONFIG);
      expect(parse).toThrow(ServiceError);
      expect(parse).toThrow("DELIVERY_MALFORMED");
      expect(stripeWebhook.identify(callOf(body)).eventType).toBeUndefined();
    },
  );

  test("still has the identity that it shows", () => {
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

test("a stream asks for no more event types than the API allows", () => {
  for (const { name, eventTypes } of LIST_STREAMS) expect([name, eventTypes.length <= 20]).toEqual([name, true]);
});
