import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ONE_SOURCE, useSettingsFolder, type SettingsFolder } from "../test/helpers/settings-folder.ts";

let folder: SettingsFolder;
beforeEach(() => void (folder = useSettingsFolder()));
afterEach(() => folder[Symbol.dispose]());
const load: SettingsFolder["load"] = (...given) => folder.load(...given);
const issuesOf: SettingsFolder["issuesOf"] = (...given) => folder.issuesOf(...given);

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
  const config = load({ STRIPE_KEY: "sk_test_1" }, ONE_SOURCE);
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
  const file = join(folder.path, "documents.json");
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
  const [source] = load({ STRIPE_KEY: "sk_test_1" }, `${ONE_SOURCE}    schedule: ${schedule}\n`).sources;
  expect(source?.scheduleMs).toBe(expected);
});

test.each([
  ["{ every: 12h, days: 31 }", { everyMs: 43_200_000, days: 31 }],
  ["{ every: off }", { everyMs: "off", days: undefined }],
  ["{ days: 1 }", { everyMs: undefined, days: 1 }],
])("the comparisons of a source %s differ from the settings of all", (reconcile, expected) => {
  const environment = { STRIPE_KEY: "sk_test_1", RECONCILE_EVERY: "2d", RECONCILE_DAYS: "9" };
  const config = load(environment, `${ONE_SOURCE}    reconcile: ${reconcile}\n`);
  expect(config.sources[0]?.reconcile).toEqual(expected);
  expect(config.reconcile).toEqual({ everyMs: 172_800_000, days: 9 });
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
    [
      "key of the file",
      ONE_SOURCE.replace("tenants:", "tennants:"),
      'tennants: is not a setting; did you mean "tenants"?',
    ],
    [
      "key of a source",
      `${ONE_SOURCE}    shedule: 5m\n`,
      'sources[0].shedule: is not a setting; did you mean "schedule"?',
    ],
    [
      "key of a connector's settings",
      ONE_SOURCE.replace("apiKey:", "apiKeey: x, apiKey:"),
      'sources[0].config.apiKeey: is not a setting; did you mean "apiKey"?',
    ],
    [
      "key in a group",
      `${ONE_SOURCE}    budget: { maxConcurent: 3 }\n`,
      'sources[0].budget.maxConcurent: is not a setting; did you mean "maxConcurrent"?',
    ],
    [
      "bucket",
      `${ONE_SOURCE}    budget: { rates: { acount: 3 } }\n`,
      expect.stringMatching(/^sources\[0\]\.budget\.rates\.acount: must be one of .*; did you mean "account"\?$/),
    ],
    [
      "connector",
      ONE_SOURCE.replace("connector: stripe", "connector: plad"),
      expect.stringMatching(/^sources\[0\]\.connector: must be one of .*; did you mean "plaid"\?$/),
    ],
    [
      "tenant",
      ONE_SOURCE.replace("tenant: acme", "tenant: acmee"),
      'sources[0].tenant: must be one of acme; did you mean "acme"?',
    ],
    [
      "schedule",
      `${ONE_SOURCE}    schedule: manaul\n`,
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
    expect(load(environment, ONE_SOURCE.replace("STRIPE_KEY", "SLUICE_STRIPE_KEY")).warnings).toEqual([]);
  });
});

describe("a value of the wrong kind", () => {
  test.each([
    ["tenants: acme", "tenants: must be a list, not a text"],
    ["tenants: []", "tenants: must name at least one tenant"],
    ["sources: []", "tenants: must be set, to a list"],
    ["7", "SLUICE_CONFIG: must be a group of settings, not a number"],
    ["tenants: [acme]\nsources: {}", "sources: must be a list, not a group of settings"],
    [
      `${ONE_SOURCE}    budget: { maxConcurrent: many }`,
      "sources[0].budget.maxConcurrent: must be a number, not a text",
    ],
    [`${ONE_SOURCE}    budget: { maxConcurrent: 0 }`, "sources[0].budget.maxConcurrent: must be at least 1"],
    [`${ONE_SOURCE}    budget: { rates: { account: 0 } }`, "sources[0].budget.rates.account: must be more than 0"],
    [
      ONE_SOURCE.replace("config: {", "config: { webhookSecrets: 7,"),
      "sources[0].config.webhookSecrets: must be a list, not a number",
    ],
    [ONE_SOURCE.replace(/\n {4}config.*/, ""), "sources[0].config.apiKey: must be set, to a text"],
  ])("%s", (yaml, issue) => {
    expect(issuesOf({ STRIPE_KEY: "sk_test_1" }, yaml)).toEqual([issue]);
  });
});
