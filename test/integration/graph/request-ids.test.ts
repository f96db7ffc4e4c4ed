import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { loadCursors } from "../../../src/server/load-cursors.ts";
import { type CallbackGateway, startCallbackGateway } from "../../helpers/callback-gateway.ts";
import { eventually } from "../../helpers/eventually.ts";
import { openStream, STREAM_FORMATS } from "../../helpers/http-stream.ts";
import { databaseUrl } from "../../helpers/postgres.ts";
import { type ServiceInProcess, startServiceInProcess } from "../../helpers/service-in-process.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Ids that the service makes itself. */
const OWN_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** Of another tenant, which only the feed notices. */
const INVALID_AFTER = 'subscription { syncEvents(after: "OTHER") { cursor } }';
const UNKNOWN_FIELD = "{ missing }";
const EVENTS = "subscription { syncEvents { cursor } }";

let otherCursor: string;
const textOf = (query: string): string => query.replace("OTHER", otherCursor);
let store: TestStore;
let folder: string;
let gateway: CallbackGateway;
let service: ServiceInProcess;
beforeAll(async () => {
  store = await useStore();
  otherCursor = (await loadCursors(store.db)).encodeEventCursor("umbrella", 1n);
  gateway = await startCallbackGateway("router");
  folder = await mkdtemp(join(tmpdir(), "sluice-request-ids-"));
  const path = join(folder, "sluice.yaml");
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: ["whsec_1"] };
  const sources = [
    { id: "stripe-main", tenant: "acme", connector: "stripe", config, schedule: "manual" },
    { id: "bank", tenant: "acme", connector: "iso20022-bank", schedule: "manual" },
  ];
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources })); // JSON is YAML
  service = await startServiceInProcess({
    SLUICE_CONFIG: path,
    DATABASE_URL: databaseUrl(store.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "silent",
    CALLBACK_ORIGINS: gateway.url,
    SECRETS_KEY: randomBytes(32).toString("base64"),
  });
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await gateway?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Failure {
  readonly extensions: { readonly code: string; readonly requestId: string };
}

/** Sends a request, and returns the code and the id of its first error with the id in its header. */
async function failureOf(path: string, init: RequestInit): Promise<readonly (string | null | undefined)[]> {
  const response = await fetch(`${service.url}${path}`, init);
  const { errors } = (await response.json()) as { errors: Failure[] };
  const [{ extensions } = { extensions: undefined }] = errors;
  return [extensions?.code, extensions?.requestId, response.headers.get("x-request-id")];
}

const JSON_TYPE = { "content-type": "application/json" };
const operation = (query: string, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: "POST",
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ query }),
});

test.each([
  ["an operation that is refused", "/graphql", operation(UNKNOWN_FIELD), "GRAPHQL_VALIDATION_FAILED"],
  ["a field that fails", "/graphql", operation('{ payments(after: "no cursor") { nodes { id } } }'), "INVALID_CURSOR"],
  [
    "an operation by GET",
    "/graphql?query=%7Bmissing%7D",
    { headers: { "x-apollo-operation-name": "q" } },
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "an answer that Apollo makes",
    "/graphql",
    operation(UNKNOWN_FIELD, { accept: "text/csv" }),
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["a body that is no JSON", "/graphql", { method: "POST", headers: JSON_TYPE, body: "{" }, "BAD_REQUEST"],
  ["a webhook that is not verified", "/webhooks/stripe-main", { method: "POST", body: "{}" }, "SIGNATURE_INVALID"],
  ["a webhook of no source", "/webhooks/nobody", { method: "POST", body: "{}" }, "SIGNATURE_INVALID"],
  ["a file for no source", "/files/nobody", { method: "PUT", body: "x" }, "NOT_FOUND"],
  ["a file that is refused", "/files/bank", { method: "PUT", body: "no XML" }, "FILE_REFUSED"],
  ["a file that does not exist", "/files/nothing", {}, "NOT_FOUND"],
  ["a path that does not exist", "/nowhere", {}, "NOT_FOUND"],
])("over HTTP, the error of %s has the id of its request", async (_what, path, init, code) => {
  const headers = new Headers(init.headers);
  headers.set("x-request-id", "given-1");
  expect(await failureOf(path, { ...init, headers })).toEqual([code, "given-1", "given-1"]);
  expect(await failureOf(path, init)).toEqual([code, expect.stringMatching(OWN_ID), expect.stringMatching(OWN_ID)]);
});

describe.each(STREAM_FORMATS)("over %s", (kind) => {
  test.each([
    ["an operation that is refused", UNKNOWN_FIELD],
    ["a subscription that cannot begin", INVALID_AFTER],
  ])("the error of %s has the id of its request", async (_what, query) => {
    const headers = { "x-request-id": `given-${kind}`, ...(kind === "sse" && { accept: "text/event-stream" }) };
    await using stream = await openStream({ url: service.url, kind, body: { query: textOf(query) }, headers });
    expect(await stream.text()).toContain(`"requestId":"given-${kind}"`);
    expect(stream.headers.get("x-request-id")).toBe(`given-${kind}`);
  });
});

describe("over WebSocket", () => {
  /** Sends operations over one socket, and returns the errors that are answered. */
  async function errorsOf(...queries: readonly string[]): Promise<readonly Failure[]> {
    const socket = new WebSocket(`${service.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    const errors: Failure[] = [];
    socket.on("message", (data: Buffer) => {
      const { type, payload } = JSON.parse(String(data)) as {
        type: string;
        payload: { errors?: Failure[] } & Failure[];
      };
      if (type === "connection_ack")
        for (const [index, query] of queries.entries())
          socket.send(JSON.stringify({ type: "subscribe", id: String(index), payload: { query: textOf(query) } }));
      if (type === "error") errors.push(...payload);
      if (type === "next") errors.push(...(payload.errors ?? []));
    });
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    await eventually("an error", () => errors.length > 0);
    socket.close();
    return errors;
  }

  test.each([
    ["an operation that is refused", [UNKNOWN_FIELD], "GRAPHQL_VALIDATION_FAILED"],
    ["a field that fails", ['{ payments(after: "no cursor") { nodes { id } } }'], "INVALID_CURSOR"],
    ["a subscription that cannot begin", [INVALID_AFTER], "INVALID_CURSOR"],
    ["an operation beyond the socket's limit", Array.from({ length: 101 }, () => EVENTS), "OVERLOADED"],
  ])("the error of %s has an id of its own", async (_what, queries, code) => {
    const [error] = await errorsOf(...queries);
    expect(error?.extensions).toMatchObject({ code, requestId: expect.stringMatching(OWN_ID) });
  });

  test("the refusal of an upgrade has the id of its request", async () => {
    const headers = { origin: "https://elsewhere.example", "x-request-id": "given-upgrade" };
    const socket = new WebSocket(`${service.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
    const refused = Promise.withResolvers<string>();
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (piece: Buffer) => void (text += String(piece)));
      response.on("end", () => refused.resolve(text));
    });
    expect(await refused.promise).toContain('"requestId":"given-upgrade"');
  });
});

describe("by HTTP callback", () => {
  const ACCEPT = "application/json;callbackSpec=1.0; charset=utf-8, application/json";
  const subscribe = (query: string, extension: unknown): RequestInit => ({
    method: "POST",
    headers: { ...JSON_TYPE, accept: ACCEPT, "x-request-id": "given-callback" },
    body: JSON.stringify({ query, extensions: { subscription: extension } }),
  });

  test("the refusal of a subscription has the id of its request", async () => {
    const { extension } = gateway.subscribe(0);
    const elsewhere = { ...extension, callbackUrl: "https://elsewhere.example/callback" };
    const refused = ["FORBIDDEN", "given-callback", "given-callback"];
    expect(await failureOf("/graphql", subscribe(EVENTS, elsewhere))).toEqual(refused);
  });

  test("an error that is sent to the gateway has the id of the request that has subscribed", async () => {
    const subscription = gateway.subscribe(0);
    const answer = await fetch(`${service.url}/graphql`, subscribe(textOf(INVALID_AFTER), subscription.extension));
    expect(answer.status).toBe(200);
    await eventually("the error", () => JSON.stringify(subscription.calls).includes("INVALID_CURSOR"));
    expect(JSON.stringify(subscription.calls)).toContain('"requestId":"given-callback"');
  });
});
