import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { randomBytes } from "node:crypto";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { type ApiKeys, createApiKeys } from "../../../src/api-keys/api-keys.ts";
import { recordUses } from "../../../src/api-keys/api-key-store.ts";
import { createKey } from "../../../src/api-keys/key-text.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { type CallbackGateway, startCallbackGateway } from "../../helpers/callback-gateway.ts";
import { codeBlock } from "../../helpers/documents.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphAnswer, post } from "../../helpers/graph-server.ts";
import { openStream, STREAM_FORMATS } from "../../helpers/http-stream.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { openRawSocket, type RawSocket } from "../../helpers/raw-socket.ts";

const SECRET = "a secret of thirty-two characters";
const EVENTS = "subscription { syncEvents { __typename cursor } }";
const TIMES = { cachedMs: 200, checkMs: 100 };
const CALLBACK = "application/json;callbackSpec=1.0; charset=utf-8, application/json";

interface Replica {
  readonly keys: ApiKeys;
  readonly live: LiveGraph;
  readonly url: string;
}

let log: EventLog;
let gateway: CallbackGateway;
/** The second one never learns of a change but from the database. */
let replicas: readonly [Replica, Replica];
const problems: unknown[] = [];

beforeAll(async () => {
  log = await useEventLog();
  gateway = await startCallbackGateway("router");
  replicas = [await openReplica(), await openReplica()];
});
afterAll(async () => {
  for (const { live, keys } of replicas) {
    await live[Symbol.asyncDispose]();
    await keys.close();
  }
  await gateway[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  if (problems.length > 0) throw new AggregateError(problems, "the checks of keys failed");
});

async function openReplica(): Promise<Replica> {
  const db = log.database;
  const keys = createApiKeys({ db, random: Math.random, onProblem: (problem) => problems.push(problem), times: TIMES });
  keys.start();
  const live = await openLiveGraph(log, ["acme", "umbrella"], {
    auth: { kind: "secret", secret: SECRET },
    apiKeys: keys,
    useCases: { createApiKey: keys.create, revokeApiKey: keys.revoke } as UseCases, // the others are not called
    callbacks: {
      settings: { origins: [gateway.url], networks: [], limits: { perPrincipal: 100, perTenant: 100 } },
      db,
      keyring: createKeyring(randomBytes(32), []),
      times: { leaseMs: 2_000, renewMs: 100, pollMs: 50 },
    },
  });
  return { keys, live, url: live.server.url };
}

async function tokenOf(scope: string, tenant = "acme"): Promise<string> {
  const jwt = new SignJWT({ tenant, scope, sub: "kim" }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m");
  return await jwt.sign(new TextEncoder().encode(SECRET));
}

/** Sends an operation with a token or key. */
function ask(credential: string, query: string, variables = {}, url = replicas[0].url): Promise<GraphAnswer> {
  return post(url, { query, variables }, { authorization: `Bearer ${credential}` });
}

const IN_A_DAY = new Date(Date.now() + 86_400_000).toISOString();
const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  secret apiKey { id name preview scopes status createdBy expiresAt revokedAt revokedBy lastUsedAt } } }`;
const REVOKE = "mutation ($id: ID!) { revokeApiKey(id: $id) { status revokedBy } }";

interface MadeKey {
  readonly id: string;
  readonly secret: string;
}

async function makeKey(scopes: readonly string[] = ["READ"], tenant = "acme"): Promise<MadeKey> {
  const credential = await tokenOf("sync write admin", tenant);
  const input = { name: "billing", scopes, expiresAt: IN_A_DAY };
  const { data, errors } = await ask(credential, CREATE, { input });
  expect(errors).toEqual([]);
  return { id: data.createApiKey.apiKey.id, secret: data.createApiKey.secret };
}

async function revoke(id: string): Promise<GraphAnswer> {
  return ask(await tokenOf("admin"), REVOKE, { id });
}

/** An operation of the document. */
const documented = (name: string): string => codeBlock("example", name, "graphql");

const codeOf = ({ errors }: GraphAnswer): string => errors[0]?.extensions.code ?? "ok";

describe("an API key", () => {
  test("is returned once when an admin makes it, and neither the database nor the list has its text", async () => {
    const { id, secret } = await makeKey(["READ", "WRITE"]);
    const listed = await ask(
      await tokenOf("admin"),
      "{ apiKeys(first: 1) { totalCount { count } nodes { id name preview scopes status createdBy expiresAt revokedAt lastUsedAt } } }",
    );
    expect(listed.data.apiKeys.nodes).toEqual([
      {
        id,
        name: "billing",
        preview: secret.slice(0, 15),
        scopes: ["READ", "WRITE"],
        status: "ACTIVE",
        createdBy: "kim",
        expiresAt: IN_A_DAY,
        revokedAt: null,
        lastUsedAt: null,
      },
    ]);
    const [row] = await log.database.read("acme", (tx) =>
      tx.query<{ text: string; size: number }>(
        "select existing::text as text, length(hash) as size from api_keys existing where id = $1",
        [id],
      ),
    );
    expect(row?.size).toBe(32);
    expect(row?.text).not.toContain(secret.slice(15));
  });

  test("is made, listed and revoked by the operations of the document", async () => {
    const admin = await tokenOf("admin read");
    const made = await ask(admin, documented("create-api-key").replace("2027-11-30T00:00:00Z", IN_A_DAY));
    const { secret, apiKey } = made.data.createApiKey;
    expect(secret).toMatch(/^sluice_key_[0-9A-Za-z]{49}$/);
    const listed = await ask(admin, documented("list-api-keys"));
    expect(listed.data.apiKeys.nodes[0]).toMatchObject({ id: apiKey.id, name: "billing", status: "ACTIVE" });
    const revoked = await ask(admin, documented("revoke-api-key"), { id: apiKey.id });
    expect(revoked.data.revokeApiKey.status).toBe("REVOKED");
    expect([made, listed, revoked].flatMap(({ errors }) => errors)).toEqual([]);
  });

  test("has the scopes and the tenant that it was made with, and records who did what", async () => {
    const [reader, syncer, foreign] = [await makeKey(), await makeKey(["SYNC"]), await makeKey(["READ"], "umbrella")];
    const pause = `mutation { pauseSource(id: "nobody") { id } }`;
    expect(codeOf(await ask(reader.secret, "{ payments { nodes { id } } }"))).toBe("ok");
    expect(codeOf(await ask(reader.secret, pause))).toBe("FORBIDDEN");
    expect(codeOf(await ask(syncer.secret, pause))).toBe("NOT_FOUND");
    expect(codeOf(await ask(syncer.secret, "{ apiKeys { nodes { id } } }"))).toBe("FORBIDDEN");
    const admin = await makeKey(["ADMIN"], "umbrella");
    const own = await ask(admin.secret, "{ apiKeys { nodes { id } } }");
    expect(own.data.apiKeys.nodes).toEqual([{ id: admin.id }, { id: foreign.id }]);
    const revoked = await ask(admin.secret, REVOKE, { id: foreign.id });
    expect(revoked.data.revokeApiKey).toEqual({ status: "REVOKED", revokedBy: `api-key:${admin.id}` });
    expect(codeOf(await ask(admin.secret, REVOKE, { id: reader.id }))).toBe("NOT_FOUND");
  });

  test.each<[string, string, Record<string, unknown>, string, string]>([
    ["without the scope admin", "sync", {}, "FORBIDDEN", 'the scope "admin" is required'],
    ["with a scope that its maker does not have", "admin", { scopes: ["SYNC"] }, "FORBIDDEN", "input.scopes"],
    ["without a scope", "admin", { scopes: [] }, "INVALID_INPUT", "input.scopes must have at least one scope"],
    ["without a name", "admin", { name: "  " }, "INVALID_INPUT", "input.name must have 1 to 100 characters, got 0"],
    ["with a name that is too long", "admin", { name: "x".repeat(101) }, "INVALID_INPUT", "got 101"],
    ["with an end in the past", "admin", { expiresAt: "2020-01-01" }, "INVALID_INPUT", "input.expiresAt must be in"],
    ["with an end in ten years", "admin", { expiresAt: "2099-01-01" }, "INVALID_INPUT", "input.expiresAt must be in"],
  ])("is not made %s", async (_name, scope, change, code, message) => {
    const input = { name: "billing", scopes: ["READ"], expiresAt: IN_A_DAY, ...change };
    const answer = await ask(await tokenOf(scope), CREATE, { input });
    expect([codeOf(answer), answer.data]).toEqual([code, null]);
    expect(answer.errors[0]?.message).toContain(message);
  });

  test("cannot make other keys, even with the scope admin", async () => {
    const { secret } = await makeKey(["ADMIN"]);
    const input = { name: "copy", scopes: ["READ"], expiresAt: IN_A_DAY };
    expect(codeOf(await ask(secret, CREATE, { input }))).toBe("FORBIDDEN");
  });

  test("that does not exist is refused with 401, and one with a wrong checksum without a look into the database", async () => {
    const { text } = createKey(randomBytes(32));
    for (const wrong of [text, `${text.slice(0, -1)}!`, "sluice_key_", `${text}x`])
      expect(await ask(wrong, "{ __typename }")).toMatchObject({
        status: 401,
        errors: [{ message: "the API key does not exist, has expired or was revoked" }],
      });
    const broken = `${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`;
    const statements: string[] = [];
    const unused = createApiKeys({
      db: { ...log.database, acrossTenants: (sql) => (statements.push(sql), Promise.resolve([])) },
      random: Math.random,
      onProblem: (problem) => problems.push(problem),
    });
    expect(await unused.find(broken)).toBeUndefined();
    expect(statements).toEqual([]);
    const found = await Promise.all(Array.from({ length: 50 }, () => unused.find(createKey(randomBytes(32)).text)));
    expect([new Set(found).size, statements.length]).toEqual([1, 1]); // all of them together
    await unused.close();
  });

  test("that has expired is refused, and is listed as EXPIRED", async () => {
    const { id, secret } = await makeKey();
    expect(codeOf(await ask(secret, "{ __typename }"))).toBe("ok");
    const expired = await makeKey();
    await asOwner("update sluice.api_keys set expires_at = now() - interval '1 second' where id = any($1)", [
      [id, expired.id],
    ]);
    expect(codeOf(await ask(expired.secret, "{ __typename }"))).toBe("UNAUTHENTICATED");
    await eventually("the end of the cached key", async () => codeOf(await ask(secret, "{ __typename }")) !== "ok");
    const listed = await ask(await tokenOf("admin"), `{ apiKey(id: "${id}") { status } }`);
    expect(listed.data.apiKey).toEqual({ status: "EXPIRED" });
  });

  test("is refused at once where it is revoked, and within seconds by every other replica", async () => {
    const { id, secret } = await makeKey();
    for (const { url } of replicas) expect(codeOf(await ask(secret, "{ __typename }", {}, url))).toBe("ok");
    expect((await revoke(id)).data.revokeApiKey).toEqual({ status: "REVOKED", revokedBy: "kim" });
    expect(codeOf(await ask(secret, "{ __typename }"))).toBe("UNAUTHENTICATED");
    await eventually("the other replica to refuse the key", async () => {
      const answer = await ask(secret, "{ __typename }", {}, replicas[1].url);
      return codeOf(answer) === "UNAUTHENTICATED";
    });
    const again = await ask(await tokenOf("admin read"), REVOKE, { id });
    expect(again.data.revokeApiKey).toEqual({ status: "REVOKED", revokedBy: "kim" });
  });

  test("shows in which minute it was last used, which is written once a minute", async () => {
    const { id, secret } = await makeKey();
    await ask(secret, "{ __typename }", {}, replicas[1].url);
    const query = `{ apiKey(id: "${id}") { lastUsedAt } }`;
    const lastUsedAt = await eventually("the use to be stored", async () => {
      const { data } = await ask(await tokenOf("admin"), query);
      return (data.apiKey.lastUsedAt as string | null) ?? undefined;
    });
    expect(lastUsedAt).toMatch(/:00\.000Z$/);
    await asOwner(
      "update sluice.api_keys set last_used_at = date_trunc('minute', now()) + interval '1 minute' where id = $1",
      [id],
    );
    const version = () =>
      log.database.read("acme", (tx) => tx.query("select xmin::text from api_keys where id = $1", [id]));
    const before = await version();
    await recordUses(log.database, "acme", [id]);
    expect(await version()).toEqual(before);
  });
});

/** Changes what the application's role may not change. */
async function asOwner(text: string, values: readonly unknown[]): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(log.connection);
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

/** A socket that follows the events, after its first message. */
async function followBySocket({ url }: Replica, authorization: string): Promise<RawSocket> {
  const client = await openRawSocket({ url: `${url.replace("http", "ws")}/graphql/ws` });
  client.send({ type: "connection_init", payload: { headers: { Authorization: authorization } } });
  expect((await client.message()).type).toBe("connection_ack");
  client.send({ type: "subscribe", id: "1", payload: { query: EVENTS } });
  expect((await client.message()).type).toBe("next");
  return client;
}

describe.each([
  ["where it is revoked", 0],
  ["on another replica", 1],
] as const)("the subscriptions of an API key end when it is revoked, %s (F98)", (_name, index) => {
  test("over WebSocket with 4403", async () => {
    const [key, other] = [await makeKey(), await makeKey()];
    const client = await followBySocket(replicas[index], `Bearer ${key.secret}`);
    const bystander = await followBySocket(replicas[index], `Bearer ${other.secret}`);
    await revoke(key.id);
    expect(await client.closed()).toBe(4403);
    const received = client.messages.length;
    await log.append("acme", runStarted("after the end"));
    expect((await bystander.message()).type).toBe("next");
    expect(client.messages).toHaveLength(received);
    bystander.socket.terminate();
  });

  test.each(STREAM_FORMATS)("over %s, with the reason", async (kind) => {
    const { id, secret } = await makeKey();
    const headers = { authorization: `Bearer ${secret}` };
    await using stream = await openStream({ url: replicas[index].url, kind, body: { query: EVENTS }, headers });
    expect((await stream.next())?.type).toBe("next");
    await revoke(id);
    const rest = await stream.text();
    expect(rest).toContain("the API key was revoked");
    expect(rest).not.toContain("event: complete");
    expect(rest.includes("UNAUTHENTICATED")).toBe(kind === "multipart");
  });

  test("by HTTP callback with UNAUTHENTICATED", async () => {
    const { id, secret } = await makeKey();
    const subscription = gateway.subscribe(0);
    const body = { query: EVENTS, extensions: { subscription: subscription.extension } };
    const headers = { accept: CALLBACK, authorization: `Bearer ${secret}` };
    expect(await post(replicas[index].url, body, headers)).toMatchObject({ status: 200, errors: [] });
    await eventually("the position", () => subscription.calls.some(({ action }) => action === "next"));
    const [row] = await log.database.read("acme", (tx) =>
      tx.query("select api_key_id from callback_subscriptions where subscription_id = $1", [subscription.id]),
    );
    expect(row).toEqual({ api_key_id: id }); // a process that takes over must watch the key too
    await revoke(id);
    await eventually("the end", () => subscription.calls.at(-1)?.action === "complete");
    expect(subscription.calls.at(-1)?.errors).toMatchObject([
      { message: "the API key was revoked", extensions: { code: "UNAUTHENTICATED" } },
    ]);
  });
});

test("an API key is accepted in place of the development principal, and never instead of its own scopes", async () => {
  const { secret } = await makeKey();
  const { keys } = replicas[0];
  await using live = await openLiveGraph(log, ["acme", "umbrella"], { apiKeys: keys });
  const send = (credential: string) => ask(credential, "{ apiKeys { nodes { id } } }", {}, live.server.url);
  expect(codeOf(await send(secret))).toBe("FORBIDDEN");
  expect((await send(`${secret}x`)).status).toBe(401);
  expect(codeOf(await send("anything-else"))).toBe("ok");
});
