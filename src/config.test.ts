import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, ConfigError, loadConfig } from "./config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(environment: Record<string, string>, yaml?: string): Config {
  const file = join(folder, "sluice.yaml");
  if (yaml !== undefined) writeFileSync(file, yaml);
  return loadConfig({ ...(yaml !== undefined && { SLUICE_CONFIG: file }), ...environment });
}

function issuesOf(environment: Record<string, string>, yaml?: string): string[] {
  try {
    load(environment, yaml);
  } catch (reason) {
    if (reason instanceof ConfigError) return reason.issues.map((issue) => `${issue.path}: ${issue.expected}`);
    throw reason;
  }
  return [];
}

const SOURCE = `
tenants: [acme]
sources:
  - id: stripe-main
    tenant: acme
    connector: stripe
    config: { apiKey: "\${STRIPE_KEY}" }
`;

test("no settings at all is a demo on loopback", () => {
  expect(load({})).toMatchObject({
    demo: true,
    host: "127.0.0.1",
    port: 4000,
    dataDir: ".sluice",
    tenants: ["demo"],
    sources: [],
  });
});

test("a file gives tenants and sources, with variables put in", () => {
  const config = load({ STRIPE_KEY: "sk_test_1" }, SOURCE);
  expect(config).toMatchObject({ demo: false, tenants: ["acme"], logLevel: "info" });
  expect(config.sources).toMatchObject([
    {
      id: "stripe-main",
      tenantId: "acme",
      connector: "stripe",
      scheduleMs: 300_000,
      config: { apiKey: "sk_test_1", baseUrl: "https://api.stripe.com" },
    },
  ]);
});

test.each([
  ["https://hooks.example.com", "https://hooks.example.com"],
  ["https://example.com:8443/sluice/", "https://example.com:8443/sluice"],
  ["http://10.0.0.7//", "http://10.0.0.7"],
])("PUBLIC_URL %s", (text, expected) => {
  expect(load({ PUBLIC_URL: text }).publicUrl).toBe(expected);
});

test.each([
  "hooks.example.com",
  "ftp://example.com",
  "https://",
  "https://example.com/?tenant=1",
  "https://example.com?",
  "https://example.com/#top",
  "https://user:canary@example.com",
  "https://example.com/a b",
])("PUBLIC_URL %s is refused, and not repeated", (text) => {
  expect(issuesOf({ PUBLIC_URL: text })).toEqual([
    "PUBLIC_URL: must be an http or https URL without credentials, query and fragment",
  ]);
});

test.each([
  ["30s", 30_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["manual", undefined],
])("schedule %s", (schedule, expected) => {
  const [source] = load({ STRIPE_KEY: "sk_test_1" }, `${SOURCE}    schedule: ${schedule}\n`).sources;
  expect(source?.scheduleMs).toBe(expected);
});

describe("mistakes", () => {
  test("are told all at once, each with its path and what was expected", () => {
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
        "sources[1]",
      ]),
    );
    expect(issues.find((issue) => issue.startsWith("PORT"))).toMatch(/whole number from 0 to 65535/);
  });

  test("in what the schema cannot see are told with the others", () => {
    const yaml = `
tenants: [acme]
sources:
  - { id: a, tenant: nobody, connector: stripe, config: { apiKey: "\${NOPE}", colour: red } }
  - { id: a, tenant: acme, connector: strpe }
`;
    expect(issuesOf({ HOST: "0.0.0.0" }, yaml)).toEqual([
      expect.stringMatching(/^sources\[0\].tenant: must be one of tenants: acme/),
      expect.stringMatching(/^sources\[0\].config.apiKey: needs the environment variable NOPE/),
      expect.stringMatching(/^sources\[0\].config: .*colour/),
      expect.stringMatching(/^sources\[1\].id: must be unique/),
      expect.stringMatching(/^sources\[1\].connector: must be one of .*iso20022-bank.*, stripe/),
      expect.stringMatching(/^HOST: must be loopback/),
    ]);
  });

  test("in the shape of the file hide no others", () => {
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

  test("are sources with one credential that say different things of their one upstream", () => {
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

  test("never repeat a secret", () => {
    const issues = issuesOf(
      { AUTH_JWT_SECRET: "tiny-canary" },
      SOURCE.replace('"${STRIPE_KEY}"', '"canary with spaces"'),
    );
    expect(issues.length).toBeGreaterThan(1);
    expect(issues.join("\n")).not.toMatch(/canary/);
  });

  test.each([
    [
      "a file that is not there",
      { SLUICE_CONFIG: "/nowhere/sluice.yaml" },
      /^SLUICE_CONFIG: must name a readable YAML file/,
    ],
    ["an address that others reach, without authentication", { HOST: "0.0.0.0" }, /^HOST: must be loopback/],
    [
      "two ways to authenticate",
      { AUTH_JWT_SECRET: "x".repeat(32), AUTH_JWKS_URL: "https://a.example/jwks" },
      /^AUTH_JWT_SECRET: must not be set together/,
    ],
    ["an audience without keys", { AUTH_AUDIENCE: "sluice" }, /^AUTH_AUDIENCE: goes with/],
    ["a port out of range", { PORT: "70000" }, /^PORT: must be a whole number/],
  ])("%s", (_, environment, message) => {
    expect(issuesOf(environment as Record<string, string>)).toEqual([expect.stringMatching(message)]);
  });

  test("in the YAML itself name the place", () => {
    expect(issuesOf({}, "tenants: [acme\n")).toEqual([
      expect.stringMatching(/^SLUICE_CONFIG: must name a readable YAML file: .*line/),
    ]);
  });
});
