import { expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { deliver, sign } from "../../helpers/stripe-deliveries.ts";
import { SOURCE, type StripeInStep, useStripeInStep } from "../../helpers/stripe-in-step.ts";

/** A charge of 7 at Stripe, and the text of another one with two amounts. */
async function ambiguousCharge({ sandbox }: StripeInStep, id: string): Promise<string> {
  const { lastResponse: _response, ...charge } = await sandbox.stripe.charges.create({
    amount: 700,
    currency: "usd",
    source: "tok_visa",
  });
  const text = JSON.stringify({ ...charge, id, balance_transaction: null });
  const ambiguous = text.replace('"amount":700,', '"amount":700,"\\u0061mount":900,');
  if (ambiguous === text) throw new Error("the charge has no amount of 700");
  return ambiguous;
}

const attempts = (stripe: StripeInStep) =>
  stripe.query("select external_id, amount_minor from payment_attempts order by external_id");

test("C50: a signed delivery with a repeated key is parked with the path, and no part of it is applied", async () => {
  await using stripe = await useStripeInStep({ payments: 0, scheduleMs: 3_600_000 });
  const [secret = ""] = stripe.sandbox.config.webhookSecrets;
  const charge = await ambiguousCharge(stripe, "ch_twice");
  const body = `{"id":"evt_twice","object":"event","api_version":"2026-10-28.endive","created":1790000000,"livemode":false,
    "type":"charge.updated","data":{"object":${charge}}}`;
  const { status } = await deliver(stripe.inbox.url, SOURCE, sign(body, secret));
  expect(status).toBe(200);
  await eventually("it is settled", async () => {
    const rows = await stripe.query("select 1 from deliveries where status <> 'PENDING'");
    return rows.length === 1;
  });
  expect(await stripe.query("select status, attempts, error_code, error_message from deliveries")).toEqual([
    {
      status: "PARKED",
      attempts: 1,
      error_code: "DELIVERY_MALFORMED",
      error_message: expect.stringContaining("data.object.amount"),
    },
  ]);
  expect((await attempts(stripe)).map((row) => row["external_id"])).not.toContain("ch_twice");
});

test("C50: on a list page, the item with a repeated key is quarantined with the path, and the others are read", async () => {
  await using stripe = await useStripeInStep({ payments: 0, scheduleMs: 200 });
  const json = await ambiguousCharge(stripe, "ch_twice");
  await stripe.sandbox.control("POST", "objects", { type: "charge", json });
  const quarantined = () =>
    stripe.query(
      "select entity_type, external_id, path, problem from quarantined_records where external_id = 'ch_twice'",
    );
  await eventually("it is quarantined", async () => (await quarantined()).length > 0);
  expect(await quarantined()).toEqual(
    expect.arrayContaining([
      {
        entity_type: "PaymentAttempt",
        external_id: "ch_twice",
        path: "amount",
        problem: "must be an integer, got a repeated key",
      },
    ]),
  );
  await eventually("the other one is read", async () => (await attempts(stripe)).length === 1);
  expect(await attempts(stripe)).toEqual([{ external_id: expect.not.stringContaining("twice"), amount_minor: 700n }]);
});
