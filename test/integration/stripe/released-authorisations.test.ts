import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type StripeService, useStripeService } from "../../helpers/stripe-service.ts";
import { charge, intent, paymentMoney, refund } from "../../helpers/stripe-payment.ts";

/** Stripe books the part of an authorisation that was not captured as "refunded" of the charge. */
let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
});
afterAll(async () => service[Symbol.asyncDispose]());

const MANUAL = { amount: 20_675, capture_method: "manual" };
const released = { balance_transaction: null, reason: null };

test("C1: an authorised amount that was never captured is not refunded, and a real refund is", async () => {
  const { account } = service;
  const partly = { id: "ch_part", amount: 20_675, amount_captured: 20_300, payment_intent: "pi_part" };
  account.put(
    intent({ ...MANUAL, id: "pi_part", amount_received: 20_300, latest_charge: "ch_part" }),
    charge({ ...partly, amount_refunded: 375 }),
    refund({ id: "re_part", amount: 375, charge: "ch_part", payment_intent: "pi_part", ...released }),
  );
  expect(await service.sync()).toBe("SUCCEEDED");
  expect(await paymentMoney(service, "pi_part")).toEqual({
    status: "SUCCEEDED",
    captured: { amount: "203.00" },
    refunded: { amount: "0.00" },
    attempts: [{ captured: { amount: "203.00" }, refunded: { amount: "0.00" } }],
    refunds: { nodes: [{ externalId: "re_part", status: "RELEASED" }] },
  });

  account.put(
    charge({ ...partly, amount_refunded: 1_375 }),
    refund({ id: "re_real", amount: 1_000, charge: "ch_part", payment_intent: "pi_part", created: 1_763_900_000 }),
  );
  expect(await service.sync("FULL")).toBe("SUCCEEDED");
  expect(await paymentMoney(service, "pi_part")).toMatchObject({
    captured: { amount: "203.00" },
    refunded: { amount: "10.00" },
    refunds: {
      nodes: [
        { externalId: "re_real", status: "SUCCEEDED" },
        { externalId: "re_part", status: "RELEASED" },
      ],
    },
  });
});

test.each([
  ["canceled, of an intent", "pi_canceled", "ch_canceled"],
  ["expired, of a charge without an intent", "ch_expired", "ch_expired"],
])("C1: an authorisation that was %s is not refunded", async (_kind, paymentId, chargeId) => {
  const { account } = service;
  const isDirect = paymentId === chargeId;
  if (!isDirect) account.put(intent({ ...MANUAL, id: paymentId, amount_received: 0, status: "canceled" }));
  account.put(
    charge({
      id: chargeId,
      amount: 20_675,
      amount_captured: 0,
      amount_refunded: 20_675,
      captured: false,
      refunded: true,
      payment_intent: isDirect ? null : paymentId,
    }),
    refund({
      ...released,
      id: `re_of_${chargeId}`,
      amount: 20_675,
      charge: chargeId,
      payment_intent: isDirect ? null : paymentId,
      reason: isDirect ? "expired_uncaptured_charge" : null,
    }),
  );
  expect(await service.sync("FULL")).toBe("SUCCEEDED");
  expect(await paymentMoney(service, paymentId)).toEqual({
    status: "CANCELED",
    captured: { amount: "0.00" },
    refunded: { amount: "0.00" },
    attempts: [{ captured: { amount: "0.00" }, refunded: { amount: "0.00" } }],
    refunds: { nodes: [{ externalId: `re_of_${chargeId}`, status: "RELEASED" }] },
  });
});
