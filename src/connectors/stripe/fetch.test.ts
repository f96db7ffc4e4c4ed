import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../../test/helpers/eventually.ts";
import type { EntityType } from "../../domain/ids.ts";
import { stripeConfig } from "./config.ts";
import {
  missing,
  pageOf,
  startScriptedStripe,
  type ScriptedAnswer,
  type ScriptedStripe,
} from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { connector } from "./index.ts";

const NOW = 1_763_800_000;

function fetchMany(stripe: ScriptedStripe, entity: EntityType, ...externalIds: readonly string[]) {
  const config = stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1" });
  return connector.fetchMany({
    config,
    client: stripe.client,
    entity,
    externalIds,
    signal: AbortSignal.timeout(10_000),
  });
}

/** Serves the fixtures at their addresses, and 404 for everything else. */
async function startStripe(answers: Readonly<Record<string, ScriptedAnswer>> = {}): Promise<ScriptedStripe> {
  const objects: Readonly<Record<string, unknown>> = {
    "/v1/customers/cus_TQ1example": fixture("customer"),
    "/v1/customers/cus_gone": { id: "cus_gone", object: "customer", deleted: true },
    "/v1/payment_intents/pi_3example": fixture("payment-intent"),
    "/v1/charges/ch_3example": fixture("charge"),
    "/v1/charges/py_direct": fixture("charge", { id: "py_direct", payment_intent: null }),
    "/v1/refunds/re_3example": fixture("refund"),
    "/v1/disputes/du_1example": fixture("dispute"),
    "/v1/payouts/po_1example": fixture("payout-expanded"),
    "/v1/balance_transactions/txn_3example": fixture("balance-transaction"),
    "/v1/balance": fixture("balance"),
  };
  return await startScriptedStripe(
    ({ pathname }) => {
      if (answers[pathname] !== undefined) return answers[pathname];
      return Object.hasOwn(objects, pathname) ? { json: objects[pathname] } : missing("id");
    },
    () => NOW,
  );
}

describe("fetching Stripe objects by id", () => {
  test.each([
    ["Party", "cus_TQ1example"],
    ["Payment", "pi_3example"],
    ["Payment", "py_direct"],
    ["PaymentAttempt", "ch_3example"],
    ["Refund", "re_3example"],
    ["Dispute", "du_1example"],
    ["Payout", "po_1example"],
    ["LedgerEntry", "txn_3example"],
    ["Account", "balance"],
  ] as const)("a %s %s is returned, and a missing one is a tombstone", async (entity, externalId) => {
    await using stripe = await startStripe();
    const messages = await fetchMany(stripe, entity, externalId, `x_missing`);
    expect(messages).toContainEqual(
      expect.objectContaining({ type: "record", record: expect.objectContaining({ type: entity, externalId }) }),
    );
    expect(messages.at(-1)).toMatchObject({
      type: "tombstone",
      entity,
      externalId: "x_missing",
      version: { finality: 1, until: BigInt(NOW) * 1000n + 999n },
    });
  });

  test("includes the objects that belong to it", async () => {
    await using stripe = await startStripe();
    const types = async (entity: EntityType, id: string) =>
      (await fetchMany(stripe, entity, id)).map((message) => message.type === "record" && message.record.type);
    expect(await types("Payment", "py_direct")).toEqual(["Payment", "PaymentAttempt"]);
    expect(await types("Payout", "po_1example")).toEqual(["Account", "Payout"]);
    expect(await types("Account", "balance")).toEqual(["Account", "Balance", "Balance", "Balance", "Balance"]);
  });

  test("a deleted customer stays deleted", async () => {
    await using stripe = await startStripe();
    expect(await fetchMany(stripe, "Party", "cus_gone")).toMatchObject([
      { type: "tombstone", entity: "Party", externalId: "cus_gone", version: { finality: 2 } },
    ]);
  });

  test("a charge that belongs to an intent is not a payment", async () => {
    await using stripe = await startStripe();
    expect(await fetchMany(stripe, "Payment", "ch_3example")).toMatchObject([
      { type: "record", record: { type: "PaymentAttempt" } },
      { type: "tombstone", entity: "Payment", externalId: "ch_3example" },
    ]);
  });

  test("an external account is fetched through a payout to it", async () => {
    const list = { json: { object: "list", has_more: false, data: [fixture("payout-expanded")] } };
    await using stripe = await startStripe({ "/v1/payouts": list });
    expect(await fetchMany(stripe, "Account", "ba_1example")).toMatchObject([
      { type: "record", record: { type: "Account", externalId: "ba_1example" }, raw: { path: "/data/0" } },
      { type: "record", record: { type: "Payout" } },
    ]);
    expect(stripe.requests[0]?.searchParams.get("destination")).toBe("ba_1example");
  });

  test("an id is one path segment, and never another resource", async () => {
    await using stripe = await startStripe();
    const ids = ["..", ".", "", "a/../../balance", "our customer #1", "\ud800"];
    const messages = await fetchMany(stripe, "Party", ...ids);
    expect(messages.map(({ type }) => type)).toEqual([
      "malformed",
      "malformed",
      "malformed",
      "tombstone",
      "tombstone",
      "malformed",
    ]);
    expect(stripe.requests.map(({ pathname }) => pathname).toSorted()).toEqual([
      "/v1/customers/a%2F..%2F..%2Fbalance",
      "/v1/customers/our%20customer%20%231",
    ]);
  });

  test("one malformed object does not stop the others (F26)", async () => {
    const garbled = { json: { id: "cus_bad", object: "customer", created: "today" } };
    await using stripe = await startStripe({ "/v1/customers/cus_bad": garbled });
    expect(await fetchMany(stripe, "Party", "cus_bad", "cus_TQ1example")).toMatchObject([
      { type: "malformed", externalId: "cus_bad", path: "created" },
      { type: "record", record: { externalId: "cus_TQ1example" } },
    ]);
  });

  test("a 404 that is not about the object is a failure, not a deletion", async () => {
    const notFound = { status: 404, json: { message: "no route" } };
    await using stripe = await startStripe({ "/v1/customers/cus_1": notFound });
    await expect(fetchMany(stripe, "Party", "cus_1")).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
  });

  test("a missing right of a restricted key is named, and is not a credentials failure (F29)", async () => {
    const forbidden = { status: 403, json: { error: { type: "invalid_request_error", message: "no" } } };
    await using stripe = await startStripe({ "/v1/customers/cus_1": forbidden });
    await expect(fetchMany(stripe, "Party", "cus_1")).rejects.toMatchObject({
      code: "UPSTREAM_REJECTED",
      publicMessage: "the Stripe key lacks the right to read customers",
    });
  });

  test("a failure cancels the other requests and is the error that is thrown", async () => {
    const never = Promise.withResolvers<ScriptedAnswer>();
    await using stripe = await startScriptedStripe(
      async ({ pathname }) => {
        if (pathname.endsWith("cus_slow")) return await never.promise;
        await eventually("both requests", () => stripe.requests.length === 2);
        return { status: 401, json: {} };
      },
      () => NOW,
    );
    await expect(fetchMany(stripe, "Party", "cus_slow", "cus_1")).rejects.toMatchObject({
      code: "UPSTREAM_UNAUTHORIZED",
    });
    never.resolve({ json: {} });
  });

  test("balances have no address of their own", async () => {
    await using stripe = await startStripe();
    await expect(fetchMany(stripe, "Balance", "balance:AVAILABLE:EUR")).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(Object.keys(connector.fetch)).not.toContain("Balance");
  });
});

describe("the check of a Stripe source", () => {
  const check = (stripe: ScriptedStripe) =>
    connector.check({
      config: stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1" }),
      client: stripe.client,
      signal: AbortSignal.timeout(10_000),
    });

  test("succeeds when the balance is returned", async () => {
    await using stripe = await startStripe();
    await expect(check(stripe)).resolves.toBeUndefined();
  });

  test("succeeds when Stripe knows the key but refuses the balance, because other streams may be readable", async () => {
    await using stripe = await startStripe({ "/v1/balance": { status: 403, json: { error: {} } } });
    await expect(check(stripe)).resolves.toBeUndefined();
  });

  test("C11: fails for a connected account to which the key has no access", async () => {
    const refused = { type: "invalid_request_error", code: "account_invalid", message: "no" };
    await using stripe = await startStripe({ "/v1/balance": { status: 403, json: { error: refused } } });
    const config = stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1", account: "acct_1" });
    const input = { config, client: stripe.client, signal: AbortSignal.timeout(10_000) };
    await expect(connector.check(input)).rejects.toMatchObject({
      code: "UPSTREAM_REJECTED",
      publicMessage: "Stripe gives the key no access to the connected account acct_1",
    });
  });

  test("reports another service at the address", async () => {
    await using stripe = await startScriptedStripe(
      () => ({ json: { status: "ok" } }),
      () => NOW,
    );
    await expect(check(stripe)).rejects.toMatchObject({ code: "UPSTREAM_MALFORMED" });
  });
});

describe("the refunds of a charge", () => {
  const refundsOf = (stripe: ScriptedStripe, ...externalIds: readonly string[]) =>
    connector.fetchMany({
      config: stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1" }),
      client: stripe.client,
      entity: "Refund",
      of: "PaymentAttempt",
      externalIds,
      signal: AbortSignal.timeout(20_000),
    });

  test("C3: all pages of them are read", async () => {
    const refunds = Array.from({ length: 120 }, (_, index) => ({
      ...fixture("refund", { charge: "ch_1" }),
      id: `re_${index}`,
      created: 1_763_900_000 - index,
    }));
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, refunds),
      () => NOW,
    );
    const messages = await refundsOf(stripe, "ch_1");
    expect(messages.map((message) => message.type === "record" && message.record.externalId)).toEqual(
      refunds.map(({ id }) => id),
    );
    expect(stripe.requests.map(({ searchParams }) => searchParams.get("charge"))).toEqual(["ch_1", "ch_1"]);
  });

  test("C2: a failed refund requests its charge once", async () => {
    const refunds = [
      { ...fixture("refund", { status: "failed" }), id: "re_1", created: 2 },
      { ...fixture("refund"), id: "re_2", created: 1 },
    ];
    await using stripe = await startScriptedStripe(
      (url) => pageOf(url, refunds),
      () => NOW,
    );
    expect((await refundsOf(stripe, "ch_3example")).filter(({ type }) => type === "hint")).toEqual([
      { type: "hint", entity: "PaymentAttempt", externalId: "ch_3example" },
    ]);
  });

  test("objects of other types are not fetched by their parent", async () => {
    await using stripe = await startScriptedStripe(
      () => ({ json: {} }),
      () => NOW,
    );
    const input = { config: stripeConfig.parse({ baseUrl: stripe.url, apiKey: "sk_test_1" }), client: stripe.client };
    await expect(
      connector.fetchMany({
        ...input,
        entity: "Dispute",
        of: "Payment",
        externalIds: ["pi_1"],
        signal: AbortSignal.timeout(20_000),
      }),
    ).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
