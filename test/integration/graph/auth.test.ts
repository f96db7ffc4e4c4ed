import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { entityId } from "../../../src/domain/ids.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, paymentRecord, putRecords } from "../../helpers/ledger-world.ts";

const SECRET = "a secret of thirty-two characters";
const QUERY = "{ payments { nodes { externalId } } }";

interface TokenOptions {
  readonly claims?: JWTPayload;
  readonly key?: string;
  readonly alg?: string;
  readonly expires?: string | null;
}

function token({ claims = {}, key = SECRET, alg = "HS256", expires = "5m" }: TokenOptions = {}): Promise<string> {
  const jwt = new SignJWT({ tenant: "acme", scope: "read", ...claims }).setProtectedHeader({ alg }).setSubject("kim");
  if (expires !== null) jwt.setExpirationTime(expires);
  return jwt.sign(new TextEncoder().encode(key));
}

const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });

describe("tokens with a shared secret", () => {
  let graph: GraphServer;
  beforeAll(async () => {
    const auth = { kind: "secret", secret: SECRET, audience: "sluice" } as const;
    graph = await useGraphServer({ auth, operations: { introspection: true } });
    const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
    await addSource(place);
    await putRecords(place, [paymentRecord(1)]);
    await graph.database.transaction("acme", (tx) =>
      tx.query(
        "insert into delivery_conflicts values ('acme', $1, 'def', 'stripe-main', 'other', null, now(), now())",
        [DELIVERY],
      ),
    );
    await graph.database.transaction("acme", (tx) =>
      tx.query(
        `with stored as (insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at, finished_at)
           values ('acme', $1, 'stripe-main', 'evt_1', 'abc', now(), 'PARKED', now(), now()) returning *)
         insert into delivery_bodies select tenant_id, id, received_at, $2 from stored`,
        [DELIVERY, Buffer.from(`{"id":"evt_1"}`)],
      ),
    );
  });
  afterAll(async () => graph[Symbol.asyncDispose]());

  const DELIVERY = `dlv_${"a".repeat(22)}`;
  const aud = { aud: "sluice" };

  test("give access to their tenant's data", async () => {
    const own = await graph.query(QUERY, bearer(await token({ claims: aud })));
    expect(own).toMatchObject({ status: 200, data: { payments: { nodes: [{ externalId: "pi_1" }] } } });
    const other = await graph.query(QUERY, bearer(await token({ claims: { ...aud, tenant: "umbrella" } })));
    expect(other.data).toEqual({ payments: { nodes: [] } });
  });

  test("are not overridden by the development header", async () => {
    const headers = {
      authorization: `Bearer ${await token({ claims: { ...aud, tenant: "umbrella" } })}`,
      "x-sluice-tenant": "acme",
    };
    expect((await graph.query(QUERY, { headers })).data).toEqual({ payments: { nodes: [] } });
  });

  test.each<[string, TokenOptions | string | undefined, number, string]>([
    ["none", undefined, 401, "UNAUTHENTICATED"],
    ["no token at all", "hello", 401, "UNAUTHENTICATED"],
    ["another key", { claims: aud, key: "another secret of thirty-two char" }, 401, "UNAUTHENTICATED"],
    ["expired", { claims: aud, expires: "-1m" }, 401, "UNAUTHENTICATED"],
    ["no expiry", { claims: aud, expires: null }, 401, "UNAUTHENTICATED"],
    ["another audience", { claims: { aud: "other" } }, 401, "UNAUTHENTICATED"],
    ["no audience", {}, 401, "UNAUTHENTICATED"],
    ["no tenant", { claims: { ...aud, tenant: undefined } }, 401, "UNAUTHENTICATED"],
    ["a tenant that is not configured", { claims: { ...aud, tenant: "nobody" } }, 403, "FORBIDDEN"],
    ["no scope", { claims: { ...aud, scope: "" } }, 403, "FORBIDDEN"],
    ["other services' scopes only", { claims: { ...aud, scope: "reader sync:all" } }, 403, "FORBIDDEN"],
  ])("%s: refused, with a code and no data", async (_name, given, status, code) => {
    const text = typeof given === "object" ? await token(given) : given;
    const answer = await graph.query(QUERY, text === undefined ? {} : bearer(text));
    expect(answer).toMatchObject({ status, data: null, errors: [{ extensions: { code } }] });
    expect(JSON.stringify(answer.errors)).not.toContain(text ?? "\u0000");
  });

  test("unsigned tokens and tokens with another algorithm are refused", async () => {
    const [, payload] = (await token({ claims: aud })).split(".");
    for (const header of [{ alg: "none" }, { alg: "RS256" }]) {
      const forged = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.`;
      expect((await graph.query(QUERY, bearer(forged))).status).toBe(401);
    }
  });

  test("every mutation requires the scope sync, and those of connected sources, API keys, alerts and evidence packs the scope admin", async () => {
    const reader = bearer(await token({ claims: { ...aud, scope: "read write admin" } }));
    const syncer = bearer(await token({ claims: { ...aud, scope: "read write sync" } }));
    const ofAdmins = [
      `connectSource(input: { id: "a", connector: "stripe", settings: {} }) { source { id } }`,
      `updateSource(input: { sourceId: "a" }) { source { id } }`,
      `updateSourceCredentials(input: { sourceId: "a", credentials: {} }) { source { id } }`,
      `disconnectSource(input: { sourceId: "a", data: KEEP }) { source { id } }`,
      `createApiKey(input: { name: "a", scopes: [READ], expiresAt: "2020-01-01" }) { secret }`,
      `revokeApiKey(id: "a") { id }`,
      `createAlertEndpoint(input: { name: "a", url: "https://a.example" }) { endpoint { id } }`,
      `updateAlertEndpoint(input: { id: "a" }) { id }`,
      `rotateAlertSecret(id: "a") { secret }`,
      `muteAlerts(input: { until: "2020-01-01T00:00:00Z", reason: "a" }) { id }`,
      `unmuteAlerts(id: "a") { id }`,
      `sendTestAlert(endpointId: "a") { id }`,
      `resendAlert(id: "a") { id }`,
      `deleteAlertEndpoint(id: "a") { id }`,
      `createEvidencePack(input: { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" }) { pack { id } }`,
      `cancelEvidencePack(id: "a") { id }`,
      `declarePayoutRoute(input: { id: "a", fromSourceId: "b", toSourceId: "c" }) { id }`,
      `removePayoutRoute(id: "a") { id }`,
    ];
    const fields = [
      `startSync(input: { sourceId: "stripe-main" }) { cursor }`,
      `cancelSync(runId: "x") { id }`,
      `pauseSource(id: "stripe-main") { id }`,
      `resumeSource(id: "stripe-main") { id }`,
      `replayDelivery(id: "${DELIVERY}") { id }`,
      `replayDeliveries(input: { filter: { status: [PARKED] } }) { count }`,
      `discardDelivery(id: "${DELIVERY}", reason: "no") { id }`,
      `discardDeliveries(input: { filter: { status: [PARKED] }, reason: "no" }) { count }`,
      `discardQuarantined(ids: [], reason: "no") { records { id } }`,
      `discardManyQuarantined(input: { filter: { status: OPEN }, reason: "no" }) { count }`,
      `replayQuarantined(ids: []) { records { id } }`,
      `replayManyQuarantined(input: { filter: { status: OPEN } }) { count }`,
      `reconcile(input: { sourceId: "stripe-main", from: "2020-01-01", to: "2020-01-02" }) { cursor }`,
      `matchPayout(payoutIds: ["a"], bankTransactionIds: ["b"], reason: "no") { id }`,
      `unmatchPayout(payoutId: "a", reason: "no") { id }`,
      `undoMatchDecision(id: "a") { id }`,
    ];
    const { data } = await graph.query('{ __type(name: "Mutation") { fields { name } } }', reader);
    expect(new Set([...fields, ...ofAdmins].map((field) => field.split("(")[0]))).toEqual(
      new Set(data.__type.fields.map((field: { name: string }) => field.name)),
    );
    for (const [field, caller] of [
      ...fields.map((own) => [own, reader] as const),
      ...ofAdmins.map((own) => [own, syncer] as const),
    ]) {
      const { errors } = await graph.query(`mutation { ${field} }`, caller);
      expect([field, errors[0]?.extensions.code]).toEqual([field, "FORBIDDEN"]);
    }
  });

  test("raw bodies require the scope admin, and the rest of the object is returned without them", async () => {
    const query = `{ delivery(id: "${DELIVERY}") { deliveryKey status body conflicts { occurrences body } } }`;
    const reader = await graph.query(query, bearer(await token({ claims: { ...aud, scope: "read sync write" } })));
    expect(reader.data).toEqual({
      delivery: {
        deliveryKey: "evt_1",
        status: "PARKED",
        body: null,
        conflicts: [{ occurrences: "1", body: null }],
      },
    });
    expect(reader.errors).toMatchObject([
      { path: ["delivery", "body"], extensions: { code: "FORBIDDEN" } },
      { path: ["delivery", "conflicts", 0, "body"], extensions: { code: "FORBIDDEN" } },
    ]);
    const admin = await graph.query(query, bearer(await token({ claims: { ...aud, scope: "read admin" } })));
    expect(admin.data.delivery).toMatchObject({ body: `{"id":"evt_1"}`, conflicts: [{ body: "other" }] });
  });

  test("GraphiQL and health require none; /metrics needs a token or a port of its own", async () => {
    const page = await fetch(`${graph.url}/graphql`, { headers: { accept: "text/html" } });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(`${graph.url}${path}`)).status).toBe(200);
    expect((await fetch(`${graph.url}/metrics`)).status).toBe(403);
  });

  test("another tenant's object is null by id, like one that does not exist", async () => {
    const id = entityId("acme", "stripe-main", "Payment", "pi_1");
    const answer = await graph.query(
      `{ payment(id: "${id}") { id } }`,
      bearer(await token({ claims: { ...aud, tenant: "umbrella" } })),
    );
    expect(answer).toMatchObject({ data: { payment: null }, errors: [] });
  });
});

describe("tokens of an issuer with a JWKS", () => {
  let graph: GraphServer;
  let issuer: HttpServer;
  let sign: (options?: { kid?: string; issuer?: string }) => Promise<string>;
  let isUp = true;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
    issuer = createServer((_request, response) => {
      response.writeHead(isUp ? 200 : 500, { "content-type": "application/json" });
      response.end(isUp ? JSON.stringify({ keys: [jwk] }) : "down");
    });
    await new Promise<void>((resolve) => issuer.listen(0, "127.0.0.1", resolve));
    const { port } = issuer.address() as AddressInfo; // it listens on TCP
    sign = ({ kid = "one", issuer: name = "https://issuer.example" } = {}) =>
      new SignJWT({ tenant: "acme", scope: "read" })
        .setProtectedHeader({ alg: "ES256", kid })
        .setIssuer(name)
        .setExpirationTime("5m")
        .sign(privateKey);
    graph = await useGraphServer({
      auth: { kind: "jwks", url: `http://127.0.0.1:${port}/keys`, issuer: "https://issuer.example" },
    });
  });
  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await new Promise((resolve) => issuer.close(resolve));
  });

  test("keys that cannot be fetched cause a 503 that can be retried", async () => {
    isUp = false;
    const answer = await graph.query(QUERY, bearer(await sign()));
    expect(answer).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true } }],
    });
    isUp = true;
    await eventually("the keys", async () => (await graph.query(QUERY, bearer(await sign()))).status === 200);
  });

  test("unknown keys, HMAC tokens and other issuers are refused", async () => {
    expect((await graph.query(QUERY, bearer(await sign({ kid: "two" })))).status).toBe(401);
    expect((await graph.query(QUERY, bearer(await token()))).status).toBe(401);
    expect((await graph.query(QUERY, bearer(await sign({ issuer: "https://other.example" })))).status).toBe(401);
  });
});
