import { describe, expect, test } from "@jest/globals";
import { plaidBudget } from "./budget.ts";
import { plaidConfig } from "./config.ts";
import { connector } from "./index.ts";

const KEYS = { clientId: "c1", secret: "s1", accessToken: "access-production-1" };

describe("Plaid settings", () => {
  test("require the keys only", () => {
    expect(plaidConfig.parse(KEYS)).toEqual({ ...KEYS, baseUrl: "https://production.plaid.com", webhooks: true });
  });

  test.each([
    [{ secret: undefined }, ["secret"]],
    [{ clientId: "" }, ["clientId"]],
    [{ accessToken: "access-1\n" }, ["accessToken"]],
    [{ itemId: "an item" }, ["itemId"]],
    [{ webhooks: "yes" }, ["webhooks"]],
    [{ baseUrl: "sandbox.plaid.com" }, ["baseUrl"]],
    [{ baseUrl: "https://u:p@sandbox.plaid.com" }, ["baseUrl"]],
    [{ baseUrl: "http://sandbox.plaid.com" }, ["baseUrl"]],
    [{ baseUrl: "http://127.0.0.1.example.com" }, ["baseUrl"]],
    [{ baseUrl: "http://10.0.0.1" }, ["baseUrl"]],
    [{ publicKey: "x" }, []],
  ])("%j is refused at %j", (changes, path) => {
    expect(plaidConfig.safeParse({ ...KEYS, ...changes }).error?.issues).toMatchObject([{ path }]);
  });

  test.each(["http://127.0.0.1:1/", "http://localhost:1", "http://[::1]:1", "https://sandbox.plaid.com/"])(
    "base URL %s is accepted",
    (baseUrl) => {
      expect(plaidConfig.parse({ ...KEYS, baseUrl }).baseUrl).toBe(baseUrl.replace(/\/$/, ""));
    },
  );

  test("determine the address, and a budget for each Item", () => {
    expect(connector.target(plaidConfig.parse(KEYS))).toEqual({
      baseUrl: "https://production.plaid.com",
      credential: "c1:access-production-1",
      platformCredential: "c1",
    });
  });

  test("can turn webhooks off", () => {
    expect(connector.webhook?.isConfigured?.(plaidConfig.parse(KEYS))).toBe(true);
    expect(connector.webhook?.isConfigured?.(plaidConfig.parse({ ...KEYS, webhooks: false }))).toBe(false);
  });
});

test.each([
  ["/transactions/sync", "transactions", 50],
  ["/accounts/get", "accounts", 15],
  ["/accounts/balance/get", "balance", 5],
  ["/item/get", "item", 15],
  ["/webhook_verification_key/get", "other", undefined],
  ["constructor", "other", undefined],
])("path %s uses bucket %s: %p calls a minute", (path, bucket, perMinute) => {
  expect(plaidBudget.costs({ method: "POST", path })).toEqual([{ bucket }]);
  const rate = plaidBudget.buckets[bucket]?.requestsPerSecond;
  expect(rate === undefined ? undefined : Math.round(rate * 60)).toBe(perMinute);
});
