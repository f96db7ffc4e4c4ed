import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ConfigError } from "../config.ts";
import { ONE_SOURCE, useSettingsFolder, type SettingsFolder } from "../../test/helpers/settings-folder.ts";

let folder: SettingsFolder;
beforeEach(() => void (folder = useSettingsFolder()));
afterEach(() => folder[Symbol.dispose]());
const issuesOf: SettingsFolder["issuesOf"] = (...given) => folder.issuesOf(...given);

describe("invalid settings", () => {
  test("are all reported at once, each with its path and the expected value", () => {
    const issues = issuesOf(
      { PORT: "http", DATABASE_URL: "mysql://x", AUTH_JWT_SECRET: "short" },
      `
tenants: [acme]
sources:
  - { id: Stripe Main, tenant: acme, connector: stripe, config: {} }
  - { id: a, tenant: nobody, connector: strpe, schedule: often, extra: 1 }
`,
    );
    const paths = issues.map((issue) => issue.split(": ")[0]);
    expect(paths).toEqual(
      expect.arrayContaining([
        "PORT",
        "DATABASE_URL",
        "AUTH_JWT_SECRET",
        "sources[0].id",
        "sources[1].schedule",
        "sources[1].extra",
      ]),
    );
    expect(issues.find((issue) => issue.startsWith("PORT"))).toMatch(/whole number from 0 to 65535/);
  });

  test("that the schema cannot detect are reported together with the others", () => {
    const yaml = `
tenants: [acme]
sources:
  - { id: a, tenant: nobody, connector: stripe, config: { apiKey: "\${NOPE}", colour: red } }
  - { id: a, tenant: acme, connector: strpe }
`;
    expect(issuesOf({ HOST: "0.0.0.0" }, yaml)).toEqual([
      expect.stringMatching(/^sources\[0\].tenant: must be one of acme$/),
      expect.stringMatching(/^sources\[0\].config.apiKey: must have the environment variable NOPE, which is not set$/),
      expect.stringMatching(/^sources\[0\].config.colour: is not a setting; must be one of baseUrl, apiKey, /),
      expect.stringMatching(/^sources\[1\].id: must be unique/),
      expect.stringMatching(
        /^sources\[1\].connector: must be one of .*iso20022-bank.*, stripe; did you mean "stripe"\?$/,
      ),
      expect.stringMatching(/^HOST: must be loopback/),
    ]);
  });

  test("in a file with thousands of tenants are reported without a list of all tenants", () => {
    const tenants = Array.from({ length: 1_000 }, (_, index) => `tenant-${index}`);
    const source = { tenant: "tenamt-999", connector: "stripe", config: { apiKey: "sk_test_1" } };
    const sources = Array.from({ length: 150 }, (_, index) => ({ id: `s-${index}`, ...source }));
    const issues = issuesOf({}, JSON.stringify({ tenants, sources }));
    expect(issues).toHaveLength(150);
    expect(issues[0]).toMatch(/tenant-19 and 980 more; did you mean "tenant-999"\?$/);
    const { message } = new ConfigError(issues.map((expected, index) => ({ path: `sources[${index}]`, expected })));
    expect(message.split("\n")).toHaveLength(102); // the heading, 100 mistakes, and how many more
    expect(message).toMatch(/^150 settings are wrong\n[^]*\n {2}and 50 more$/);
  });

  test("in the shape of the file do not hide other errors", () => {
    const yaml = `
tenants: [acme]
sources:
  - id: a
    tenant: nobody
    connector: stripe
    config: { apiKey: sk_test_1 }
    schedule: often
    budget: { rates: { acount: 80, account: 0 }, maxConcurrent: 0 }
    networks: ["10.0.0.1/8"]
  - { id: a, tenant: acme, connector: strpe }
  - { id: b, tenant: acme, connector: stripe, config: {} }
  - 7
`;
    expect(issuesOf({ PORT: "http" }, yaml).map((issue) => issue.split(": ")[0])).toEqual([
      "PORT",
      "sources[0].schedule",
      "sources[0].budget.rates.account",
      "sources[0].budget.maxConcurrent",
      "sources[0].networks",
      "sources[3]",
      "sources[0].tenant",
      "sources[0].budget.rates.acount",
      "sources[1].id",
      "sources[1].connector",
      "sources[2].config.apiKey",
    ]);
  });

  test.each([
    [
      "{ every: often }",
      /^sources\[0\]\.reconcile\.every: must be "off" or a number with s, m, h or d, such as "12h"$/,
    ],
    ["{ every: of }", /^sources\[0\]\.reconcile\.every: must be "off" .*did you mean "off"\?$/],
    ["{ every: 31d }", /^sources\[0\]\.reconcile\.every: must be 30 days at most$/],
    ["{ every: 12 }", /^sources\[0\]\.reconcile\.every: must be "off" or a number with s, m, h or d/],
    ["{ days: 0 }", /^sources\[0\]\.reconcile\.days: must be .*1/],
    ["{ days: 367 }", /^sources\[0\]\.reconcile\.days: must be .*366/],
    ["{ days: 1.5 }", /^sources\[0\]\.reconcile\.days: must be a whole number from 1 to 366$/],
    ["{ day: 1 }", /^sources\[0\]\.reconcile\.day: is not a setting; did you mean "days"\?$/],
    ["daily", /^sources\[0\]\.reconcile: must be /],
  ])("in the comparisons of a source are reported with their path: %s", (reconcile, expected) => {
    const yaml = `${ONE_SOURCE}    reconcile: ${reconcile}\n`;
    expect(issuesOf({ STRIPE_KEY: "sk_test_1" }, yaml)).toEqual([expect.stringMatching(expected)]);
  });

  test("include sources with one credential and different settings for their shared upstream", () => {
    const yaml = (more: string) => `
tenants: [acme, umbrella]
sources:
  - { id: a, tenant: acme, connector: stripe, config: { apiKey: sk_test_1 }, budget: { rates: { account: 20 } } }
  - { id: b, tenant: umbrella, connector: stripe, config: { apiKey: sk_test_1, baseUrl: "https://API.stripe.com:443/" }${more} }
  - { id: c, tenant: acme, connector: stripe, config: { apiKey: sk_test_2 }, networks: ["10.0.0.0/8"] }
`;
    const same = 'must be as at "a", which has the same address and credential';
    expect(issuesOf({}, yaml(", networks: [10.0.0.0/8]"))).toEqual([
      `sources[1].budget: ${same}`,
      `sources[1].networks: ${same}`,
    ]);
    expect(issuesOf({}, yaml(", budget: { rates: { account: 20, endpoint: 25 }, maxConcurrent: 25 }"))).toEqual([]);
  });

  test("are reported without any secret", () => {
    const issues = issuesOf(
      { AUTH_JWT_SECRET: "tiny-canary" },
      ONE_SOURCE.replace('"${STRIPE_KEY}"', '"canary with spaces"'),
    );
    expect(issues.length).toBeGreaterThan(1);
    expect(issues.join("\n")).not.toMatch(/canary/);
  });

  test.each([
    [
      "a settings file that does not exist",
      { SLUICE_CONFIG: "/nowhere/sluice.yaml" },
      /^SLUICE_CONFIG: must name a readable YAML file/,
    ],
    ["a public listen address without authentication", { HOST: "0.0.0.0" }, /^HOST: must be loopback/],
    [
      "two methods of authentication",
      { AUTH_JWT_SECRET: "x".repeat(32), AUTH_JWKS_URL: "https://a.example/jwks" },
      /^AUTH_JWT_SECRET: must not be set together/,
    ],
    ["an audience without keys", { AUTH_AUDIENCE: "sluice" }, /^AUTH_AUDIENCE: must not be set without/],
    [
      "an algorithm that is none",
      { AUTH_JWKS_URL: "https://a.example/jwks", AUTH_ALGORITHMS: "ES256,none" },
      /^AUTH_ALGORITHMS: must be of RS256, .*, not none$/,
    ],
    [
      "an HMAC with the keys of an issuer",
      { AUTH_JWKS_URL: "https://a.example/jwks", AUTH_ALGORITHMS: "HS256" },
      /^AUTH_ALGORITHMS: must be of RS256, .*, not HS256$/,
    ],
    [
      "a signature with a shared secret",
      { AUTH_JWT_SECRET: "x".repeat(32), AUTH_ALGORITHMS: "RS256" },
      /^AUTH_ALGORITHMS: must be of HS256, HS384, HS512, not RS256$/,
    ],
    [
      "algorithms without keys",
      { AUTH_ALGORITHMS: "ES256" },
      /^AUTH_ALGORITHMS: must not be set without AUTH_JWKS_URL or/,
    ],
    [
      "a tolerance of clocks that is too large",
      { AUTH_JWT_SECRET: "x".repeat(32), AUTH_CLOCK_TOLERANCE_SECONDS: "301" },
      /^AUTH_CLOCK_TOLERANCE_SECONDS: must be a whole number from 0 to 300$/,
    ],
    [
      "an age of keys with a shared secret",
      { AUTH_JWT_SECRET: "x".repeat(32), AUTH_JWKS_MAX_AGE_SECONDS: "60" },
      /^AUTH_JWKS_MAX_AGE_SECONDS: must not be set without AUTH_JWKS_URL$/,
    ],
    [
      "an age of keys without keys",
      { AUTH_JWKS_COOLDOWN_SECONDS: "60" },
      /^AUTH_JWKS_COOLDOWN_SECONDS: must not be set/,
    ],
    [
      "a graph for routers without a secret",
      { ROUTER_ONLY: "on" },
      /^ROUTER_ONLY: must not be set without ROUTER_SECRET$/,
    ],
    [
      "an earlier secret of routers alone",
      { ROUTER_OLD_SECRET: "x".repeat(32) },
      /^ROUTER_OLD_SECRET: must not be set without ROUTER_SECRET$/,
    ],
    ["a port out of range", { PORT: "70000" }, /^PORT: must be a whole number/],
  ])("%s is refused", (_, environment, message) => {
    expect(issuesOf(environment as Record<string, string>)).toEqual([expect.stringMatching(message)]);
  });

  test("in the YAML syntax are reported with their position", () => {
    expect(issuesOf({}, "tenants: [acme\n")).toEqual([
      expect.stringMatching(/^SLUICE_CONFIG: must name a readable YAML file: .*line/),
    ]);
  });
});
