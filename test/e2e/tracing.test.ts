import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { readFileSync } from "node:fs";
import { request as send, type IncomingHttpHeaders } from "node:http";
import { WebSocket } from "ws";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { codeBlock } from "../helpers/documents.ts";
import { eventually } from "../helpers/eventually.ts";
import { type LocalServer, startHttpServer } from "../helpers/local-server.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { type ExportedSpan, type SpanCollector, startSpanCollector } from "../helpers/span-collector.ts";
import { customer, eventBody, sign } from "../helpers/stripe-deliveries.ts";

const SECRET = "whsec_canary_of_tracing";
const PERSON = "Canary Personal-Name";
const MAIL = "canary@personal.example";

/** The trace of each caller, and its own span. */
const callerOf = (digit: string) => ({ traceId: digit.repeat(32), spanId: digit.repeat(16) });
const PROVIDER = callerOf("1");
const SUBSCRIBER = callerOf("2");
const READER = callerOf("3");
const headerOf = ({ traceId, spanId }: { traceId: string; spanId: string }) => `00-${traceId}-${spanId}-01`;

/** One process receives webhooks, another one has the subscriber. Both load the SDK as the document says. */
const opened = new AsyncDisposableStack();
let collector: SpanCollector;
let stripe: TestSandbox;
let receiving: Service;
let sending: Service;
let upstreamHeaders: IncomingHttpHeaders[];

beforeAll(async () => {
  collector = opened.use(await startSpanCollector());
  stripe = opened.use(await useSandbox({ payments: 5 }));
  const dataDir = opened.use(await useReadyDataDir());
  upstreamHeaders = [];
  const recorded = opened.use(await startRecorder(stripe.url, upstreamHeaders));
  const config = { baseUrl: recorded.url, apiKey: stripe.config.apiKey, webhookSecrets: [SECRET] };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h" }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "info",
    NODE_OPTIONS: /NODE_OPTIONS=(\S+)/.exec(codeBlock("example", "tracing-start", "sh"))?.[1] ?? "",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  const start = async (more: Readonly<Record<string, string>>): Promise<Service> => {
    const service = await startService({ env: { ...env, ...more } });
    opened.defer(() => service.kill());
    return service;
  };
  receiving = await start({});
  sending = await start({ TRACE_HOSTS: "127.0.0.1" });
  await act();
  await Promise.all([receiving.stop(), sending.stop()]); // which sends the last spans
}, 240_000);
afterAll(() => opened.disposeAsync());

/** Forwards calls to the upstream, and keeps their headers. */
function startRecorder(upstream: string, kept: IncomingHttpHeaders[]): Promise<LocalServer> {
  return startHttpServer((request, response) => {
    kept.push(request.headers);
    const forwarded = send(`${upstream}${request.url ?? ""}`, {
      method: request.method ?? "GET",
      headers: request.headers,
    });
    forwarded.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
}

class TracedSocket extends WebSocket {
  constructor(url: string, protocols: string) {
    super(url, protocols, { headers: { traceparent: headerOf(SUBSCRIBER) } });
  }
}

const SUBSCRIPTION = `subscription Follow { syncEvents(filter: { entityTypes: [PARTY] }) {
  __typename ... on EntityChanged { entity { id ... on Party { name source { id } } } } } }`;

/** A webhook with a trace at one process, whose event a subscriber at the other one receives; then a read. */
async function act(): Promise<void> {
  const client = createClient({ url: sending.url.replace("http", "ws") + "/graphql", webSocketImpl: TracedSocket });
  const received = client.iterate({ query: SUBSCRIPTION });
  await received.next(); // the position at which it begins
  const object = { ...customer("cus_traced", PERSON), email: MAIL };
  const { body, signature } = sign(eventBody({ type: "customer.created", object }), SECRET);
  const headers = { "stripe-signature": signature, traceparent: headerOf(PROVIDER) };
  const taken = await fetch(`${receiving.url}/webhooks/stripe-main`, { method: "POST", headers, body });
  expect(taken.status).toBe(200);
  await eventually("the event of the webhook", async () => JSON.stringify(await received.next()).includes(PERSON));
  await client.dispose();
  await read(receiving);
  await read(sending);
}

/** Reads a customer of the upstream through the service. */
async function read({ url }: Service): Promise<void> {
  const headers = { "content-type": "application/json", traceparent: headerOf(READER), "x-request-id": "traced-read" };
  const query = async (text: string): Promise<{ data?: { payments: { nodes: { id: string }[] } } }> => {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: text }) });
    return (await response.json()) as { data?: { payments: { nodes: { id: string }[] } } };
  };
  const { id } = await eventually("a payment", async () => {
    const { data } = await query("query Listed { payments(first: 1) { nodes { id source { id status } } } }");
    return data?.payments.nodes[0];
  });
  expect(JSON.stringify(await query(`query Fresh { payment(id: "${id}", maxAge: 0) { id status } }`))).toContain(id);
  const wrong = await query("query Wrong { payment(id: 1) { id } missing }");
  expect(wrong).not.toHaveProperty("data");
}

const withName = (name: string, traceId?: string): readonly ExportedSpan[] =>
  collector.spans.filter((span) => span.name === name && (traceId === undefined || span.traceId === traceId));

/** The only span of this name in a trace. */
function only(name: string, traceId: string): ExportedSpan {
  const found = withName(name, traceId);
  expect(found.map((span) => span.name)).toEqual([name]);
  return found[0]!;
}

describe("the trace of a webhook", () => {
  test("begins with the provider's span and reaches the subscriber's event, in another process", () => {
    const call = only("POST /webhooks/:sourceId", PROVIDER.traceId);
    expect(call).toMatchObject({
      parentSpanId: PROVIDER.spanId,
      kind: 2,
      pid: receiving.pid,
      isFailed: false,
      attributes: {
        "http.request.method": "POST",
        "http.route": "/webhooks/:sourceId",
        "http.response.status_code": 200,
        "sluice.source.id": "stripe-main",
        "sluice.delivery.result": "stored",
      },
    });
    const stored = only("store deliveries", PROVIDER.traceId);
    expect(stored.parentSpanId).toBe(call.spanId);
    expect(only("INSERT deliveries", PROVIDER.traceId)).toMatchObject({ parentSpanId: stored.spanId, kind: 3 });
    const applied = only("apply deliveries", PROVIDER.traceId);
    expect(applied).toMatchObject({ parentSpanId: call.spanId, kind: 5 });
    expect(only("INSERT parties", PROVIDER.traceId).parentSpanId).toBe(applied.spanId);
    const sent = withName("send event", PROVIDER.traceId).find(({ pid }) => pid === sending.pid);
    expect(sent).toMatchObject({
      parentSpanId: applied.spanId,
      kind: 4,
      attributes: { "sluice.event.kind": "EntityChanged", "sluice.subscribers": 1, "graphql.operation.name": "Follow" },
    });
    const loaded = only("load partyById", PROVIDER.traceId);
    expect(loaded).toMatchObject({ parentSpanId: sent?.spanId, attributes: { "sluice.loader.keys": 1 } });
    expect(only("SELECT parties", PROVIDER.traceId).parentSpanId).toBe(loaded.spanId);
  });

  test("has a link to the subscription, which continues the trace of the socket's upgrade request", () => {
    const subscription = only("subscription", SUBSCRIBER.traceId);
    expect(subscription).toMatchObject({
      parentSpanId: SUBSCRIBER.spanId,
      kind: 2,
      attributes: { "graphql.operation.name": "Follow", "sluice.transport": "websocket" },
    });
    const [sent] = withName("send event", PROVIDER.traceId);
    expect(sent?.links).toMatchObject([{ traceId: SUBSCRIBER.traceId, spanId: subscription.spanId }]);
  });
});

describe("the trace of an operation", () => {
  const operation = (name: string, { pid }: Service): ExportedSpan => {
    const found = withName("query", READER.traceId).filter(
      (span) => span.pid === pid && span.attributes["graphql.operation.name"] === name,
    );
    expect(found.length).toBeGreaterThan(0);
    return found.at(-1)!;
  };

  test("has its statements and the batches of its loaders, and no span of a field", () => {
    const listed = operation("Listed", receiving);
    expect(listed).toMatchObject({
      parentSpanId: READER.spanId,
      kind: 2,
      attributes: { "sluice.request.id": "traced-read", "sluice.transport": "http" },
    });
    const below = collector.spans.filter(({ parentSpanId }) => parentSpanId === listed.spanId);
    expect(below.map(({ name }) => name).toSorted()).toEqual(["SELECT payments", "load sourceById"]);
    const statement = below.find(({ name }) => name === "SELECT payments");
    expect(statement?.attributes).toMatchObject({ "db.system.name": "postgresql", "db.collection.name": "payments" });
  });

  test("has the call of a read-through, with its lane and its wait", () => {
    const fresh = operation("Fresh", receiving);
    const calls = withName("GET", READER.traceId).filter(({ pid }) => pid === receiving.pid);
    expect(calls.length).toBe(1);
    expect(calls[0]).toMatchObject({
      kind: 3,
      attributes: {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "http.response.status_code": 200,
        "sluice.upstream.lane": "interactive",
        "sluice.upstream.wait_ms": expect.any(Number),
      },
    });
    const parents = new Map(collector.spans.map((span) => [span.spanId, span]));
    let above = calls[0];
    while (above !== undefined && above.spanId !== fresh.spanId) above = parents.get(above.parentSpanId);
    expect(above).toBe(fresh);
  });

  test("is marked as failed with the code of its first error", () => {
    const refused = withName("GraphQL Operation", READER.traceId);
    const failed = { isFailed: true, attributes: { "error.type": "GRAPHQL_VALIDATION_FAILED" } };
    expect(refused).toMatchObject([failed, failed]);
  });

  test("is sent to the upstreams of TRACE_HOSTS and to no others", () => {
    const calls = (service: Service): string[] =>
      collector.spans.filter(({ name, pid }) => name === "GET" && pid === service.pid).map(({ spanId }) => spanId);
    const given = upstreamHeaders.flatMap(({ traceparent }) => (typeof traceparent === "string" ? [traceparent] : []));
    expect(given.length).toBeGreaterThan(0);
    const spans = given.map((header) => header.split("-")[2] ?? "");
    expect(spans.filter((span) => !calls(sending).includes(span))).toEqual([]);
    expect(calls(receiving).length).toBeGreaterThan(0);
  });
});

test("the packages that the document installs are those that the example imports, with the API that Sluice has", () => {
  const [, installed = ""] = /npm install (.+)/.exec(codeBlock("example", "tracing-install", "sh")) ?? [];
  const imported = [...readFileSync("docs/examples/tracing.mjs", "utf8").matchAll(/ from "(.+)"/g)].map(
    ([, name]) => name,
  );
  expect(new Set(imported)).toEqual(new Set(["@opentelemetry/api", ...installed.split(" ")]));
});

test("each page of a run has a trace of its own, from the call to the commit", () => {
  const pages = withName("read page").filter(({ attributes }) => attributes["sluice.stream"] === "payment_intents");
  const [page] = pages;
  expect(pages.length).toBe(1); // the end of the stream is no page
  expect(page).toMatchObject({ parentSpanId: "", attributes: { "sluice.source.id": "stripe-main" } });
  const below = collector.spans.filter(({ parentSpanId }) => parentSpanId === page?.spanId).map(({ name }) => name);
  expect(below).toEqual(expect.arrayContaining(["GET", "commit page"]));
});

test("lines of the log that belong to a trace have its id", () => {
  const [, traceId = ""] = /"traceId":"(\w+)".+"msg":"run ended"/.exec(receiving.output()) ?? [];
  expect(withName("commit page", traceId).length).toBe(1);
});

test("no span has a secret, a personal value or an amount (F107)", () => {
  const text = collector.text();
  expect(text).toContain("stripe-main");
  for (const canary of [SECRET, stripe.config.apiKey, PERSON, MAIL, "cus_traced"]) expect(text).not.toContain(canary);
});
