import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { SOURCE, type StripeInStep, useStripeInStep } from "../../helpers/stripe-in-step.ts";

/** Sandbox accounts that report their changes in other ways than the newest API version. */
let stripe: StripeInStep;
beforeEach(async () => {
  stripe = await useStripeInStep({ payments: 60, scheduleMs: 500 });
  await stripe.inStep();
});
afterEach(async () => stripe[Symbol.asyncDispose]());

const register = (endpoint: Readonly<Record<string, unknown>>) =>
  stripe.sandbox.control("POST", "webhook-endpoints", {
    url: `${stripe.inbox.url}/webhooks/${SOURCE}`,
    secrets: stripe.sandbox.config.webhookSecrets,
    ...endpoint,
  });

test("C3: the stored objects follow the webhooks of an account of an older version", async () => {
  await stripe.sandbox.control("POST", "account", { apiVersion: "2020-08-27" });
  await register({});
  await stripe.change(150);
  await expect(stripe.inStep()).resolves.toBeUndefined();
});

test("C5: two endpoints, one of an older version, have one effect and no conflict", async () => {
  await register({});
  await register({ apiVersion: "2020-08-27" });
  await stripe.change(80);
  await stripe.inStep();
  expect(await stripe.query("select kind from findings where kind = 'DELIVERY_CONFLICT'")).toEqual([]);
  expect(await stripe.query("select 1 from delivery_conflicts")).toEqual([]);
});

test("C6: the stored objects follow thin events", async () => {
  await register({ payload: "thin" });
  await stripe.change(80);
  await stripe.inStep();
  expect(await stripe.query("select event_type, error_message from deliveries where status <> 'APPLIED'")).toEqual([]);
  const refetched = await stripe.query("select 1 from deliveries where effects -> 0 ->> 'kind' = 'REFETCH'");
  expect(refetched.length).toBeGreaterThan(20);
});
