import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../src/store/migrate.ts";
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
/** Answers to lists are withheld while this is set. */
let withheld: ServerResponse[] | undefined;
let service: Service;

function answer(request: IncomingMessage, response: ServerResponse): void {
  keys.add(request.headers.authorization?.replace("Bearer ", "") ?? "");
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
  withheld = undefined;
});

interface Content {
  readonly tenants?: readonly string[];
  readonly sources?: readonly object[];
  readonly platforms?: readonly object[];
}

function write({ tenants = ["acme", "umbrella"], sources = [], platforms = [] }: Content): Promise<void> {
  return writeFile(join(folder, "sluice.yaml"), JSON.stringify({ tenants, sources, platforms })); // JSON is YAML
}

const READ = '"msg":"the settings file was read again"';
const NOT_USED = '"msg":"the settings file is not used';
const countOf = (text: string): number => service.output().split(text).length - 1;

/** Sends SIGHUP and waits for the line that says how it ended. */
async function reload(ended = READ): Promise<void> {
  const before = countOf(ended);
  process.kill(service.pid, "SIGHUP");
  await eventually("the settings file to be read", () => countOf(ended) > before);
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
const webhook = async (id: string): Promise<number> => {
  const body = eventBody({ type: "customer.updated", object: customer("cus_1", "Ada") });
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

test("a file with mistakes keeps the sources of before: one error in the log without a secret, and a metric, until it is right", async () => {
  const failed = async (): Promise<string | undefined> =>
    /^sluice_settings_file_failed (\d)$/m.exec(await (await fetch(`${service.url}/metrics`)).text())?.[1];
  await write({ sources: [stripe("kept", "sk_test_kept")] });
  await reload();
  expect(await failed()).toBe("0");
  const wrong: readonly [Content, string][] = [
    [{ sources: [stripe("kept", "sk_test_kept", { schedule: "soon" })] }, "sources[0].schedule"],
    [{ sources: [], tenants: ["acme", "umbrella", "third"] }, "tenants: must be as at the start of the process"],
    [{ sources: [stripe("other", "sk_test_other", { tenant: "umbrella" })] }, 'sources: must not name \\"other\\"'],
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

test("a source whose comparisons get an interval in the settings file is due within it after SIGHUP", async () => {
  const hoursUntilDue = async () => {
    const { rows } = await client.query<{ hours: number }>(
      `select extract(epoch from reconcile_due_at - now())::float / 3600 as hours from sluice.source_schedules
       where source_id = 'compared'`,
    );
    return rows[0]?.hours;
  };
  const content = (change: object) => ({ sources: [stripe("compared", "sk_test_compared", change)] });
  await write(content({ schedule: "1h", reconcile: { every: "off" } }));
  await reload();
  expect(await hoursUntilDue()).toBeGreaterThan(2); // the first one of every source is due within a day
  await write(content({ schedule: "1h", reconcile: { every: "90m" } }));
  await reload();
  expect(await hoursUntilDue()).toBeLessThanOrEqual(1.5);
});
