import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { migrate } from "../../src/store/migrate.ts";
import { credentialName } from "../../src/upstream/credential-name.ts";
import { eventually } from "../helpers/eventually.ts";
import { post } from "../helpers/graph-server.ts";
import { type LocalServer, startHttpServer } from "../helpers/local-server.ts";
import { databaseUrl, type TestDatabase, useDatabase } from "../helpers/postgres.ts";
import { type Service, startService } from "../helpers/service.ts";
import { customer, deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";

const SECRET = "whsec_canary_of_the_file";
const BALANCE = { object: "balance", livemode: false, available: [], pending: [] };
const EMPTY = { object: "list", data: [], has_more: false, url: "/v1/x" };

let database: TestDatabase;
let client: pg.Client;
let folder: string;
let upstream: LocalServer;
/** Keys that the upstream was called with. */
const keys = new Set<string>();
/** Every call is refused as one too many while this is set. */
let limited = false;
/** Answers to lists are withheld while this is set. */
let withheld: ServerResponse[] | undefined;
let service: Service;

function answer(request: IncomingMessage, response: ServerResponse): void {
  keys.add(request.headers.authorization?.replace("Bearer ", "") ?? "");
  if (limited) {
    response.writeHead(429, { "content-type": "application/json", "retry-after": "600" });
    return void response.end("{}");
  }
  const isBalance = request.url === "/v1/balance";
  if (!isBalance && withheld !== undefined) return void withheld.push(response);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(isBalance ? BALANCE : EMPTY));
}

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  client = new pg.Client(database.connection);
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), "sluice-reload-"));
  await mkdir(join(folder, "incoming-files"));
  upstream = await startHttpServer(answer);
  await write({});
  service = await startService({
    env: {
      SLUICE_CONFIG: join(folder, "sluice.yaml"),
      DATABASE_URL: databaseUrl(database.connection),
      DATA_DIR: join(folder, "data"),
      PORT: "0",
      SECRETS_KEY: randomBytes(32).toString("base64"),
      CONNECT_NETWORKS: "127.0.0.0/8",
    },
  });
});
afterAll(async () => {
  await service?.kill();
  await upstream?.[Symbol.asyncDispose]();
  await client?.end();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  limited = false;
  withheld = undefined;
});

interface Content {
  readonly tenants?: readonly string[];
  readonly sources?: readonly object[];
  readonly platforms?: readonly object[];
  readonly payoutRoutes?: readonly object[];
}

function write(content: Content): Promise<void> {
  const { tenants = ["acme", "umbrella"], sources = [], platforms = [], payoutRoutes = [] } = content;
  return writeFile(join(folder, "sluice.yaml"), JSON.stringify({ tenants, sources, platforms, payoutRoutes })); // JSON is YAML
}

const READ = '"msg":"the settings file was read again"';
const NOT_USED = '"msg":"the settings file is not used';
const countOf = (text: string): number => service.output().split(text).length - 1;

/** Sends SIGHUP and waits for the line that says how it ended. */
async function reload(ended = READ): Promise<void> {
  const before = countOf(ended);
  process.kill(service.pid, "SIGHUP");
  await eventually("the settings file to be read", () => countOf(ended) > before).catch((cause: unknown) => {
    throw new Error(`the log ends with: ${service.output().slice(-2_000)}`, { cause });
  });
}

const stripe = (id: string, apiKey: string, change: object = {}) => ({
  id,
  tenant: "acme",
  connector: "stripe",
  config: { baseUrl: upstream.url, apiKey, webhookSecrets: [SECRET] },
  schedule: "manual",
  ...change,
});
const platform = (tenants: readonly string[], apiKey = "sk_test_platform") => ({
  id: "connect",
  connector: "stripe",
  config: { baseUrl: upstream.url, apiKey, webhookSecrets: [SECRET] },
  tenants,
});

const ask = (query: string, tenant = "acme") => post(service.url, { query }, { "x-sluice-tenant": tenant });
const webhook = async (id: string, account?: string): Promise<number> => {
  const event = eventBody({ type: "customer.updated", object: customer("cus_1", "Ada") });
  const body = account === undefined ? event : JSON.stringify({ ...JSON.parse(event), account });
  return (await deliver(service.url, id, sign(body, SECRET))).status;
};
const sync = (id: string, tenant = "acme") =>
  ask(`mutation { startSync(input: { sourceId: "${id}", mode: FULL }) { run { id } } }`, tenant);
const connect = (id: string, account: string, tenant: string) =>
  ask(
    `mutation { connectSource(input: { id: "${id}", connector: "stripe", platform: "connect", schedule: "manual",
       settings: { account: "${account}" } }) { source { id status } } }`,
    tenant,
  );

test("a source that is added to the settings file is read and takes webhooks after SIGHUP, with its new key after a change", async () => {
  expect(await webhook("added")).toBe(401);
  await write({ sources: [stripe("added", "sk_test_first")] });
  await reload();
  expect(await webhook("added")).toBe(200);
  expect((await sync("added")).errors).toEqual([]);
  await eventually("the upstream to be called", () => keys.has("sk_test_first"));

  await write({ sources: [stripe("added", "sk_test_second")] });
  await reload();
  expect((await sync("added")).errors).toEqual([]);
  await eventually("the upstream to be called with the new key", () => keys.has("sk_test_second"));
  const audited = await client.query(
    "select body::jsonb->>'action' as action from sluice.audit_entries where body::jsonb->'subject'->>'id' = 'added' order by sequence",
  );
  expect(audited.rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["configuration.sourceAdded", "configuration.sourceChanged"]),
  );
});

test("a source that is removed from the settings file takes no webhooks after SIGHUP, and its run in progress is canceled with the reason", async () => {
  await write({ sources: [stripe("leaving", "sk_test_leaving"), stripe("staying", "sk_test_staying")] });
  await reload();
  withheld = [];
  const { data } = await sync("leaving");
  await eventually("the run to wait for the upstream", () => (withheld ?? []).length > 0);
  await write({ sources: [stripe("staying", "sk_test_staying")] });
  await reload();
  expect(await webhook("leaving")).toBe(401);
  expect(await webhook("staying")).toBe(200);
  const run = `{ syncRun(id: "${data.startSync.run.id}") { status streams { status errorMessage } } }`;
  const found = await ask(run);
  expect(found.data.syncRun.status).toBe("CANCELED");
  expect(found.data.syncRun.streams).toContainEqual({
    status: "CANCELED",
    errorMessage: "the source was removed from the settings file",
  });
  for (const response of withheld) response.end();
});

test("a folder of a source that is added is watched after SIGHUP", async () => {
  const bank = {
    id: "bank",
    tenant: "acme",
    connector: "iso20022-bank",
    config: { folder: join(folder, "incoming-files") },
  };
  await write({ sources: [bank] });
  await reload();
  await writeFile(join(folder, "incoming-files", "broken.xml"), "<Document/>");
  const names = await eventually("the file to be taken", async () => {
    const { rows } = await client.query<{ name: string }>("select name from sluice.files where source_id = 'bank'");
    return rows.length > 0 && rows.map(({ name }) => name);
  });
  expect(names).toEqual(["broken.xml"]);
});

test("a platform that is added is used after SIGHUP; its sources follow its key and its tenants, also when they are in use", async () => {
  const early = await connect("merchant", "acct_1", "acme");
  expect(early.errors[0]?.message).toContain("input.platform must not be set");
  await write({ platforms: [platform(["acme"])] });
  await reload();
  expect((await connect("merchant", "acct_1", "acme")).errors).toEqual([]);
  expect((await connect("other", "acct_2", "umbrella")).errors[0]?.message).toContain("input.platform must not be set");

  await write({ platforms: [platform(["acme", "umbrella"], "sk_test_rotated")] });
  await reload();
  expect((await connect("other", "acct_2", "umbrella")).errors).toEqual([]);
  keys.clear();
  expect((await sync("merchant")).errors).toEqual([]);
  await eventually("the upstream to be called with the new key", () => keys.has("sk_test_rotated"));
  expect(keys).not.toContain("sk_test_platform");

  await write({ platforms: [platform(["umbrella"], "sk_test_rotated")] });
  await reload();
  expect((await sync("merchant")).errors).not.toEqual([]);
  const source = await eventually("the source to need credentials", async () => {
    const { data } = await ask(`{ source(id: "merchant") { status statusReason } }`);
    return data.source.status === "NEEDS_CREDENTIALS" && data.source;
  });
  expect(source.statusReason).toContain('no longer lets the tenant use the platform "connect"');
});

test("a tenant connects only the accounts of a platform that the settings file names for it, if it names any", async () => {
  const limited = (accounts: object) => ({
    platforms: [{ ...platform(["acme", "umbrella"], "sk_test_of_named"), accounts }],
  });
  await write(limited({ acme: ["acct_21", "acct_22"] }));
  await reload();
  const refused = await connect("foreign", "acct_23", "acme");
  expect(refused.errors[0]?.message).toContain("input.settings must name an account that the settings file opens");
  expect(keys).not.toContain("sk_test_of_named"); // runs of other tests may still call the upstream with theirs
  expect((await connect("of-acme", "acct_21", "acme")).errors).toEqual([]);
  expect((await connect("of-umbrella", "acct_23", "umbrella")).errors).toEqual([]);
  expect(await webhook("of-acme", "acct_21")).toBe(200);

  await write(limited({ acme: ["acct_22"] }));
  await reload();
  expect(await webhook("of-acme", "acct_21")).toBe(401);
  const source = await eventually("the source to need credentials", async () => {
    const { data } = await ask(`{ source(id: "of-acme") { status statusReason } }`);
    return data.source.status === "NEEDS_CREDENTIALS" && data.source;
  });
  expect(source.statusReason).toContain('no longer lets the tenant use this account of the platform "connect"');
});

test("a file with mistakes keeps the sources of before: one error in the log without a secret, and a metric, until it is right", async () => {
  const failed = async (): Promise<string | undefined> =>
    /^sluice_settings_file_failed (\d)$/m.exec(await (await fetch(`${service.url}/metrics`)).text())?.[1];
  await write({ platforms: [platform(["umbrella"])] });
  await reload();
  expect((await connect("taken", "acct_31", "umbrella")).errors).toEqual([]);
  await write({ sources: [stripe("kept", "sk_test_kept")] });
  await reload();
  expect(await failed()).toBe("0");
  const wrong: readonly [Content, string][] = [
    [{ sources: [stripe("kept", "sk_test_kept", { schedule: "soon" })] }, "sources[0].schedule"],
    [
      { sources: [stripe("kept", "${file:/nowhere/key}")] },
      "sources[0].config.apiKey: must refer to a file that can be",
    ],
    [{ sources: [stripe("taken", "sk_test_taken", { tenant: "umbrella" })] }, 'sources: must not name \\"taken\\"'],
  ];
  for (const [content, sentence] of wrong) {
    await write(content);
    const before = countOf(NOT_USED);
    await reload(NOT_USED);
    expect(countOf(NOT_USED)).toBe(before + 1);
    expect(
      service
        .output()
        .split("\n")
        .findLast((line) => line.includes(NOT_USED)),
    ).toContain(sentence);
    expect(await failed()).toBe("1");
    expect(await webhook("kept")).toBe(200);
  }
  await writeFile(join(folder, "sluice.yaml"), "tenants: [acme");
  await reload(NOT_USED);
  expect(await webhook("kept")).toBe(200);
  await write({ sources: [stripe("kept", "sk_test_kept")] });
  await reload();
  expect(await failed()).toBe("0");
  expect(service.output()).not.toContain(SECRET);
});

test("a source whose comparisons get an interval in the settings file is due within it after SIGHUP, and the graph shows it", async () => {
  const hoursUntilDue = async () => {
    const { rows } = await client.query<{ hours: number }>(
      `select extract(epoch from reconcile_due_at - now())::float / 3600 as hours from sluice.source_schedules
       where source_id = 'compared'`,
    );
    return rows[0]?.hours;
  };
  const displayed = async () =>
    (await ask(`{ source(id: "compared") { reconcile { everySeconds days } } }`)).data.source.reconcile;
  const content = (change: object) => ({ sources: [stripe("compared", "sk_test_compared", change)] });
  await write(content({ schedule: "1h", reconcile: { every: "off" } }));
  await reload();
  expect(await displayed()).toEqual({ everySeconds: null, days: 7 });
  expect(await hoursUntilDue()).toBeGreaterThan(2); // the first one of every source is due within a day
  await write(content({ schedule: "1h", reconcile: { every: "90m" } }));
  await reload();
  expect(await hoursUntilDue()).toBeLessThanOrEqual(1.5);
  expect(await displayed()).toEqual({ everySeconds: 5_400, days: 7 });
});

/** Opens a WebSocket of a tenant with a subscription; resolves when it has begun. */
async function subscribe(tenant: string) {
  class TenantSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { "x-sluice-tenant": tenant } });
    }
  }
  const closed = Promise.withResolvers<{ readonly code: number; readonly reason: string }>();
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql/ws`,
    webSocketImpl: TenantSocket,
    retryAttempts: 0,
    on: { closed: (event) => closed.resolve(event as { readonly code: number; readonly reason: string }) },
  });
  const items = client.iterate<{ readonly syncEvents: { readonly __typename: string } }>({
    query: "subscription { syncEvents { __typename } }",
  });
  expect((await items.next()).value?.data?.syncEvents.__typename).toBe("StreamPosition");
  return { items, closed: closed.promise, close: () => client.dispose() };
}

test("a tenant that is added to the settings file is served after SIGHUP: queries, a source, a webhook and a subscription", async () => {
  await write({ sources: [] });
  await reload();
  expect((await ask("{ sources { nodes { id } } }", "third")).errors[0]?.extensions?.code).toBe("FORBIDDEN");
  await write({
    tenants: ["acme", "umbrella", "third"],
    sources: [stripe("of-third", "sk_test_third", { tenant: "third" })],
  });
  await reload();
  const { items, close } = await subscribe("third");
  expect(await webhook("of-third")).toBe(200);
  expect((await items.next()).value?.errors).toBeUndefined();
  await close();
  expect((await sync("of-third", "third")).errors).toEqual([]);
  await eventually("the upstream to be called", () => keys.has("sk_test_third"));
  const parties = await eventually("the delivery to be applied", async () => {
    const { data } = await ask("{ parties { nodes { name } } }", "third");
    return data.parties.nodes.length > 0 && data.parties.nodes;
  });
  expect(parties).toEqual([{ name: "Ada" }]);
});

test("a tenant that is removed is refused after SIGHUP: its subscriptions end, its sources stop, and its data is there when it is added again", async () => {
  const both = ["acme", "umbrella", "leaving"];
  const content = { platforms: [{ ...platform(["leaving"]), tenants: "*" }] };
  const own = [stripe("of-leaving", "sk_test_of_leaving", { tenant: "leaving" })];
  await write({ ...content, tenants: both, sources: own });
  await reload();
  expect((await connect("connected-leaving", "acct_9", "leaving")).errors).toEqual([]);
  expect(await webhook("of-leaving")).toBe(200);
  expect(await webhook("connected-leaving", "acct_9")).toBe(200);
  const stored = async () => (await ask("{ parties { nodes { name } } }", "leaving")).data?.parties.nodes.length;
  await eventually("both deliveries to be applied", async () => (await stored()) === 2);
  withheld = [];
  const { data } = await sync("connected-leaving", "leaving");
  await eventually("the run to wait for the upstream", () => (withheld ?? []).length > 0);
  const subscription = await subscribe("leaving");
  const other = await subscribe("acme");

  await write({ ...content, tenants: ["acme", "umbrella"] });
  await reload();
  expect((await ask("{ __typename }", "leaving")).errors[0]?.extensions?.code).toBe("FORBIDDEN");
  expect(await subscription.closed).toMatchObject({ code: 4403, reason: "the tenant is no longer configured here" });
  expect(await webhook("of-leaving")).toBe(401);
  expect(await webhook("connected-leaving", "acct_9")).toBe(401);
  for (const response of withheld) response.end();
  withheld = undefined;

  await write({ ...content, tenants: both, sources: own });
  await reload();
  expect(await stored()).toBe(2);
  const found = await ask(`{ syncRun(id: "${data.startSync.run.id}") { status streams { errorMessage } } }`, "leaving");
  expect(found.data.syncRun.status).toBe("CANCELED");
  expect(JSON.stringify(found.data.syncRun)).toContain("the tenant was removed from the settings file");
  expect(await webhook("of-leaving")).toBe(200);
  expect(await webhook("connected-leaving", "acct_9")).toBe(200);
  await other.close();
});

test("routes of payouts in the settings file are those of the graph after SIGHUP, and stay when another file had others", async () => {
  const route = (id: string, days: number) => ({
    id,
    tenant: "acme",
    from: { source: "stripe-main" },
    to: { source: "bank" },
    usualDays: days,
  });
  const routes = async () => (await ask("{ payoutRoutes { id origin usualDays } }")).data.payoutRoutes;
  await write({ payoutRoutes: [route("first", 2)] });
  await reload();
  expect(await routes()).toEqual([{ id: "first", origin: "SETTINGS_FILE", usualDays: 2 }]);
  await write({ payoutRoutes: [route("second", 3), route("first", 4)] });
  await reload();
  expect(await routes()).toEqual([
    { id: "second", origin: "SETTINGS_FILE", usualDays: 3 },
    { id: "first", origin: "SETTINGS_FILE", usualDays: 4 },
  ]);
  await write({});
  await reload();
  expect(await routes()).toEqual([]);
});

test("a key in a file that the settings file refers to is read again at SIGHUP", async () => {
  const path = join(folder, "stripe-key");
  await writeFile(path, "sk_test_in_a_file\n");
  await write({ sources: [stripe("mounted", `\${file:${path}}`)] });
  await reload();
  expect((await sync("mounted")).errors).toEqual([]);
  await eventually("the upstream to be called", () => keys.has("sk_test_in_a_file"));
  await writeFile(path, "sk_test_rotated_in_a_file\n");
  await reload();
  expect((await sync("mounted")).errors).toEqual([]);
  await eventually("the upstream to be called with the new key", () => keys.has("sk_test_rotated_in_a_file"));
  expect(service.output()).not.toContain("in_a_file");
});

test("the budget of a connected source is that of its platform's new key after SIGHUP, as subscribers and the graph see it", async () => {
  await write({ platforms: [platform(["acme"], "sk_test_before")] });
  await reload();
  expect((await connect("renamed", "acct_77", "acme")).errors).toEqual([]);
  const credentialOf = async () => {
    const { rows } = await client.query("select credential from sluice.sources where id = 'renamed'");
    return rows[0]?.credential;
  };
  const nameOf = (credential: string) => credentialName({ baseUrl: upstream.url, credential });
  expect(await credentialOf()).toBe(nameOf("sk_test_before"));
  await write({ platforms: [platform(["acme"], "sk_test_after")] });
  await reload();
  await eventually("the budget to be the new key's", async () => (await credentialOf()) === nameOf("sk_test_after"));
  limited = true;
  expect((await sync("renamed")).errors).toEqual([]);
  const closed = await eventually("the closed budget to be shown", async () => {
    const { data } = await ask(`{ source(id: "renamed") { budgets { closedUntil closedReason } } }`);
    return data.source.budgets.find((each: { closedUntil: string | null }) => each.closedUntil !== null);
  });
  expect(closed.closedReason).not.toBeNull();
});
