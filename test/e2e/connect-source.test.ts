import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../src/store/migrate.ts";
import { eventually } from "../helpers/eventually.ts";
import { post } from "../helpers/graph-server.ts";
import { type LocalServer, startHttpServer } from "../helpers/local-server.ts";
import { databaseUrl, type TestDatabase, useDatabase } from "../helpers/postgres.ts";
import { failedStart, type ServiceInProcess, startServiceInProcess } from "../helpers/service-in-process.ts";
import { runServiceToEnd, type Service, startService } from "../helpers/service.ts";
import { customer, deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";

const key = (): string => randomBytes(32).toString("base64");
/** Parts of every credential: none of them may be anywhere. */
const CANARY = "canary7f3a";
const API_KEY = `sk_test_${CANARY}`;
const WEBHOOK_SECRET = `whsec_${CANARY}`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
const BALANCE = { object: "balance", livemode: false, available: [], pending: [] };
const EMPTY = { object: "list", data: [], has_more: false, url: "/v1/x" };
const healthy: Answer = (request, response) =>
  json(200, request.url?.startsWith("/v1/balance?") || request.url === "/v1/balance" ? BALANCE : EMPTY)(
    request,
    response,
  );

let database: TestDatabase;
let client: pg.Client;
let folder: string;
let upstream: LocalServer;
let answer: Answer = healthy;
let env: Record<string, string>;
beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  client = new pg.Client(database.connection);
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), "sluice-connect-"));
  upstream = await startHttpServer((request, response) => answer(request, response));
  env = {
    SLUICE_CONFIG: await settings("both", [], [platform()]),
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "debug",
    SECRETS_KEY: key(),
    CONNECT_NETWORKS: "127.0.0.0/8",
  };
});
afterAll(async () => {
  await upstream?.[Symbol.asyncDispose]();
  await client?.end();
  await database?.close();
  await rm(folder, { recursive: true });
});

async function settings(name: string, sources: readonly object[], platforms: readonly object[] = []): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  await writeFile(path, JSON.stringify({ tenants: ["acme", "umbrella"], platforms, sources })); // JSON is YAML
  return path;
}

/** A Stripe Connect platform, whose key and secret both tenants may use. */
function platform(): object {
  const config = { baseUrl: upstream.url, apiKey: `${API_KEY}_platform`, webhookSecrets: [WEBHOOK_SECRET] };
  return { id: "connect", connector: "stripe", config, tenants: ["acme", "umbrella"] };
}

const CONNECT =
  "mutation ($input: ConnectSourceInput!) { connectSource(input: $input) { source { id origin status connectedAt } } }";
const input = (id: string, change: object = {}) => ({
  id,
  connector: "stripe",
  settings: { baseUrl: upstream.url, apiKey: API_KEY, webhookSecrets: [WEBHOOK_SECRET] },
  schedule: "manual",
  ...change,
});
const ask = (service: { readonly url: string }, query: string, variables: object = {}, tenant = "acme") =>
  post(service.url, { query, variables }, { "x-sluice-tenant": tenant });

describe("two processes, of which the second is the test's", () => {
  let first: Service;
  let second: ServiceInProcess;
  beforeAll(async () => {
    first = await startService({ env });
    second = await startServiceInProcess(env);
  });
  afterAll(async () => {
    await first?.kill();
    await second?.stop();
  });

  const webhook = async (service: { readonly url: string }, id: string, secret = WEBHOOK_SECRET): Promise<number> => {
    const body = eventBody({ type: "customer.updated", object: customer("cus_1", "Ada") });
    return (await deliver(service.url, id, sign(body, secret))).status;
  };

  test("a source that one connects takes webhooks at the other and applies them, with new secrets after a change, and none when it is disconnected", async () => {
    expect(await webhook(second, "live")).toBe(401);
    const change = { schedule: "1h", reconcile: { every: "12h", days: 31 } };
    const { data, errors } = await ask(first, CONNECT, { input: input("live", change) });
    expect(errors).toEqual([]);
    expect(data.connectSource.source).toMatchObject({ id: "live", origin: "CONNECTED", status: "ACTIVE" });
    await eventually("a webhook to be accepted", async () => (await webhook(second, "live")) === 200);
    await eventually("it to be applied", async () => {
      const { rows } = await client.query("select external_id from sluice.parties where source_id = 'live'");
      return rows.length === 1;
    });
    const listed = await ask(second, `{ source(id: "live") { webhooks { url isVerified } } }`);
    expect(listed.data.source.webhooks).toEqual({ url: `${second.url}/webhooks/live`, isVerified: true });

    const compared = `{ source(id: "live") { reconcile { everySeconds days } } }`;
    expect((await ask(second, compared)).data.source.reconcile).toEqual({ everySeconds: 43_200, days: 31 });

    const next = `whsec_${CANARY}_next`;
    const update = `mutation ($input: UpdateSourceCredentialsInput!) { updateSourceCredentials(input: $input) { source { id } } }`;
    const changed = await ask(second, update, { input: { sourceId: "live", credentials: { webhookSecrets: [next] } } });
    expect(changed.errors).toEqual([]);
    await eventually("the old secret to be refused", async () => (await webhook(first, "live")) === 401);
    expect(await webhook(first, "live", next)).toBe(200);

    const end = `mutation { disconnectSource(input: { sourceId: "live", data: ERASE }) { source { disconnectedAt status } erasure { status } } }`;
    const ended = await ask(first, end);
    expect(ended.data.disconnectSource).toMatchObject({ source: { status: null }, erasure: { status: "RUNNING" } });
    const erasure = await eventually("the erasure to finish", async () => {
      const found = await ask(second, `{ sourceErasure(sourceId: "live") { status deletedRows } }`);
      return found.data.sourceErasure.status === "FINISHED" && found.data;
    });
    expect(Number(erasure.sourceErasure.deletedRows)).toBeGreaterThan(0);
    expect((await ask(second, `{ source(id: "live") { id } }`)).data.source).toBeNull();
    expect(await webhook(second, "live", next)).toBe(401);
    const left = await client.query("select id from sluice.deliveries where source_id = 'live'");
    expect(left.rows).toEqual([]);
  });

  test("a source of a platform that one connects gets its webhooks by the platform's address at the other, where they are applied", async () => {
    const call = async (account: string, customerId: string, secret = WEBHOOK_SECRET): Promise<number> => {
      const event = eventBody({
        id: `evt_${customerId}`,
        type: "customer.created",
        object: customer(customerId, "Ada"),
      });
      const body = JSON.stringify({ ...JSON.parse(event), account });
      return (await deliver(second.url, "connect", sign(body, secret))).status;
    };
    expect(await call("acct_1", "cus_early")).toBe(401); // the platform has no sources
    const platformInput = (id: string, account: string) => ({
      ...input(id),
      platform: "connect",
      settings: { account },
    });
    const { errors } = await ask(first, CONNECT, { input: platformInput("merchant", "acct_1") });
    expect(errors).toEqual([]);
    await eventually("a webhook to be accepted", async () => (await call("acct_1", "cus_1")) === 200);
    expect(await call("acct_other", "cus_2")).toBe(200); // verified, and about an account that no source reads
    expect(await call("acct_1", "cus_3", "whsec_forged")).toBe(401);
    const listed = await ask(second, `{ source(id: "merchant") { webhooks { url isVerified } } }`);
    expect(listed.data.source.webhooks).toEqual({ url: `${second.url}/webhooks/connect`, isVerified: true });
    const parties = await eventually("the webhook to be applied", async () => {
      const { rows } = await client.query("select external_id from sluice.parties where source_id = 'merchant'");
      return rows.length > 0 && rows;
    });
    expect(parties).toEqual([{ external_id: "cus_1" }]);
    const stolen = await ask(second, CONNECT, { input: platformInput("thief", "acct_1") }, "umbrella");
    expect(stolen.errors[0]).toMatchObject({
      message: "input.settings names an account of the platform that another source reads",
      extensions: { code: "CONFLICT" },
    });
  });

  test("no credential is in an answer, a log, a metric or the database, however its upstream fails (F107)", async () => {
    const answers: string[] = [];
    const record = async (query: string, variables: object = {}) => {
      const answered = await ask(first, query, variables);
      answers.push(JSON.stringify(answered));
      return answered;
    };
    for (const [n, failing] of FAILURES.entries()) {
      // Each with a key of its own, so that no circuit breaker is open because of an earlier failure.
      const credentials = { baseUrl: upstream.url, apiKey: `${API_KEY}_${n}`, webhookSecrets: [WEBHOOK_SECRET] };
      answer = healthy;
      const connected = await record(CONNECT, { input: input(`failing-${n}`, { settings: credentials }) });
      expect(connected.errors).toEqual([]);
      let reads = 0;
      answer = (request, response) => {
        if (request.url?.startsWith("/v1/balance") === false) reads += 1;
        failing(request, response);
      };
      const refused = await record(CONNECT, { input: input(`refused-${n}`, { settings: credentials }) });
      expect(refused.errors).toHaveLength(n === FORBIDDEN ? 0 : 1); // Stripe's key may lack only one right
      await record(`mutation { startSync(input: { sourceId: "failing-${n}" }) { run { id } } }`);
      await eventually("the upstream to fail while the source is read", () => reads > 0);
    }
    await eventually("failures to be recorded", async () => {
      const { rows } = await client.query("select 1 from sluice.sources where status_reason is not null");
      return rows.length > 3;
    });
    // What callers send wrongly is not repeated either.
    await record(CONNECT, { input: { ...input("typo"), connector: undefined } });
    await record(CONNECT, { input: { ...input("typo"), schedule: 5 } });
    await record(CONNECT, { input: [input("typo")] });
    await record(CONNECT, { input: input("typo", { settings: [API_KEY] }) });
    await record(CONNECT, { input: input("typo", { settings: { apiKeey: API_KEY, baseUrl: API_KEY } }) });
    await record(CONNECT, { input: input("typo", { settings: { apiKey: { value: API_KEY } } }) });
    await record(
      `mutation { connectSource(input: [{ id: "a", settings: { apiKey: "${API_KEY}" } }]) { source { id } } }`,
    );
    await record(`mutation { connectSource(input: { settings: { apiKey: "${API_KEY}" } }) { source { id } } }`);
    await record(`mutation { connectSource(input: { settings: { "${API_KEY}": 1 } }) { source { id } } }`);
    answer = healthy;
    const everything = `{ sources { nodes { id statusReason budgets { bucket } webhooks { url } streams { stream } } }
      syncRuns { nodes { streams { stream errorMessage } } } findings { nodes { summary remedy evidence { name value } } }
      deliveries { nodes { id errorMessage } } quarantinedRecords { nodes { problem } } }`;
    await record(everything);
    const metrics = await (await fetch(`${first.url}/metrics`)).text();
    expect(answers.join("\n")).not.toContain(CANARY);
    expect(metrics).not.toContain(CANARY);
    expect(first.output()).not.toContain(CANARY);
    expect(second.output()).not.toContain(CANARY);
    expect(await tablesContaining(CANARY)).toEqual([]);
    expect(await tablesContaining("customer.updated")).toEqual([]); // erased by the test above
    expect(await tablesContaining("stripe")).toContain("sources"); // the search finds what is there
  });
});

/** Every failure repeats the credentials of the request. */
const echo = (request: IncomingMessage): string => `${request.headers.authorization} ${API_KEY} ${WEBHOOK_SECRET}`;
const STATUSES = [400, 401, 403, 404, 422, 429, 500, 503];
const FORBIDDEN = STATUSES.indexOf(403);
const FAILURES: readonly Answer[] = [
  ...STATUSES.map(
    (status): Answer =>
      (request, response) =>
        json(status, { error: { type: "api_error", message: echo(request), code: echo(request) } })(request, response),
  ),
  (request, response) => {
    response.writeHead(302, { location: `https://other.example/?key=${API_KEY}`, "x-key": echo(request) }).end();
  },
  (request, response) => {
    response.writeHead(200, { "content-type": "text/html", server: echo(request) }).end(`<h1>${echo(request)}</h1>`);
  },
  (request, response) => {
    response.writeHead(200, { "content-type": `application/${API_KEY}` }).end(`{"data": "${echo(request)}`);
  },
  (request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(`{"object": "${echo(request)}`);
  },
  (request, response) => {
    response.writeHead(429, { "retry-after": API_KEY, ratelimit: echo(request), "content-encoding": API_KEY }).end("x");
  },
  (request) => void request.socket.destroy(),
];

/** Names of the tables with a text, plainly or in bytes. */
async function tablesContaining(text: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'sluice' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hex = Buffer.from(text).toString("hex");
    const containing = await client.query(
      `select 1 from sluice."${name}" as stored where position($1 in stored::text) > 0 or position($2 in stored::text) > 0 limit 1`,
      [text, hex],
    );
    if (containing.rowCount !== 0) found.push(name);
  }
  return found;
}

describe("a start", () => {
  test("without the key of stored credentials ends with exit code 2 and one sentence that names it (F108)", async () => {
    const service = await startServiceInProcess(env);
    const { errors } = await ask(service, CONNECT, { input: input("stored") });
    expect(errors).toEqual([]);
    await service.stop();
    const { rows } = await client.query<{ key_id: string }>("select key_id from sluice.secret_keys");
    const keyId = rows[0]?.key_id ?? "none";
    const sentence = `SECRETS_KEY must be the key ${keyId}, or SECRETS_OLD_KEYS must contain it`;
    const { code, output } = await runServiceToEnd({ env: { ...env, SECRETS_KEY: key() } });
    expect(code).toBe(2);
    expect(output).toContain(`sluice: ${sentence}`);
    expect(await failedStart({ ...env, SECRETS_KEY: "" })).toEqual({
      code: 2,
      sentence: expect.stringContaining(sentence),
    });
  });

  test("with a new key and the old one encrypts the credentials again, after which the old one is not needed (F108)", async () => {
    const next = key();
    const rotating = await startServiceInProcess({
      ...env,
      SECRETS_KEY: next,
      SECRETS_OLD_KEYS: env["SECRETS_KEY"] ?? "",
    });
    await eventually("the credentials to be encrypted with the new key", () =>
      /"remaining":0,.*credentials encrypted with the new key/.test(rotating.output()),
    );
    await rotating.stop();
    env["SECRETS_KEY"] = next;
    const after = await startServiceInProcess(env);
    const found = await ask(after, `{ source(id: "stored") { id webhooks { url } } }`);
    expect(found.data.source.webhooks).not.toBeNull();
    await after.stop();
  });

  test("with a settings file that names a connected source ends with exit code 2 and one sentence", async () => {
    const source = { id: "stored", tenant: "umbrella", connector: "stripe", config: { apiKey: "sk_test_1" } };
    const SLUICE_CONFIG = await settings("clash", [source]);
    expect(await failedStart({ ...env, SLUICE_CONFIG })).toEqual({
      code: 2,
      sentence: expect.stringContaining('sources must not name "stored", which was connected by connectSource'),
    });
  });
});
