import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { stripeConfig } from "./config.ts";
import { connector } from "./index.ts";

describe("Stripe settings", () => {
  test("require only a key", () => {
    expect(stripeConfig.parse({ apiKey: "sk_live_1" })).toEqual({
      baseUrl: "https://api.stripe.com",
      apiKey: "sk_live_1",
      webhookSecrets: [],
      connectedAccounts: [],
    });
  });

  test.each([
    [{}, ["apiKey"]],
    [{ apiKey: "" }, ["apiKey"]],
    [{ apiKey: "sk_test_1\n" }, ["apiKey"]],
    [{ apiKey: "sk_test_1", webhookSecrets: ["whsec_1", " "] }, ["webhookSecrets", 1]],
    [{ apiKey: "sk_test_1", webhookSecrets: [{ secret: "whsec_1" }] }, ["webhookSecrets", 0]],
    [
      { apiKey: "sk_test_1", webhookSecrets: [{ secret: "whsec_1", expiresAt: "2026-12-01" }] },
      ["webhookSecrets", 0, "expiresAt"],
    ],
    [{ apiKey: "sk_test_1", baseUrl: "api.stripe.com" }, ["baseUrl"]],
    [{ apiKey: "sk_test_1", baseUrl: "ftp://api.stripe.com" }, ["baseUrl"]],
    [{ apiKey: "sk_test_1", baseUrl: "https://u:p@api.stripe.com" }, ["baseUrl"]],
    [{ apiKey: "sk_live_1", baseUrl: "http://api.stripe.com" }, ["baseUrl"]],
    [{ apiKey: "sk_test_1", secret: "x" }, []],
  ])("%j is refused at %j", (settings, path) => {
    expect(stripeConfig.safeParse(settings).error?.issues).toMatchObject([{ path }]);
  });

  test("give a rotated secret an expiry, in any UTC offset (F52)", () => {
    const old = { secret: "whsec_old", expiresAt: "2026-12-01T10:00:00+01:00" };
    expect(stripeConfig.parse({ apiKey: "sk_test_1", webhookSecrets: ["whsec_new", old] }).webhookSecrets).toEqual([
      "whsec_new",
      { value: "whsec_old", expiresAtMs: Date.UTC(2026, 11, 1, 9) },
    ]);
  });

  test("all have a description", () => {
    const { properties } = z.toJSONSchema(stripeConfig, { io: "input" });
    for (const [name, property] of Object.entries(properties ?? {})) {
      expect([name, typeof property === "object" ? property.description : ""]).toEqual([name, expect.any(String)]);
    }
  });

  test("determine the address and the budget", () => {
    const config = stripeConfig.parse({ apiKey: "sk_test_1", baseUrl: "http://127.0.0.1:1/" });
    expect(connector.target(config)).toEqual({
      baseUrl: "http://127.0.0.1:1",
      credential: "sk_test_1",
    });
  });
});
