import { describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { truthOf, useSandbox } from "./testing.ts";

const pay = (stripe: Stripe, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 2000,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    ...more,
  });

async function eventTypes(stripe: Stripe): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map(({ type }) => type).reverse();
}

describe("payments in the sandbox", () => {
  test("a valid card is charged, and the charge is booked with its fee and pending on the balance", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const intent = await pay(stripe, { expand: ["latest_charge.balance_transaction"], metadata: { order: "7" } });
    expect(intent).toMatchObject({
      status: "succeeded",
      amount_received: 2000,
      latest_charge: {
        amount_captured: 2000,
        metadata: { order: "7" },
        balance_transaction: { amount: 2000, fee: 88, net: 1912 },
      },
    });
    expect((await stripe.balance.retrieve()).pending).toMatchObject([{ currency: "usd", amount: 1912 }]);
    expect(await eventTypes(stripe)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  test("a declined card gives a 402 and a failed charge, and a second card gives a second charge", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const declined = pay(stripe, { payment_method: "pm_card_chargeDeclined" });
    await expect(declined).rejects.toMatchObject({
      type: "StripeCardError",
      code: "card_declined",
      decline_code: "generic_decline",
      payment_intent: { object: "payment_intent", status: "requires_payment_method" },
    });
    const [intent] = (await stripe.paymentIntents.list()).data;
    const paid = await stripe.paymentIntents.confirm(intent?.id ?? "", { payment_method: "pm_card_mastercard" });
    expect(paid).toMatchObject({ status: "succeeded", last_payment_error: null });
    const charges = await stripe.charges.list({ payment_intent: paid.id });
    expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  });

  test("a manual capture of a part is possible once, and a cancel releases an authorisation", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const intent = await pay(stripe, { capture_method: "manual" });
    expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 2000, amount_received: 0 });
    const captured = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 1500,
      expand: ["latest_charge"],
    });
    expect(captured).toMatchObject({
      status: "succeeded",
      amount_received: 1500,
      latest_charge: { amount_captured: 1500, amount_refunded: 500, refunded: false },
    });
    const refundsOf = (id: string) => stripe.refunds.list({ payment_intent: id });
    expect((await refundsOf(intent.id)).data).toMatchObject([
      { amount: 500, status: "succeeded", balance_transaction: null },
    ]);
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1501 })).rejects.toMatchObject({
      param: "amount",
    });
    await stripe.refunds.create({ payment_intent: intent.id });
    expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] })).toMatchObject({
      latest_charge: { amount_captured: 1500, amount_refunded: 2000, refunded: true },
    });
    await expect(stripe.paymentIntents.capture(intent.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });

    const other = await pay(stripe, { capture_method: "manual" });
    const canceled = await stripe.paymentIntents.cancel(other.id, {
      cancellation_reason: "abandoned",
      expand: ["latest_charge"],
    });
    expect(canceled).toMatchObject({
      status: "canceled",
      cancellation_reason: "abandoned",
      latest_charge: { refunded: true, amount_refunded: 2000, amount_captured: 0 },
    });
    expect((await refundsOf(other.id)).data).toMatchObject([{ amount: 2000, balance_transaction: null }]);
  });

  test("authentication is required, and updates are stored", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const intent = await pay(stripe, { payment_method: "pm_card_authenticationRequired" });
    expect(intent).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    const updated = await stripe.paymentIntents.update(intent.id, { amount: 2500, metadata: { a: "1", b: "2" } });
    expect(updated).toMatchObject({ amount: 2500, metadata: { a: "1", b: "2" } });
    const again = await stripe.paymentIntents.update(intent.id, { metadata: { a: "" } });
    expect(again.metadata).toEqual({ b: "2" });
  });

  test("amounts must be valid for their currency: zero-decimal, three-decimal and the special cases", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    await expect(pay(stripe, { currency: "jpy", amount: 5001 })).resolves.toMatchObject({ amount: 5001 });
    await expect(pay(stripe, { currency: "kwd", amount: 5001 })).rejects.toMatchObject({ param: "amount" });
    await expect(pay(stripe, { currency: "kwd", amount: 5010 })).resolves.toMatchObject({ status: "succeeded" });
    await expect(pay(stripe, { currency: "isk", amount: 100_050 })).rejects.toMatchObject({ param: "amount" });
    await expect(pay(stripe, { currency: "usd", amount: 49 })).rejects.toMatchObject({ code: "amount_too_small" });
    await expect(pay(stripe, { currency: "xxx" })).rejects.toMatchObject({ param: "currency" });
  });

  test("a legacy charge needs no intent", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const charge = await stripe.charges.create({
      amount: 900,
      currency: "gbp",
      source: "tok_visa",
      description: "old way",
    });
    expect(charge).toMatchObject({ payment_intent: null, paid: true, description: "old way" });
    const declined = stripe.charges.create({ amount: 900, currency: "gbp", source: "tok_chargeDeclined" });
    await expect(declined).rejects.toMatchObject({ type: "StripeCardError" });
  });
});

describe("refunds, disputes, payouts and customers in the sandbox", () => {
  test("a full refund of an uncaptured charge without an intent releases the charge", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const charge = await stripe.charges.create({ amount: 2000, currency: "usd", source: "tok_visa", capture: false });
    await expect(stripe.refunds.create({ charge: charge.id, amount: 500 })).rejects.toMatchObject({ param: "amount" });
    expect(await stripe.refunds.create({ charge: charge.id, expand: ["charge"] })).toMatchObject({
      amount: 2000,
      balance_transaction: null,
      charge: { captured: false, refunded: true, amount_refunded: 2000, amount_captured: 0 },
    });
    await expect(stripe.charges.capture(charge.id)).rejects.toMatchObject({ code: "charge_expired_for_capture" });
  });

  test("refunds add up to the charge and never exceed it", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const { id } = await pay(stripe);
    await stripe.refunds.create({ payment_intent: id, amount: 500, reason: "duplicate" });
    await expect(stripe.refunds.create({ payment_intent: id, amount: 1501 })).rejects.toMatchObject({
      param: "amount",
    });
    const rest = await stripe.refunds.create({ payment_intent: id, expand: ["charge", "balance_transaction"] });
    expect(rest).toMatchObject({
      amount: 1500,
      charge: { refunded: true, amount_refunded: 2000 },
      balance_transaction: { net: -1500 },
    });
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({
      code: "charge_already_refunded",
    });
  });

  test("a refund that fails returns the money to the balance", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const { id } = await pay(stripe, { payment_method: "pm_card_refundFail" });
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe("succeeded");
    await sandbox.control("POST", "activity", { count: 1 });
    expect(await stripe.refunds.retrieve(refund.id, { expand: ["charge"] })).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
      charge: { amount_refunded: 0, refunded: false },
    });
    expect(await eventTypes(stripe)).toEqual(
      expect.arrayContaining(["refund.created", "refund.failed", "charge.refund.updated"]),
    );
  });

  test("a dispute debits the balance, is answered with evidence, and another one is accepted as lost", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const { id } = await pay(stripe, { payment_method: "pm_card_createDispute" });
    const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
    expect(dispute).toMatchObject({
      status: "needs_response",
      balance_transactions: [{ amount: -2000, fee: 1500, net: -3500 }],
    });
    const draft = await stripe.disputes.update(dispute?.id ?? "", { evidence: { receipt: "file_1" }, submit: false });
    expect(draft).toMatchObject({ status: "needs_response", evidence: { receipt: "file_1" } });
    const sent = await stripe.disputes.update(dispute?.id ?? "", { evidence: { customer_name: "Ada" } });
    expect(sent).toMatchObject({ status: "under_review", evidence_details: { submission_count: 1 } });

    const second = await pay(stripe, { payment_method: "pm_card_createDispute" });
    const [other] = (await stripe.disputes.list({ payment_intent: second.id })).data;
    expect(await stripe.disputes.close(other?.id ?? "")).toMatchObject({ status: "lost" });
  });

  test("a payout is limited to the available balance, and can be canceled while pending", async () => {
    await using sandbox = await useSandbox({ payments: 800 });
    const { stripe } = sandbox;
    const available = async (): Promise<number> =>
      (await stripe.balance.retrieve()).available.find(({ currency }) => currency === "usd")?.amount ?? 0;
    const before = await available();
    expect(before).toBeGreaterThan(100);
    await expect(stripe.payouts.create({ amount: before + 1, currency: "usd" })).rejects.toMatchObject({
      code: "balance_insufficient",
    });
    const payout = await stripe.payouts.create({ amount: 100, currency: "usd", metadata: { batch: "1" } });
    expect(await available()).toBe(before - 100);
    await expect(stripe.balanceTransactions.list({ payout: payout.id })).rejects.toThrow("automatic");
    expect(await stripe.payouts.cancel(payout.id)).toMatchObject({ status: "canceled" });
    expect(await available()).toBe(before);
  });

  test("customers are created, changed and deleted, each change with its event", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const { id } = await stripe.customers.create({
      name: "Łukasz 🚀",
      address: { city: "Kraków", line1: "Rynek 1" },
      metadata: { a: "1" },
    });
    await stripe.customers.update(id, { name: "山田", metadata: { a: "", b: "2" } });
    await stripe.customers.del(id);
    const events = (await stripe.events.list()).data.reverse();
    expect(events.map(({ type }) => type)).toEqual(["customer.created", "customer.updated", "customer.deleted"]);
    expect(events[1]).toMatchObject({
      data: {
        object: { name: "山田", metadata: { b: "2" } },
        previous_attributes: { name: "Łukasz 🚀", metadata: { a: "1", b: null } },
      },
      request: { id: expect.stringMatching(/^req_/u) },
    });
  });
});

describe("idempotency keys", () => {
  test("the same request under the same key has one effect and returns the first response (F23)", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const create = () => stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" });
    const [first, second] = [await create(), await create()];
    expect(second).toEqual(first);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await truthOf(sandbox, "customer")).objects).toHaveLength(1);
    await expect(stripe.customers.create({ name: "Bob" }, { idempotencyKey: "key-1" })).rejects.toMatchObject({
      type: "StripeIdempotencyError",
    });
    await sandbox.control("DELETE", "idempotency-keys");
    expect((await create()).id).not.toBe(first.id);
  });

  test("a decline is stored under its key, and a malformed request is not", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const decline = () =>
      stripe.paymentIntents.create(
        { amount: 2000, currency: "usd", payment_method: "pm_card_chargeDeclined", confirm: true },
        { idempotencyKey: "key-2" },
      );
    await expect(decline()).rejects.toMatchObject({ code: "card_declined" });
    await expect(decline()).rejects.toMatchObject({ code: "card_declined" });
    expect((await truthOf(sandbox, "charge")).objects).toHaveLength(1);
    await expect(
      stripe.paymentIntents.create({ amount: 1, currency: "usd" }, { idempotencyKey: "key-3" }),
    ).rejects.toMatchObject({
      code: "amount_too_small",
    });
    await expect(
      stripe.paymentIntents.create({ amount: 100, currency: "usd" }, { idempotencyKey: "key-3" }),
    ).resolves.toMatchObject({
      amount: 100,
    });
  });

  test("a key in use returns a conflict, and the request behind it has one effect (F30)", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "faults", { latencyMs: 300, count: 1 });
    const create = () => sandbox.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-4" });
    const both = await Promise.allSettled([create(), create()]);
    const refused = both.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { statusCode: 409, code: "idempotency_key_in_use" } });
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await truthOf(sandbox, "customer")).objects).toHaveLength(1);
  });
});
