import { expect, test } from "@jest/globals";
import { z } from "zod";
import type { ObjectMessage } from "../../../src/connector-api/messages.ts";
import { connector as stripe } from "../../../src/connectors/stripe/index.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { drawSeed } from "../../helpers/draw-seed.ts";
import { brokenRules } from "../../helpers/random-histories.ts";
import { type StripeInStep, useStripeInStep } from "../../helpers/stripe-in-step.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const HOUR_MS = 3_600_000;

type Change = <Message extends { readonly type: string }>(message: Message) => Message | undefined;

/** The Stripe connector, with each of its messages changed or left out. */
function brokenStripe(change: Change): typeof stripe {
  const { webhook } = stripe;
  if (webhook?.trust !== "SIGNED") throw new TypeError("Stripe signs its webhooks");
  return {
    ...stripe,
    async *read(input) {
      for await (const message of stripe.read(input)) {
        const changed = change(message);
        if (changed !== undefined) yield changed;
      }
    },
    fetchMany: async (input) => (await stripe.fetchMany(input)).flatMap((message) => change(message) ?? []),
    webhook: { ...webhook, parse: (raw, config) => webhook.parse(raw, config).flatMap((item) => change(item) ?? []) },
  };
}

/**
 * Random lives at Stripe, reported only by webhooks after the first read; returns the rules that are violated at the
 * end.
 */
async function kindsBrokenBy(connector: typeof stripe): Promise<ReadonlySet<string>> {
  const seed = drawSeed("PLANTED_FAULT_SEED");
  await using service = await useStripeInStep({ payments: 100, scheduleMs: HOUR_MS, seed, connector });
  await service.enableEndpoint();
  await idle(service);
  await refundInVain(service);
  await refundPartOfCapture(service);
  await service.sandbox.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS });
  await idle(service); // what is ambiguous within the second of the refunds is fetched before they fail
  await service.change(150);
  await idle(service);
  const sources = registryOf(service.inbox.sources);
  return new Set((await brokenRules(service.inbox.db, sources)).map(({ kind }) => kind));
}

/** Refunds that fail with the next changes at Stripe, which then sends events about them alone. */
async function refundInVain({ sandbox }: StripeInStep): Promise<void> {
  for (const amount of [2_000, 3_000, 4_000]) {
    const payment = await sandbox.stripe.paymentIntents.create({
      amount,
      currency: "eur",
      confirm: true,
      payment_method: "pm_card_refundFail",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    await sandbox.stripe.refunds.create({ payment_intent: payment.id, amount: amount / 2 });
  }
}

/** A payment whose refund and released amount together exceed what was captured, in any random life. */
async function refundPartOfCapture({ sandbox }: StripeInStep): Promise<void> {
  const { id } = await sandbox.stripe.paymentIntents.create({
    amount: 5_000,
    currency: "eur",
    confirm: true,
    capture_method: "manual",
    payment_method: "pm_card_visa",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  await sandbox.stripe.paymentIntents.capture(id, { amount_to_capture: 3_000 });
  await sandbox.stripe.refunds.create({ payment_intent: id, amount: 2_000 });
}

async function idle({ query }: StripeInStep): Promise<void> {
  await eventually("the first read, the deliveries and the refetches to end", async () => {
    const [row] = await query<{ open: number; read: number }>(
      `select (select count(*) from sync_runs where finished_at is null)::int
           + (select count(*) from deliveries where status = 'PENDING')::int + (select count(*) from refetches)::int as open,
         (select count(*) from sync_runs where status = 'SUCCEEDED')::int as read`,
    );
    return row?.open === 0 && row.read > 0;
  });
}

/** Stripe's own figures of a charge. */
function amountRefunded(message: ObjectMessage): number {
  const json: unknown = JSON.parse(Buffer.from(message.raw.payload.bytes).toString());
  const item = message.raw.path
    .split("/")
    .slice(1)
    .reduce((value, key) => (value as Readonly<Record<string, unknown>>)[key], json); // the connector's own pointer
  return z.object({ amount_refunded: z.number() }).parse(item).amount_refunded;
}

test("without a fault no rule is violated", async () => {
  expect([...(await kindsBrokenBy(brokenStripe((message) => message)))]).toEqual([]);
});

test("a released authorisation that counts as refunded violates a rule (C1)", async () => {
  const kinds = await kindsBrokenBy(
    brokenStripe((message) => {
      if (!isRecord(message) || message.record.type !== "PaymentAttempt" || amountRefunded(message) === 0)
        return message;
      const { record } = message;
      const released = record.amount.minor - record.capturedMinor;
      return { ...message, record: { ...record, refundedMinor: record.refundedMinor + released } };
    }),
  );
  expect([...kinds]).toEqual(expect.arrayContaining(["PAYMENT_REFUNDED_ABOVE_CAPTURED", "PAYMENT_REFUNDS_DIFFER"]));
});

test("a failed refund whose payment is not fetched again violates a rule (C2)", async () => {
  const kinds = await kindsBrokenBy(
    brokenStripe((message) => (isHintAbout(message, "Payment", "PaymentAttempt") ? undefined : message)),
  );
  expect([...kinds]).toEqual(["PAYMENT_REFUNDS_DIFFER"]);
});

function isRecord(message: { readonly type: string }): message is Extract<ObjectMessage, { readonly type: "record" }> {
  return message.type === "record";
}

function isHintAbout(message: { readonly type: string }, ...entities: readonly string[]): boolean {
  return message.type === "hint" && "entity" in message && entities.includes(String(message.entity));
}
