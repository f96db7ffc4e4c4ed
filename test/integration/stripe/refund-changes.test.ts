import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SOURCE, type StripeService, syncBefore, useStripeService } from "../../helpers/stripe-service.ts";
import type { StripeObject } from "../../helpers/stripe-account.ts";
import { charge, intent, paymentMoney, refund, stripeObject } from "../../helpers/stripe-payment.ts";

/** Events that imply a change of another object than their own. */
let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
  service.account.put(...CHANNELS.flatMap(objectsBefore));
  await syncBefore(service, "FULL");
  await syncBefore(service, "INCREMENTAL"); // so that the next one reads events
  await service.waitUntilIdle();
});
afterAll(async () => service[Symbol.asyncDispose]());

const OLD_VERSION = "2020-08-27";

/** How an event reaches the service: delivered, or only listed by Stripe. */
const CHANNELS = ["webhook", "incremental read"] as const;
type Channel = (typeof CHANNELS)[number];

/** Ways in which a refund fails. */
const FAILURES = [
  { type: "refund.failed", status: "failed", isDirect: false },
  { type: "refund.failed", status: "failed", isDirect: true },
  { type: "refund.updated", status: "canceled", isDirect: false },
  { type: "charge.refund.updated", status: "failed", isDirect: false },
] as const;

/** A charge of 50.00 of which 30.00 are paid back; without a payment intent where the charge is direct. */
function refundedPayment(channel: Channel, { type, isDirect }: (typeof FAILURES)[number]) {
  const name = `${channel}_${type}_${isDirect}`.replaceAll(/\W/g, "_");
  const [pi, ch, re] = [isDirect ? null : `pi_${name}`, `ch_${name}`, `re_${name}`];
  const owed = { id: ch, amount: 5_000, amount_captured: 5_000, payment_intent: pi };
  const paidBack = { id: re, amount: 3_000, charge: ch, payment_intent: pi };
  return { pi, ch, re, owed, paidBack };
}

const disputedCharge = (channel: Channel) => ({ id: `ch_disputed_${channel.length}`, payment_intent: null });

function failingPayout(channel: Channel) {
  const recorded = stripeObject("payout-expanded", { id: `po_${channel.length}` });
  const id = `ba_${channel.length}`;
  const destination = { ...(recorded["destination"] as Record<string, unknown>), id }; // expanded in the recorded object
  return { ...recorded, destination };
}

function oldPayment(channel: Channel) {
  const name = `old_${channel.length}`;
  return { pi: `pi_${name}`, ch: `ch_${name}`, re: `re_${name}` };
}

/** What the account has before the tests: one run reads it for all of them. */
function objectsBefore(channel: Channel): readonly StripeObject[] {
  const refunded = FAILURES.flatMap((failure) => {
    const { pi, ch, owed, paidBack } = refundedPayment(channel, failure);
    const own = [charge({ ...owed, amount_refunded: 3_000 }), refund(paidBack)];
    return pi === null ? own : [intent({ id: pi, amount: 5_000, amount_received: 5_000, latest_charge: ch }), ...own];
  });
  const { pi, ch } = oldPayment(channel);
  const old = [intent({ id: pi, latest_charge: ch }), charge({ id: ch, payment_intent: pi })];
  return [...refunded, ...old, charge(disputedCharge(channel)), failingPayout(channel)];
}

/** Resolves when it is applied. The test checks the response to a delivery, or the status of the run. */
async function happens(channel: Channel, event: Parameters<StripeService["account"]["event"]>[0]): Promise<void> {
  const body = service.account.event({ ...event, isListed: channel !== "webhook" });
  const answer = channel === "webhook" ? await service.deliver(body) : await service.sync();
  expect([200, "SUCCEEDED"]).toContain(answer);
  await service.waitUntilIdle();
}

describe.each(CHANNELS)("changes by %s", (channel) => {
  test.each(FAILURES)(
    "C2: $type with status $status reduces the refunded amount of its payment (direct charge: $isDirect)",
    async (change) => {
      const { account } = service;
      const { pi, ch, re, owed, paidBack } = refundedPayment(channel, change);
      expect(await paymentMoney(service, pi ?? ch)).toMatchObject({ refunded: { amount: "30.00" } });

      const ended = refund({ ...paidBack, status: change.status, failure_reason: "lost_or_stolen_card" });
      account.put(charge({ ...owed, amount_refunded: 0 }), ended);
      await happens(channel, { type: change.type, object: ended });
      expect(await paymentMoney(service, pi ?? ch)).toMatchObject({
        captured: { amount: "50.00" },
        refunded: { amount: "0.00" },
        attempts: [{ refunded: { amount: "0.00" } }],
        refunds: { nodes: [{ externalId: re, status: change.status.toUpperCase() }] },
      });
    },
  );

  test("C2: a dispute marks its charge as disputed", async () => {
    const disputed = disputedCharge(channel);
    service.account.put(charge({ ...disputed, disputed: true }));
    await happens(channel, {
      type: "charge.dispute.created",
      object: stripeObject("dispute", { id: `du_${channel.length}`, charge: disputed.id, payment_intent: null }),
    });
    const rows = await service.query(
      `select extensions ->> 'stripe.disputed' as disputed from sluice.payment_attempts where external_id = '${disputed.id}'`,
    );
    expect(rows).toEqual([{ disputed: "true" }]);
  });

  test("C2: a failed payout has the new state of its bank account", async () => {
    const payout = failingPayout(channel);
    const { id } = payout.destination;
    const failed = {
      ...payout,
      status: "failed",
      failure_code: "account_closed",
      destination: { ...payout.destination, status: "errored" },
    };
    service.account.put(failed);
    service.account.intercept((url) =>
      url.searchParams.get("destination") === id
        ? { status: 200, body: { object: "list", has_more: false, data: [failed] } }
        : undefined,
    );
    await happens(channel, { type: "payout.failed", object: { ...failed, destination: id } });
    const { _entities } = await service.ask<{ _entities: readonly unknown[] }>(
      `{ _entities(representations: [{ __typename: "Account", source: { id: "${SOURCE}" }, externalId: "${id}" }]) {
        ... on Account { extensions { name value } } } }`,
    );
    expect(_entities).toEqual([{ extensions: expect.arrayContaining([{ name: "stripe.status", value: "errored" }]) }]);
    service.account.intercept(() => undefined);
  });

  test("C3: with an older API version, charge.refunded alone adds the refund", async () => {
    const { account } = service;
    const { pi, ch, re } = oldPayment(channel);
    const refunded = charge({ id: ch, payment_intent: pi, amount_refunded: 400 });
    account.put(refunded, refund({ id: re, amount: 400, charge: ch, payment_intent: pi }));
    await happens(channel, { type: "charge.refunded", object: refunded, apiVersion: OLD_VERSION });
    expect(await paymentMoney(service, pi)).toMatchObject({
      refunded: { amount: "4.00" },
      refunds: { nodes: [{ externalId: re, status: "SUCCEEDED" }] },
    });
    const [found] = await service.query(
      `select amount_minor::text as amount, currency from sluice.refunds where external_id = '${re}'`,
    );
    expect(found).toEqual({ amount: "400", currency: "EUR" });
  });

  test("C3: where refunds have events of their own, none is requested", async () => {
    const { account } = service;
    const ch = `ch_new_${channel.length}`;
    const refunded = charge({ id: ch, payment_intent: null, amount_refunded: 400 });
    account.put(refunded);
    await happens(channel, { type: "charge.refunded", object: refunded });
    await happens(channel, { type: "charge.refunded", object: refunded, apiVersion: "2024-10-28.acacia" });
    expect(account.requests.filter((path) => path.includes(`charge=${ch}`))).toEqual([]);
  });

  test("C3: a capture of less than the authorised amount shows the released amount", async () => {
    const { account } = service;
    const name = `less_${channel.length}`;
    const [ch, re] = [`ch_${name}`, `re_${name}`];
    const captured = charge({ id: ch, payment_intent: null, amount_captured: 1_500, amount_refunded: 499 });
    account.put(captured, refund({ id: re, amount: 499, charge: ch, payment_intent: null, balance_transaction: null }));
    await happens(channel, { type: "charge.captured", object: captured });
    expect(await paymentMoney(service, ch)).toMatchObject({
      captured: { amount: "15.00" },
      refunded: { amount: "0.00" },
      refunds: { nodes: [{ externalId: re, status: "RELEASED" }] },
    });
  });
});
