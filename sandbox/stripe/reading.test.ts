import { describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { truthOf, useSandbox, type TestSandbox } from "./testing.ts";

const LISTS = {
  customer: (stripe: Stripe) => stripe.customers,
  payment_intent: (stripe: Stripe) => stripe.paymentIntents,
  charge: (stripe: Stripe) => stripe.charges,
  refund: (stripe: Stripe) => stripe.refunds,
  dispute: (stripe: Stripe) => stripe.disputes,
  payout: (stripe: Stripe) => stripe.payouts,
  balance_transaction: (stripe: Stripe) => stripe.balanceTransactions,
} as const;

async function readAll(sandbox: TestSandbox, type: keyof typeof LISTS, limit: number) {
  const ids: string[] = [];
  for await (const object of LISTS[type](sandbox.stripe).list({ limit })) ids.push(object.id);
  return ids;
}

describe("lists of the sandbox", () => {
  test("the official client pages through every resource and finds exactly the existing objects, newest first", async () => {
    await using sandbox = await useSandbox({ payments: 400 });
    for (const type of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
      const { objects } = await truthOf(sandbox, type);
      expect(objects.length).toBeGreaterThan(5);
      const expected = objects.map((object) => object.id).reverse();
      expect(await readAll(sandbox, type, 100)).toEqual(expected);
      expect(await readAll(sandbox, type, 37)).toEqual(expected);
      expect(objects.map(({ created }) => created)).toEqual(
        objects.map(({ created }) => created).toSorted((a, b) => a - b),
      );
    }
  });

  test("reading backwards with ending_before returns the same objects", async () => {
    await using sandbox = await useSandbox({ payments: 120 });
    const { objects } = await truthOf(sandbox, "charge");
    const ids = objects.map(({ id }) => id);
    const seen: string[] = [];
    for await (const charge of sandbox.stripe.charges.list({ limit: 10, ending_before: ids[0] ?? "" }))
      seen.push(charge.id);
    expect(seen).toEqual(ids.slice(1));
  });

  test("a page respects the bounds of created, and cursors remain valid after their customer was deleted", async () => {
    await using sandbox = await useSandbox({ payments: 200 });
    const { objects } = await truthOf(sandbox, "charge");
    const middle = objects[Math.floor(objects.length / 2)]?.created ?? 0;
    const count = async (created: Stripe.ChargeListParams["created"]): Promise<number> =>
      (await sandbox.stripe.charges.list({ created: created ?? 0, limit: 100 }).autoPagingToArray({ limit: 1000 }))
        .length;
    expect(await count({ gte: middle })).toBe(objects.filter((each) => each.created >= middle).length);
    expect(await count({ gt: middle })).toBe(objects.filter((each) => each.created > middle).length);
    expect(await count({ lte: middle })).toBe(objects.filter((each) => each.created <= middle).length);
    expect(await count({ lt: middle })).toBe(objects.filter((each) => each.created < middle).length);
    expect(await count(middle)).toBe(objects.filter((each) => each.created === middle).length);

    const first = await sandbox.stripe.customers.list({ limit: 3 });
    const cursor = first.data[2]?.id ?? "";
    const expected = await sandbox.stripe.customers.list({ limit: 3, starting_after: cursor });
    await sandbox.stripe.customers.del(cursor);
    expect(await sandbox.stripe.customers.list({ limit: 3, starting_after: cursor })).toEqual(expected);
  });

  test("a filter by reference returns exactly the objects that have the reference", async () => {
    await using sandbox = await useSandbox({ payments: 500 });
    const { objects: refunds } = await truthOf(sandbox, "refund");
    const charge = String(refunds.at(-1)?.["charge"]);
    const byCharge = await sandbox.stripe.refunds.list({ charge, limit: 100 });
    expect(byCharge.data.map(({ id }) => id).toSorted()).toEqual(
      refunds
        .filter((refund) => refund["charge"] === charge)
        .map(({ id }) => id)
        .toSorted(),
    );
    const { objects: charges } = await truthOf(sandbox, "charge");
    const customer = String(charges.find((each) => each["customer"] !== null)?.["customer"]);
    const byCustomer = await sandbox.stripe.charges.list({ customer, limit: 100 });
    expect(byCustomer.data).toHaveLength(charges.filter((each) => each["customer"] === customer).length);
    const retried = charges.find((each) => each["status"] === "failed" && each["payment_intent"] !== null);
    const attempts = await sandbox.stripe.charges.list({ payment_intent: String(retried?.["payment_intent"]) });
    expect(attempts.data.map(({ id }) => id)).toContain(retried?.id);
    const failed = await sandbox.stripe.payouts.list({ status: "failed" });
    expect(failed.data.map(({ status }) => status)).toEqual(["failed"]);
    const declined = await sandbox.stripe.events.list({ types: ["charge.failed", "refund.created"], limit: 100 });
    expect(new Set(declined.data.map(({ type }) => type))).toEqual(new Set(["charge.failed", "refund.created"]));
  });
});

describe("single objects of the sandbox", () => {
  test("references are expanded where requested, over several levels and in lists", async () => {
    await using sandbox = await useSandbox({ payments: 60 });
    const { objects } = await truthOf(sandbox, "payment_intent");
    const paid = objects.find((each) => each["status"] === "succeeded" && each["capture_method"] !== "manual");
    const intent = await sandbox.stripe.paymentIntents.retrieve(paid?.id ?? "", {
      expand: ["latest_charge.balance_transaction"],
    });
    expect(intent).toMatchObject({
      latest_charge: {
        object: "charge",
        payment_intent: intent.id,
        balance_transaction: { object: "balance_transaction" },
      },
    });
    const page = await sandbox.stripe.balanceTransactions.list({ limit: 20, expand: ["data.source"] });
    // An amount that a payout holds back has no source object.
    for (const { source } of page.data.filter(({ type }) => !type.startsWith("payout_minimum_balance")))
      expect(source).toMatchObject({ id: expect.any(String), object: expect.any(String) });
    await expect(sandbox.stripe.charges.list({ expand: ["customer"] })).rejects.toThrow("data.customer");
    await expect(sandbox.stripe.charges.list({ expand: ["data.nonsense"] })).rejects.toThrow("cannot be expanded");
  });

  test("a deleted customer is returned as its tombstone and is in no list", async () => {
    await using sandbox = await useSandbox();
    const { id } = await sandbox.stripe.customers.create({ name: "Ada" });
    await sandbox.stripe.customers.del(id);
    expect(await sandbox.stripe.customers.retrieve(id)).toEqual({ id, object: "customer", deleted: true });
    expect((await sandbox.stripe.customers.list()).data).toEqual([]);
    await expect(sandbox.stripe.customers.update(id, { name: "Bob" })).rejects.toMatchObject({
      code: "resource_missing",
    });
    expect((await truthOf(sandbox, "customer")).deleted).toEqual([id]);
  });

  test("the account and its balance are returned", async () => {
    await using sandbox = await useSandbox({ payments: 50 });
    expect(await sandbox.stripe.accounts.retrieveCurrent()).toMatchObject({ object: "account", charges_enabled: true });
    expect((await sandbox.stripe.balance.retrieve()).available.length).toBeGreaterThan(0);
  });

  test("errors have Stripe's envelope and become the client's error classes", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    await expect(stripe.charges.retrieve("ch_none")).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 404,
      code: "resource_missing",
      param: "id",
      requestId: expect.stringMatching(/^req_/u),
    });
    await expect(stripe.charges.list({ starting_after: "ch_none" })).rejects.toMatchObject({
      statusCode: 400,
      param: "starting_after",
    });
    await expect(stripe.charges.list({ limit: 101 })).rejects.toMatchObject({ statusCode: 400, param: "limit" });
    const unknown: object = { nonsense: "1" };
    await expect(stripe.charges.list(unknown)).rejects.toMatchObject({ code: "parameter_unknown", param: "nonsense" });
    await expect(stripe.rawRequest("GET", "/v1/nonsense")).rejects.toMatchObject({ statusCode: 404 });
  });
});
