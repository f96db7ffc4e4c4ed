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

test("without any settings, a demo runs on loopback", () => {
  expect(load({})).toMatchObject({
    demo: true,
    host: "127.0.0.1",
    port: 4000,
    dataDir: ".sluice",
    tenants: ["demo"],
    sources: [],
  });
});

test("a settings file defines tenants and sources, and variables are replaced", () => {
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
])("PUBLIC_URL %s is accepted", (text, expected) => {
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
])("PUBLIC_URL %s is refused, and the message does not contain it", (text) => {
  expect(issuesOf({ PUBLIC_URL: text })).toEqual([
    "PUBLIC_URL: must be an http or https URL without credentials, query and fragment",
  ]);
});

test("limits of operations and WebSockets are read in the units of the service", () => {
  const { operationTimeoutMs, webSockets, trustedDocuments } = load({
    OPERATION_TIMEOUT_SECONDS: "5",
    WEBSOCKET_SOCKETS_PER_TENANT: "7",
    WEBSOCKET_MEGABYTES_PER_PRINCIPAL: "2",
  });
  expect(operationTimeoutMs).toBe(5_000);
  expect(webSockets).toEqual({
    perPrincipal: { connections: 1_000, operations: 2_000, bytes: 2 * 1024 * 1024 },
    perTenant: { connections: 7, operations: 12_000, bytes: 64 * 1024 * 1024 },
  });
  expect(trustedDocuments).toBeUndefined();
});

test("trusted documents are read from their file, and mistakes are reported with those of other settings", () => {
  const file = join(folder, "documents.json");
  writeFileSync(file, '{"abc": "{ a }"}');
  const settings = { TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: "only" };
  expect(load(settings).trustedDocuments).toEqual({ mode: "only", texts: new Map([["abc", "{ a }"]]) });
  writeFileSync(file, '{"abc": "{ a"}');
  expect(issuesOf({ ...settings, METRICS_PORT: "4000" })).toEqual([
    "METRICS_PORT: must not be the same as PORT",
    expect.stringContaining("documents.json.abc: must be a GraphQL document with an operation: Syntax Error"),
  ]);
  expect(issuesOf({ TRUSTED_DOCUMENTS_MODE: "only" })).toEqual([
    "TRUSTED_DOCUMENTS_MODE: must not be only without TRUSTED_DOCUMENTS",
  ]);
});

test.each([
  ["30s", 30_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["manual", undefined],
])("schedule %s is read", (schedule, expected) => {
  const [source] = load({ STRIPE_KEY: "sk_test_1" }, `${SOURCE}    schedule: ${schedule}\n`).sources;
  expect(source?.scheduleMs).toBe(expected);
});

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
      SOURCE.replace('"${STRIPE_KEY}"', '"canary with spaces"'),
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

describe("metrics", () => {
  test("have a port and a token where they are set", () => {
    expect(load({}).metrics).toEqual({ port: undefined, token: undefined, sources: 100 });
    const environment = { METRICS_PORT: "9464", METRICS_TOKEN: "a-token-for-metrics", METRICS_SOURCES: "0" };
    expect(load(environment).metrics).toEqual({ port: 9464, token: "a-token-for-metrics", sources: 0 });
  });

  test("cannot have the main port, nor a token that is short or has spaces", () => {
    expect(issuesOf({ PORT: "4000", METRICS_PORT: "4000" })).toEqual(["METRICS_PORT: must not be the same as PORT"]);
    expect(issuesOf({ PORT: "0", METRICS_PORT: "0" })).toEqual([]);
    expect(issuesOf({ METRICS_TOKEN: "short" })).toEqual(["METRICS_TOKEN: must have at least 16 characters"]);
    expect(issuesOf({ METRICS_TOKEN: "a token with spaces" })).toEqual([
      "METRICS_TOKEN: must be printable ASCII without spaces",
    ]);
  });
});

describe("a misspelt", () => {
  const yaml = (text: string) => issuesOf({ STRIPE_KEY: "sk_test_1" }, text);

  test.each([
    ["key of the file", SOURCE.replace("tenants:", "tennants:"), 'tennants: is not a setting; did you mean "tenants"?'],
    ["key of a source", `${SOURCE}    shedule: 5m\n`, 'sources[0].shedule: is not a setting; did you mean "schedule"?'],
    [
      "key of a connector's settings",
      SOURCE.replace("apiKey:", "apiKeey: x, apiKey:"),
      'sources[0].config.apiKeey: is not a setting; did you mean "apiKey"?',
    ],
    [
      "key in a group",
      `${SOURCE}    budget: { maxConcurent: 3 }\n`,
      'sources[0].budget.maxConcurent: is not a setting; did you mean "maxConcurrent"?',
    ],
    [
      "bucket",
      `${SOURCE}    budget: { rates: { acount: 3 } }\n`,
      expect.stringMatching(/^sources\[0\]\.budget\.rates\.acount: must be one of .*; did you mean "account"\?$/),
    ],
    [
      "connector",
      SOURCE.replace("connector: stripe", "connector: plad"),
      expect.stringMatching(/^sources\[0\]\.connector: must be one of .*; did you mean "plaid"\?$/),
    ],
    [
      "tenant",
      SOURCE.replace("tenant: acme", "tenant: acmee"),
      'sources[0].tenant: must be one of acme; did you mean "acme"?',
    ],
    [
      "schedule",
      `${SOURCE}    schedule: manaul\n`,
      'sources[0].schedule: must be "manual" or a number with s, m, h or d, such as "5m"; did you mean "manual"?',
    ],
  ])("%s is answered with the right one", (_, text, issue) => {
    expect(yaml(text)).toContainEqual(issue);
  });

  test("value of a variable is answered with the right one", () => {
    expect(issuesOf({ LOG_LEVEL: "wran" })).toEqual([
      'LOG_LEVEL: must be one of fatal, error, warn, info, debug, silent; did you mean "warn"?',
    ]);
  });

  test("variable is a warning, and stops nothing", () => {
    const { warnings } = load({ SLUICE_CONFG: "sluice.yaml", SLUICE_PORT: "4001", SLUICE_COLOUR: "red" });
    expect(warnings).toEqual([
      "SLUICE_CONFG is not a setting; did you mean SLUICE_CONFIG?",
      "SLUICE_PORT is not a setting; did you mean PORT?",
      "SLUICE_COLOUR is not a setting, and is ignored",
    ]);
  });

  test("variable is none that the file refers to, or that Kubernetes sets for a service of this name", () => {
    const environment = {
      SLUICE_STRIPE_KEY: "sk_test_1",
      SLUICE_SERVICE_HOST: "10.0.0.1",
      SLUICE_SERVICE_PORT: "4000",
      SLUICE_SERVICE_PORT_HTTP: "4000",
      SLUICE_PORT: "tcp://10.0.0.1:4000",
      SLUICE_PORT_4000_TCP_ADDR: "10.0.0.1",
    };
    expect(load(environment, SOURCE.replace("STRIPE_KEY", "SLUICE_STRIPE_KEY")).warnings).toEqual([]);
  });
});

describe("a value of the wrong kind", () => {
  test.each([
    ["tenants: acme", "tenants: must be a list, not a text"],
    ["tenants: []", "tenants: must name at least one tenant"],
    ["sources: []", "tenants: must be set, to a list"],
    ["7", "SLUICE_CONFIG: must be a group of settings, not a number"],
    ["tenants: [acme]\nsources: {}", "sources: must be a list, not a group of settings"],
    [`${SOURCE}    budget: { maxConcurrent: many }`, "sources[0].budget.maxConcurrent: must be a number, not a text"],
    [`${SOURCE}    budget: { maxConcurrent: 0 }`, "sources[0].budget.maxConcurrent: must be at least 1"],
    [`${SOURCE}    budget: { rates: { account: 0 } }`, "sources[0].budget.rates.account: must be more than 0"],
    [
      SOURCE.replace("config: {", "config: { webhookSecrets: 7,"),
      "sources[0].config.webhookSecrets: must be a list, not a number",
    ],
    [SOURCE.replace(/\n {4}config.*/, ""), "sources[0].config.apiKey: must be set, to a text"],
  ])("%s", (yaml, issue) => {
    expect(issuesOf({ STRIPE_KEY: "sk_test_1" }, yaml)).toEqual([issue]);
  });
});

describe("platforms", () => {
  const file = (platforms: unknown, sources: readonly object[]) =>
    JSON.stringify({ tenants: ["acme"], platforms, sources: sources.map((own) => ({ tenant: "acme", ...own })) });
  const PLAID = { id: "plaid-client", connector: "plaid", config: { clientId: "c", secret: "s" } };
  const item = (id: string, config: object = { accessToken: `access-${id}`, itemId: `item-${id}` }) => ({
    id,
    connector: "plaid",
    platform: "plaid-client",
    config,
  });

  test("share their settings with their sources, which may override them", () => {
    const own = { accessToken: "access-b", itemId: "item-b", secret: "other" };
    const { sources } = load({}, file([PLAID], [item("a"), item("b", own)]));
    expect(sources).toMatchObject([
      { id: "a", platform: "plaid-client", config: { clientId: "c", secret: "s", accessToken: "access-a" } },
      { id: "b", platform: "plaid-client", config: { clientId: "c", secret: "other", itemId: "item-b" } },
    ]);
  });

  test("must exist, be of the source's connector, and have each account once; all mistakes are reported", () => {
    const wrong = [
      item("a"),
      { ...item("b"), config: item("a").config },
      item("c", { accessToken: "access-c" }),
      { ...item("d"), platform: "plaid-clent" },
      { id: "plaid-client", connector: "stripe", platform: "plaid-client", config: { apiKey: "sk_test_1" } },
    ];
    const bank = { id: "bank", connector: "iso20022-bank" };
    expect(issuesOf({}, file([PLAID, PLAID, bank], wrong))).toEqual([
      'platforms[1].id: must be unique; "plaid-client" is there twice',
      "platforms[2].connector: must be one of plaid, stripe",
      'sources[1].config: must name an account that no other source reads; "item-a" is there twice',
      "sources[2].config: must name the account at the platform that the source reads: `itemId`, `account`",
      'sources[3].platform: must be one of plaid-client; did you mean "plaid-client"?',
      'sources[4].id: must be unique; "plaid-client" is there twice',
      "sources[4].platform: must be one of ",
    ]);
  });

  test("have budget and networks for their sources that state none", () => {
    const shared = { ...PLAID, budget: { rates: { item: 2 } }, networks: ["10.0.0.0/8"] };
    const own = { ...item("b"), budget: { maxConcurrent: 3 }, networks: [] };
    expect(load({}, file([shared], [item("a"), own])).sources).toMatchObject([
      { id: "a", budget: { rates: { item: 2 } }, networks: ["10.0.0.0/8"] },
      { id: "b", budget: { maxConcurrent: 3 }, networks: [] },
    ]);
    const wrong = { ...PLAID, budget: { rates: { itm: 2 } } };
    const expected = 'must be one of transactions, accounts, balance, item, other; did you mean "item"?';
    expect(issuesOf({}, file([wrong], [item("a")]))).toEqual([`platforms[0].budget.rates.itm: ${expected}`]);
    expect(issuesOf({}, file([{ ...wrong, tenants: "*" }], [item("a")]))).toEqual([
      `platforms[0].budget.rates.itm: ${expected}`,
    ]);
  });

  test("name the tenants that may connect sources of them, and then have every setting that these share", () => {
    const { platforms } = load(
      {},
      file(
        [
          { ...PLAID, tenants: ["acme"] },
          { ...PLAID, id: "all", tenants: "*" },
        ],
        [],
      ),
    );
    expect(platforms.get("plaid-client")?.tenants).toEqual(["acme"]);
    expect(platforms.get("all")?.tenants).toBe("*");
    expect(load({}, file([PLAID], [])).platforms.get("plaid-client")?.tenants).toEqual([]);
    const wrong = { ...PLAID, tenants: ["acmee"], config: { clientId: "c", accessToken: "access-a", secrt: "s" } };
    expect(issuesOf({}, file([wrong, { ...PLAID, id: "b", tenants: "all" }], []))).toEqual([
      'platforms[1].tenants: must be a list of tenants, or "*" for all',
      'platforms[0].tenants[0]: must be one of acme; did you mean "acme"?',
      "platforms[0].config.secret: must be set, to a text",
      "platforms[0].config.accessToken: is not a setting; must be one of baseUrl, clientId, secret, webhooks",
      'platforms[0].config.secrt: is not a setting; did you mean "secret"?',
    ]);
  });
});
