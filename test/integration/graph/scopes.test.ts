import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { SignJWT } from "jose";
import { WebSocket } from "ws";
import { fileOf, fileScript, fileSource } from "../../fakes/file-connector.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { post } from "../../helpers/graph-server.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { take } from "../../helpers/take.ts";
import { appendEvents } from "../../../src/events/append.ts";
import type { NewEvent } from "../../../src/events/event.ts";
import { loadCursors } from "../../../src/server/load-cursors.ts";

const SECRET = "a secret of thirty-two characters";
const DELIVERY = `dlv_${"a".repeat(22)}`;

let store: TestStore;
let service: FileService;
let fileId: string;
beforeAll(async () => {
  store = await useStore();
  service = await startFileService({
    connection: store.connection,
    sources: [fileSource(fileScript({ maxBytes: 10_000 }))],
    auth: { kind: "secret", secret: SECRET },
  });
  await service.query(
    `with stored as (insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at, finished_at)
       values ('acme', $1, 'bank', 'evt_1', 'abc', now(), 'PARKED', now(), now()) returning *)
     insert into delivery_bodies select tenant_id, id, received_at, $2 from stored`,
    [DELIVERY, Buffer.from("{}")],
  );
  fileId = (await service.put("bank", fileOf("a"), await bearer("sync"))).body.file.id;
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

async function bearer(scope: string): Promise<{ authorization: string }> {
  const token = new SignJWT({ tenant: "acme", scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m");
  return { authorization: `Bearer ${await token.sign(new TextEncoder().encode(SECRET))}` };
}

/** Code of the first error; `ok` without one. */
async function ask(query: string, scope: string): Promise<string> {
  const { errors } = await post(service.url, { query }, await bearer(scope));
  return errors[0]?.extensions.code ?? "ok";
}

async function subscribe(scope: string): Promise<string> {
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql/ws`,
    webSocketImpl: WebSocket,
    connectionParams: await bearer(scope),
    retryAttempts: 0,
  });
  try {
    const results = client.iterate<{ syncEvents: { __typename: string } }>({
      query: "subscription { syncEvents { __typename } }",
    });
    const [result] = await take(results, 1);
    return result?.data?.syncEvents.__typename ?? "none";
  } catch (reason) {
    const [error] = reason as { extensions: { code: string } }[]; // graphql-ws rejects with the errors of the operation
    return error?.extensions.code ?? "none";
  } finally {
    await client.dispose();
  }
}

/** One mutation of each kind. One that is allowed fails for another reason: this server has no engine. */
const MUTATIONS = [
  `startSync(input: { sourceId: "bank" }) { cursor }`,
  `pauseSource(id: "bank") { id }`,
  `replayDelivery(id: "${DELIVERY}") { id }`,
  `discardDelivery(id: "${DELIVERY}", reason: "no") { id }`,
  `replayQuarantined(ids: ["qua_${"a".repeat(22)}"]) { records { id } }`,
];
/** Each mutation of sources. */
const OF_SOURCES = [
  `connectSource(input: { id: "new", connector: "stripe", settings: {} }) { source { id } }`,
  `updateSource(input: { sourceId: "bank", schedule: "1h" }) { source { id } }`,
  `updateSourceCredentials(input: { sourceId: "bank", credentials: {} }) { source { id } }`,
  `disconnectSource(input: { sourceId: "bank", data: KEEP }) { source { id } }`,
];
const NO = "FORBIDDEN";

test.each([
  { scope: "", query: NO, mutation: NO, sources: NO, body: NO, subscription: NO, put: 403, get: 403 },
  {
    scope: "read",
    query: "ok",
    mutation: NO,
    sources: NO,
    body: NO,
    subscription: "StreamPosition",
    put: 403,
    get: 403,
  },
  {
    scope: "sync",
    query: "ok",
    mutation: "allowed",
    sources: NO,
    body: NO,
    subscription: "StreamPosition",
    put: 200,
    get: 403,
  },
  {
    scope: "write",
    query: "ok",
    mutation: NO,
    sources: NO,
    body: NO,
    subscription: "StreamPosition",
    put: 200,
    get: 403,
  },
  {
    scope: "admin",
    query: "ok",
    mutation: NO,
    sources: "allowed",
    body: "ok",
    subscription: "StreamPosition",
    put: 403,
    get: 200,
  },
])("a token with the scope `$scope` alone may do what the scope says", async ({ scope, ...expected }) => {
  const headers = await bearer(scope);
  const codes = await Promise.all(MUTATIONS.map((mutation) => ask(`mutation { ${mutation} }`, scope)));
  const ofSources = await Promise.all(OF_SOURCES.map((mutation) => ask(`mutation { ${mutation} }`, scope)));
  expect({
    sources: ofSources.map((code) => (code === NO ? NO : "allowed")),
    query: await ask("{ payments { nodes { id } } }", scope),
    mutations: codes.map((code) => (code === NO ? NO : "allowed")),
    body: await ask(`{ delivery(id: "${DELIVERY}") { body } }`, scope),
    subscription: await subscribe(scope),
    put: (await service.put("bank", fileOf("a"), headers)).status,
    get: (await fetch(`${service.url}/files/${fileId}`, { headers })).status,
  }).toEqual({
    sources: OF_SOURCES.map(() => expected.sources),
    query: expected.query,
    mutations: MUTATIONS.map(() => expected.mutation),
    body: expected.body,
    subscription: expected.subscription,
    put: expected.put,
    get: expected.get,
  });
});

test("events about evidence packs are delivered to callers with the scope `admin` alone", async () => {
  const head = await store.db.transaction("acme", (tx) => appendEvents(tx, [parked("dlv_first")]));
  await store.db.transaction("acme", (tx) =>
    appendEvents(tx, [
      { sourceId: null, body: { kind: "EvidencePackFinished", packId: "evp_1", status: "READY" } },
      parked("dlv_last"),
    ]),
  );
  const after = (await loadCursors(store.db)).encodeEventCursor("acme", head);
  const types = async (scope: string, kinds: readonly string[] | null): Promise<readonly string[]> => {
    const client = createClient({
      url: `${service.url.replace("http", "ws")}/graphql/ws`,
      webSocketImpl: WebSocket,
      connectionParams: await bearer(scope),
      retryAttempts: 0,
    });
    try {
      const query = `subscription ($after: EventCursor, $kinds: [SyncEventKind!]) { syncEvents(after: $after, filter: { kinds: $kinds }) {
        __typename source { id } ... on EvidencePackFinished { packId packStatus } } }`;
      const results = await take(
        client.iterate<{ syncEvents: Record<string, unknown> }>({ query, variables: { after, kinds } }),
        2,
      );
      return results.map(({ data }) => JSON.stringify(data?.syncEvents));
    } finally {
      await client.dispose();
    }
  };
  expect((await types("read admin", null))[1]).toBe(
    '{"__typename":"EvidencePackFinished","source":null,"packId":"evp_1","packStatus":"READY"}',
  );
  expect((await types("read", null))[1]).toContain("DeliveryParked");
  expect((await types("sync", ["EVIDENCE_PACK_FINISHED", "DELIVERY_PARKED"]))[1]).toContain("DeliveryParked");
});

const parked = (deliveryId: string): NewEvent => ({ sourceId: "bank", body: { kind: "DeliveryParked", deliveryId } });
