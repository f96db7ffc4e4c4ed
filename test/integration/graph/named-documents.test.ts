import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient, type SubscribePayload } from "graphql-ws";
import { hash } from "node:crypto";
import { WebSocket } from "ws";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { type GraphAnswer, type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { take } from "../../helpers/take.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { openRawSocket } from "../../helpers/raw-socket.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TRUSTED = "query Trusted($ids: [ID!]!) { __typename nodes(ids: $ids) { id } }";
const LIVE = "subscription Live { syncEvents { __typename } }";
const SLOW = 'mutation Slow { pauseSource(id: "stripe-main") { id } }';
const texts = new Map([
  ["trusted-1", TRUSTED],
  ["live-1", LIVE],
  ["slow-1", SLOW],
]);
const ACME = { "x-sluice-tenant": "acme" };
const UMBRELLA = { "x-sluice-tenant": "umbrella" };

let store: TestStore;
let also: GraphServer;
let only: GraphServer;
let paused: PromiseWithResolvers<void>;
beforeAll(async () => {
  store = await useStore();
  const opened = { connection: store.connection, close: async () => undefined };
  paused = Promise.withResolvers<void>();
  await addSource({ database: store.db, tenantId: "acme", sourceId: "stripe-main" });
  also = await useGraphServer({ trustedDocuments: { mode: "also", texts } }, opened);
  only = await useGraphServer(
    {
      trustedDocuments: { mode: "only", texts },
      operationTimeoutMs: 1_000,
      useCases: { pauseSource: () => paused.promise } as Partial<UseCases> as UseCases, // no other mutation is sent
    },
    opened,
  );
});
afterAll(async () => {
  await only[Symbol.asyncDispose]();
  await also[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

/** Parameters of an operation; every one may be missing. */
type Parameters = Readonly<Record<string, unknown>>;
type HttpHeaders = Readonly<Record<string, string>>;
type Answer = Pick<GraphAnswer, "data" | "errors">;
type Send = (graph: GraphServer, parameters: Parameters, headers?: HttpHeaders) => Promise<Answer>;

async function byGet(graph: GraphServer, parameters: Parameters, headers: HttpHeaders = ACME): Promise<Answer> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    search.set(name, typeof value === "string" ? value : JSON.stringify(value));
  const response = await fetch(`${graph.url}/graphql?${search.toString()}`, {
    headers: { "apollo-require-preflight": "1", ...headers },
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer>; // from our own server
  return { data, errors };
}

async function byWebSocket(graph: GraphServer, parameters: Parameters, headers: HttpHeaders = ACME): Promise<Answer> {
  class TenantSocket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers });
    }
  }
  const client = createClient({ url: `${graph.url.replace("http", "ws")}/graphql/ws`, webSocketImpl: TenantSocket });
  try {
    // The official client requires a text, which may be empty, and sends every other member as it is.
    const [result] = await take(client.iterate({ query: "", ...parameters } satisfies SubscribePayload), 1);
    return { data: result?.data ?? null, errors: (result?.errors ?? []) as unknown as Answer["errors"] };
  } catch (reason) {
    if (!Array.isArray(reason)) throw reason;
    return { data: null, errors: reason as Answer["errors"] }; // the payload of an `error` message
  } finally {
    await client.dispose();
  }
}

const TRANSPORTS: [string, Send][] = [
  ["POST", (graph, parameters, headers = ACME) => post(graph.url, parameters, headers)],
  ["GET", byGet],
  ["WebSocket", byWebSocket],
];
const codes = ({ errors }: Answer): string[] => errors.map(({ extensions }) => extensions.code);
/** As Apollo's clients name a document; a client has other extensions too. */
const apollo = (text: string): object => ({
  persistedQuery: { version: 1, sha256Hash: hash("sha256", text) },
  clientLibrary: { name: "test" },
});

describe.each(TRANSPORTS)("over %s", (transport, send) => {
  test("a text that is sent with its hash is found by the hash from then on, in its tenant alone", async () => {
    const query = `query { __typename } # ${transport}`;
    const extensions = apollo(query);
    const missing = await send(also, { extensions });
    expect(missing.errors).toMatchObject([
      { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } },
    ]);
    expect(await send(also, { query, extensions })).toMatchObject({ data: { __typename: "Query" }, errors: [] });
    expect(await send(also, { extensions })).toMatchObject({ data: { __typename: "Query" }, errors: [] });
    expect(codes(await send(also, { extensions }, UMBRELLA))).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
  });

  test("the hash of another text is refused", async () => {
    const answer = await send(also, { query: "{ __typename }", extensions: apollo("{ other }") });
    expect(answer.errors).toMatchObject([
      { message: "provided sha does not match query", extensions: { code: "PERSISTED_QUERY_HASH_MISMATCH" } },
    ]);
  });

  test.each([
    ["its id", { documentId: "trusted-1" }],
    ["Hive's id", { documentId: "shop~1.2.3~trusted-1" }],
    ["its hash", { documentId: `sha256:${hash("sha256", TRUSTED)}` }],
    ["its hash as Apollo sends it", { extensions: apollo(TRUSTED) }],
  ])("a trusted document is found by %s, beside texts and without them", async (_name, named) => {
    for (const graph of [also, only]) {
      const answer = await send(graph, { ...named, variables: { ids: [] }, operationName: "Trusted" });
      expect(answer).toEqual(expect.objectContaining({ data: { __typename: "Query", nodes: [] }, errors: [] }));
    }
  });

  test("without texts every text is refused, introspection and a text to register included", async () => {
    const introspection = "query IntrospectionQuery { __schema { types { name } } }";
    for (const query of ["{ __typename }", introspection, TRUSTED])
      expect(codes(await send(only, { query, variables: { ids: [] } }))).toEqual(["TRUSTED_DOCUMENT_REQUIRED"]);
    const text = "{ __typename }";
    expect(codes(await send(only, { query: text, extensions: apollo(text) }))).toEqual(["TRUSTED_DOCUMENT_REQUIRED"]);
    expect(codes(await send(only, { extensions: apollo(text) }))).toEqual(["TRUSTED_DOCUMENT_NOT_FOUND"]);
    expect(codes(await send(only, { documentId: "unknown" }))).toEqual(["TRUSTED_DOCUMENT_NOT_FOUND"]);
    expect(codes(await send(only, { documentId: "trusted-1", query: text }))).toEqual(["INVALID_INPUT"]);
  });
});

test.each([
  ["documentId=trusted-1&documentId=other", 400],
  ["documentId=trusted-1&variables=%7B%22ids%22%3A%5B%5D%7D&variables=%7B%7D", 400],
  ["documentId=trusted-1&variables=%5B%5D", 400],
  ["documentId=trusted-1&variables=nothing", 400],
  ["documentId=trusted-1&variables=%7B%22ids%22%3A%5B%5D%7D&operationName=Trusted", 200],
])(
  "the query string %s is answered with %d: no parameter is there twice, and the variables are an object",
  async (search, status) => {
    const headers = { "apollo-require-preflight": "1", ...ACME };
    expect((await fetch(`${also.url}/graphql?${search}`, { headers })).status).toBe(status);
  },
);

test("over WebSocket the text may be missing where the document is named", async () => {
  const socket = await openRawSocket({ url: `${only.url.replace("http", "ws")}/graphql/ws` });
  socket.send({ type: "connection_init" });
  expect(await socket.message()).toEqual({ type: "connection_ack" });
  socket.send({ type: "subscribe", id: "1", payload: { documentId: "trusted-1", variables: { ids: [] } } });
  expect(await socket.message()).toMatchObject({ type: "next", payload: { data: { __typename: "Query" } } });
  expect(await socket.message()).toEqual({ type: "complete", id: "1" });
  socket.send({ type: "subscribe", id: "1", payload: {} });
  expect(await socket.closed()).toBe(4400);
});

test("a trusted subscription is served over WebSocket, and a trusted mutation not by GET", async () => {
  expect(await byWebSocket(only, { documentId: "live-1" })).toMatchObject({
    data: { syncEvents: { __typename: "StreamPosition" } },
  });
  expect(codes(await post(only.url, { documentId: "live-1" }))).toEqual(["SUBSCRIPTION_TRANSPORT_UNSUPPORTED"]);
  expect(codes(await byGet(only, { documentId: "slow-1" }))).toEqual(["BAD_REQUEST"]);
});

test("an operation that takes too long gets 504 over HTTP, and sends no statement afterwards", async () => {
  const answer = await post(only.url, { documentId: "slow-1" });
  expect(answer).toMatchObject({
    status: 504,
    errors: [
      { message: "the operation took longer than 1 s", extensions: { code: "OPERATION_TIMEOUT", retryable: true } },
    ],
  });
  only.takeStatements();
  paused.resolve(); // the mutation continues, and would now read the source
  expect((await post(only.url, { documentId: "trusted-1", variables: { ids: [] } })).status).toBe(200);
  expect(only.takeStatements()).toEqual([]);
});
