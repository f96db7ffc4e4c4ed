import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { charge, intent, stripeObject } from "../../helpers/stripe-payment.ts";
import { SOURCE, type StripeService, syncBefore, useStripeService } from "../../helpers/stripe-service.ts";

/** Rates as Stripe sends them, and as they are returned. */
const RATES = [
  ["txn_rate", 1.085, "1.085"],
  ["txn_small", 0.000_000_71, "0.00000071"],
  ["txn_one", 1, "1"],
  ["txn_none", null, null],
] as const;

let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
  service.account.put(
    ...PAYMENTS,
    ...RATES.map(([id, exchange_rate]) => stripeObject("balance-transaction", { id, exchange_rate })),
  );
  await syncBefore(service, "FULL");
});
afterAll(async () => service[Symbol.asyncDispose]());

const ADDRESS = { line1: "1 Example Way", line2: null, city: "Bath", state: null, postal_code: "BA1", country: "GB" };
const billing = (name: string | null, email: string | null, address: object | null = null) => ({
  billing_details: { name, email, phone: null, address, tax_id: null },
});

const attempt = (id: string, created: number, status: string, name: string) =>
  charge({ id, created, status, payment_intent: "pi_tries", customer: null, ...billing(name, null) });

const PAYMENTS = [
  intent({ id: "pi_guest", customer: null, latest_charge: "ch_guest" }),
  charge({
    id: "ch_guest",
    payment_intent: "pi_guest",
    customer: null,
    ...billing("Grace Guest", "grace@example.com", ADDRESS),
  }),
  charge({ id: "ch_direct", payment_intent: null, customer: null, ...billing("Dora Direct", null) }),
  charge({ id: "ch_unknown", payment_intent: null, customer: null, ...billing(null, "") }),
  intent({ id: "pi_tries", customer: null }),
  attempt("ch_first", 1_763_800_001, "failed", "First Try"),
  attempt("ch_second", 1_763_800_002, "succeeded", "Second Try"),
  attempt("ch_third", 1_763_800_003, "failed", "Third Try"),
];

const entity = async (type: string, externalId: string, fields: string) =>
  (
    await service.ask<{ _entities: readonly unknown[] }>(
      `{ _entities(representations: [{ __typename: "${type}", source: { id: "${SOURCE}" }, externalId: "${externalId}" }]) {
        ... on ${type} { ${fields} } } }`,
    )
  )._entities[0];

const PAYER = "payerDetails { name email phone address { line1 line2 city state postalCode country } }";
const parties = () => service.query("select external_id from sluice.parties");

test("C9: the payer without a customer is readable, and is not a party", async () => {
  expect(await entity("Payment", "pi_guest", `debtor { id } ${PAYER} attempts { ${PAYER} }`)).toEqual({
    debtor: null,
    payerDetails: {
      name: "Grace Guest",
      email: "grace@example.com",
      phone: null,
      address: { line1: "1 Example Way", line2: null, city: "Bath", state: null, postalCode: "BA1", country: "GB" },
    },
    attempts: [{ payerDetails: expect.objectContaining({ name: "Grace Guest" }) }],
  });
  expect(await entity("Payment", "ch_direct", `debtor { id } ${PAYER}`)).toEqual({
    debtor: null,
    payerDetails: { name: "Dora Direct", email: null, phone: null, address: null },
  });
  expect(await entity("Payment", "ch_unknown", `debtor { id } ${PAYER}`)).toEqual({ debtor: null, payerDetails: null });
  expect(await parties()).toEqual([]);
});

test("C9: the newest successful attempt determines the payer", async () => {
  expect(await entity("Payment", "pi_tries", "payerDetails { name }")).toEqual({
    payerDetails: { name: "Second Try" },
  });
});

test("C9: the payer is in no log and no event", async () => {
  expect(service.output()).not.toMatch(/Grace|grace@example/);
  const events = await service.query("select 1 from sluice.events where data::text ~ 'Grace|grace@example'");
  expect(events).toEqual([]);
});

test.each(RATES)("C10: the exchange rate of %s is exact", async (id, _rate, expected) => {
  expect(await entity("LedgerEntry", id, "exchangeRate gross { amount currency }")).toEqual({
    exchangeRate: expected,
    gross: { amount: "19.99", currency: "EUR" },
  });
});
