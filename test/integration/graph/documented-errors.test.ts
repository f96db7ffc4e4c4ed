import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { SignJWT } from "jose";
import { hash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { ERROR_CODES } from "../../../src/domain/error.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createAccountHash } from "../../../src/sources/connected/account-hash.ts";
import { createConnectedSources } from "../../../src/sources/connected/connected-sources.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { createLocalStore } from "../../../src/upstream/budget/local-store.ts";
import { HTTP_FAILURES } from "../../../src/server/http/http-errors.ts";
import { registerWebhookRoute } from "../../../src/server/webhooks.ts";
import { fileScript, fileSource } from "../../fakes/file-connector.ts";
import { addDeliveries, idOf } from "../../helpers/delivery-world.ts";
import { codeBlock, tableUnder } from "../../helpers/documents.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SECRET = "a secret of thirty-two characters";
const DOCUMENT = "docs/errors.md";
/** A run with a stored value that we do not know. */
const ODD_RUN = newOperationId("SyncRun", 1);

let store: TestStore;
/** Graph and files, with tokens. */
let service: FileService;
let webhooks: InboxService;
/** The graph with the inbox's mutations and webhooks. */
let graph: GraphServer;
/** The graph for callers that may run no operation. */
let limited: GraphServer;
/** Executes one trusted document alone, which never ends. */
let strict: GraphServer;
/** The graph for a gateway alone. */
let routed: GraphServer;
beforeAll(async () => {
  store = await useStore();
  const { connection } = store;
  service = await startFileService({
    connection,
    sources: [fileSource(fileScript({ maxBytes: 10_000 }))],
    auth: { kind: "secret", secret: SECRET },
  });
  const config = { apiKey: "sk_test_1", webhookSecrets: ["whsec_of_this_test"] };
  webhooks = await startInboxService({ connection, sources: [{ id: "stripe", tenantId: "acme", config }], idle: true });
  const { discardDelivery } = webhooks.inbox;
  const { connect: connectSource } = createConnectedSources({
    db: store.db,
    keyring: createKeyring(undefined, []),
    budgets: { store: () => createLocalStore(systemClock) },
    file: { configs: [], platforms: new Map() },
    networks: [],
    comparisonsEveryMs: "off",
    accountHash: createAccountHash(randomBytes(32)),
    registerWork: () => Promise.resolve(),
    endRuns: () => Promise.resolve(), // there are none
    onChanged: () => undefined,
    onErasing: () => undefined,
  });
  const useCases = { discardDelivery, connectSource } as Partial<UseCases> as UseCases; // no other mutation is sent to it
  const routes = (app: FastifyInstance) => registerWebhookRoute(app, webhooks.inbox);
  const shared = { connection, close: async () => undefined };
  graph = await useGraphServer({ useCases, routes }, shared);
  limited = await useGraphServer({ operationLimits: { concurrent: 0, perSecond: undefined } }, shared);
  strict = await useGraphServer(
    {
      useCases: { pauseSource: () => new Promise(() => undefined) } as Partial<UseCases> as UseCases,
      operationTimeoutMs: 100,
      trustedDocuments: { mode: "only", texts: new Map([["pause", 'mutation { pauseSource(id: "bank") { id } }']]) },
    },
    shared,
  );
  routed = await useGraphServer({ routerSecrets: ["x".repeat(32)], routersOnly: true }, shared);
  await addDeliveries({ database: store.db, tenantId: "acme", sourceId: "stripe" }, [{ key: "applied" }]);
  await service.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
     values ('acme', '${ODD_RUN}', 'stripe', 'FULL', 'NO_SUCH_TRIGGER', 'QUEUED', now(), 0)`,
  );
});
afterAll(async () => {
  await limited[Symbol.asyncDispose]();
  await strict[Symbol.asyncDispose]();
  await routed[Symbol.asyncDispose]();
  await graph[Symbol.asyncDispose]();
  await webhooks[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

async function bearer(scope: string): Promise<Record<string, string>> {
  const token = new SignJWT({ tenant: "acme", scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m");
  return { authorization: `Bearer ${await token.sign(new TextEncoder().encode(SECRET))}` };
}

async function operation(query: string, scope = "read", type = "application/json"): Promise<Response> {
  const headers = { "content-type": type, ...(await bearer(scope)) };
  return fetch(`${service.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
}

/** Sends an operation as the development principal. */
async function send(to: GraphServer, body: object): Promise<Response> {
  return fetch(`${to.url}/graphql`, { method: "POST", headers: asJson, body: JSON.stringify(body) });
}

const persistedQuery = { version: 1, sha256Hash: hash("sha256", "{ other }") };
const asJson = { "content-type": "application/json" };

/** The requests that the document describes, by the code that it names. */
const REQUESTS: Readonly<Record<string, (query: string) => Promise<Response>>> = {
  INVALID_INPUT: operation,
  INVALID_CURSOR: operation,
  UNAUTHENTICATED: () =>
    fetch(`${service.url}/graphql`, { method: "POST", headers: asJson, body: '{"query":"{ __typename }"}' }),
  ROUTER_SECRET_REQUIRED: () => send(routed, { query: "{ __typename }" }),
  FORBIDDEN: operation,
  NOT_FOUND: () => fetch(`${service.url}/nowhere`),
  CONFLICT: () =>
    fetch(`${graph.url}/graphql`, {
      method: "POST",
      headers: asJson,
      body: JSON.stringify({
        query: `mutation { discardDelivery(id: "${idOf({ tenantId: "acme", sourceId: "stripe" }, "applied")}", reason: "no") { id } }`,
      }),
    }),
  SUBSCRIPTION_TRANSPORT_UNSUPPORTED: operation,
  PERSISTED_QUERY_NOT_FOUND: () => send(graph, { extensions: { persistedQuery } }),
  PERSISTED_QUERY_HASH_MISMATCH: (query) => send(graph, { query, extensions: { persistedQuery } }),
  TRUSTED_DOCUMENT_NOT_FOUND: () => send(graph, { documentId: "unknown" }),
  TRUSTED_DOCUMENT_REQUIRED: (query) => send(strict, { query }),
  OPERATION_TIMEOUT: () => send(strict, { documentId: "pause" }),
  SECRETS_KEY_MISSING: (query) => send(graph, { query }),
  SIGNATURE_INVALID: () => fetch(`${graph.url}/webhooks/stripe`, { method: "POST", body: "{}" }),
  PAYLOAD_TOO_LARGE: () => operation(`{ __typename } # ${"x".repeat(1024 * 1024)}`),
  FILE_REFUSED: async () =>
    fetch(`${service.url}/files/bank`, { method: "PUT", body: "<pain/>", headers: await bearer("write") }),
  OVERLOADED: (query) => operation(query, "sync"),
  RATE_LIMITED: () =>
    fetch(`${limited.url}/graphql`, { method: "POST", headers: asJson, body: '{"query":"{ __typename }"}' }),
  INTERNAL: () => operation(`{ syncRun(id: "${ODD_RUN}") { trigger } }`),
  GRAPHQL_PARSE_FAILED: operation,
  GRAPHQL_VALIDATION_FAILED: operation,
  BAD_USER_INPUT: operation,
  OPERATION_RESOLUTION_FAILURE: operation,
  BAD_REQUEST: async () =>
    fetch(`${service.url}/graphql`, {
      method: "POST",
      headers: { ...asJson, ...(await bearer("read")) },
      body: "{ not",
    }),
  UNSUPPORTED_MEDIA_TYPE: () => operation("{ __typename }", "read", "application/xml"),
};

const plain = (cell = ""): string => cell.replaceAll("`", "");
const answers = tableUnder(DOCUMENT, "Examples of answers");
const recorded = tableUnder(DOCUMENT, "Examples of messages in runs, deliveries and stale objects");

/** Parts of a documented message between its varying parts. */
const fixedParts = (message: string): string[] => message.split("…").map((part) => part.trim());

describe("answers in the document", () => {
  test.each(answers.map((row) => [plain(row[0]), Number(row[1]), row[2] ?? "", row[3] ?? ""] as const))(
    "%s comes as documented, with the request's id",
    async (code, status, description, message) => {
      const query = /`([^`]*)`/.exec(description)?.[1] ?? "";
      const request = REQUESTS[code];
      if (request === undefined) throw new Error(`no request for ${code}`);
      const response = await request(query);
      const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] }; // our own
      const [error] = errors;
      expect([response.status, error?.extensions]).toEqual([
        status,
        expect.objectContaining({
          code,
          retryable: code in ERROR_CODES && ERROR_CODES[code as keyof typeof ERROR_CODES].retry === "backoff",
        }),
      ]);
      for (const part of fixedParts(message)) expect(error?.message).toContain(part);
      expect(error?.extensions).toHaveProperty("requestId", expect.stringMatching(/^[\w-]{36}$/));
    },
  );

  test("the example of the shape is what an unknown path is answered", async () => {
    const documented = JSON.parse(codeBlock("output", "error", "json")) as { errors: { extensions: object }[] };
    const actual = (await (await fetch(`${service.url}/nowhere`)).json()) as typeof documented; // the same shape
    const withoutId = ({ errors }: typeof documented) =>
      errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: null } }));
    expect(withoutId(actual)).toEqual(withoutId(documented));
  });
});

test("every code has an example", () => {
  const named = [...answers, ...recorded].map(([code]) => plain(code));
  expect(Object.keys(ERROR_CODES).filter((code) => !named.includes(code))).toEqual([]);
  const ofHttp = readFileSync(DOCUMENT, "utf8");
  for (const [code, { http }] of Object.entries(HTTP_FAILURES)) expect(ofHttp).toContain(`| \`${code}\` | ${http} |`);
});

test("every recorded message occurs in the sources, in a file that names its code", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const texts = files.map((name) => readFileSync(`src/${name}`, "utf8"));
  const missing = recorded.filter(([code, message = ""]) => {
    const parts = fixedParts(message.replace("the upstream answered ", ""));
    return !texts.some((text) => text.includes(plain(code)) && parts.every((part) => text.includes(part)));
  });
  expect(missing).toEqual([]);
});
