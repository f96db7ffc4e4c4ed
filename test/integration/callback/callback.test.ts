import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { randomBytes } from "node:crypto";
import type { CallbackTimes } from "../../../src/server/callback/open-callbacks.ts";
import { createCallbackStore } from "../../../src/server/callback/callback-store.ts";
import type { ServerOptions } from "../../../src/server/create-server.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import {
  type CallbackCall,
  type CallbackGateway,
  type GatewayKind,
  type GatewaySubscription,
  startCallbackGateway,
} from "../../helpers/callback-gateway.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphAnswer, post } from "../../helpers/graph-server.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { memoryAfterCollection } from "../../helpers/memory.ts";
import { readUntil, sendRaw } from "../../helpers/raw-request.ts";

const SECRET = "a secret of thirty-two characters";
const AUTH = { kind: "secret", secret: SECRET } as const;
const LIMITS = { perPrincipal: 1_000, perTenant: 1_000 };
const TIMES: CallbackTimes = { leaseMs: 2_000, renewMs: 100, pollMs: 50 };
const keyring = createKeyring(randomBytes(32), []);

let log: EventLog;
let live: LiveGraph;
let gateway: CallbackGateway;
let tenants = 0;
let tenantId: string;

beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => log[Symbol.asyncDispose]());
beforeEach(() => start("router"));
afterEach(() => stop());

async function start(kind: GatewayKind, options: Partial<ServerOptions> = {}, limits = LIMITS): Promise<void> {
  tenants += 1;
  tenantId = `called-${tenants}`;
  gateway = await startCallbackGateway(kind);
  await serve(options, limits);
}

async function serve(options: Partial<ServerOptions> = {}, limits = LIMITS): Promise<void> {
  const settings = { origins: [gateway.url], networks: [], limits };
  const callbacks = { settings, db: log.database, keyring, times: TIMES };
  live = await openLiveGraph(log, [tenantId, "umbrella"], { auth: AUTH, callbacks, ...options });
}

async function stop(): Promise<void> {
  await live[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  expect(live.feed.open).toBe(0);
}

async function restart(kind: GatewayKind, options: Partial<ServerOptions> = {}, limits = LIMITS): Promise<void> {
  await stop();
  await start(kind, options, limits);
}

async function token(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const jwt = new SignJWT({ tenant: tenantId, scope: "read", sub: "kim", exp: Date.now() / 1_000 + 300, ...claims });
  return `Bearer ${await jwt.setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(SECRET))}`;
}

const EVENTS = "subscription ($after: EventCursor) { syncEvents(after: $after) { __typename cursor } }";
const ACCEPT = "application/json;callbackSpec=1.0; charset=utf-8, application/json";

interface RegisterOptions {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the subscription as the gateway does. */
async function register(
  { extension }: Pick<GatewaySubscription, "extension">,
  { query = EVENTS, variables, claims, headers }: RegisterOptions = {},
): Promise<GraphAnswer> {
  const body = { query, variables, extensions: { subscription: extension, query, anything: true } };
  return await post(live.server.url, body, { accept: ACCEPT, authorization: await token(claims), ...headers });
}

const nexts = ({ calls }: GatewaySubscription): readonly CallbackCall[] =>
  calls.filter(({ action }) => action === "next");
const cursorsOf = (subscription: GatewaySubscription): readonly unknown[] =>
  nexts(subscription).map(({ payload }) => (payload?.data?.["syncEvents"] as { cursor: string } | undefined)?.cursor);
const cursorAt = (seq: number): string => live.cursors.encodeEventCursor(tenantId, BigInt(seq));
const cursors = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => cursorAt(from + index));
const append = (count: number): Promise<bigint> =>
  log.append(tenantId, ...Array.from({ length: count }, (_, index) => runStarted(`${index}`)));
const stored = (): Promise<readonly { text: string }[]> =>
  log.database.transaction(tenantId, (tx) =>
    tx.query<{ text: string }>("select existing::text as text from callback_subscriptions existing"),
  );
const hasEnded = async (): Promise<boolean> => (await stored()).length === 0 && live.server.callbacks?.open === 0;

describe.each(["router", "hive"] as const)("a subscription by callback of a gateway like %s", (kind) => {
  beforeEach(() => restart(kind));

  test("has its first position stored before the gateway has accepted anything, so that its next process begins there", async () => {
    const subscription = gateway.subscribe(30_000);
    gateway.hold();
    const registered = register(subscription);
    await eventually("the check", () => subscription.calls.length === 1);
    gateway.release();
    gateway.hold();
    await registered;
    await eventually("the position", () => nexts(subscription).length === 1);
    const rows = await log.database.transaction(tenantId, (tx) =>
      tx.query("select cursor from callback_subscriptions"),
    );
    expect(rows).toEqual([{ cursor: cursorAt(0) }]);
    gateway.release();
  });

  test("is confirmed first, then has every event once and in order, one call at a time", async () => {
    const subscription = gateway.subscribe(30_000);
    expect(await register(subscription)).toEqual({ status: 200, data: null, errors: [] });
    expect(subscription.calls[0]).toEqual({
      kind: "subscription",
      action: "check",
      id: subscription.id,
      verifier: subscription.extension["verifier"],
    });
    await eventually("the position", () => nexts(subscription).length === 1);
    await append(50);
    await eventually("all events", () => nexts(subscription).length === 51);
    expect(cursorsOf(subscription)).toEqual(cursors(0, 50));
    expect(nexts(subscription)[0]?.payload?.data?.["syncEvents"]).toMatchObject({ __typename: "StreamPosition" });
    expect(gateway.mostAtATime).toBe(1);
  });

  test("is kept alive while there is no event, and ends when the client has left", async () => {
    const subscription = gateway.subscribe(1_500);
    await register(subscription);
    const isQuiet = () => subscription.calls.filter(({ action }) => action === "check").length;
    await eventually("four heartbeats", () => isQuiet() >= 4);
    expect(subscription.gaveUp).toBe(false);
    subscription.cancel();
    await eventually("the end", hasEnded);
    expect([subscription.statuses.at(-1), live.feed.open]).toEqual([404, 0]);
  });
});

describe("a subscription by callback", () => {
  test("is answered with the header of the protocol", async () => {
    const subscription = gateway.subscribe(0);
    const response = await fetch(`${live.server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: ACCEPT, authorization: await token() },
      body: JSON.stringify({ query: EVENTS, extensions: { subscription: subscription.extension } }),
    });
    expect([response.status, response.headers.get("subscription-protocol")]).toEqual([200, "callback/1.0"]);
    expect(await response.text()).toBe('{"data":null}');
  });

  test.each([400, 401, 404])("ends when the gateway answers %i to an event", async (status) => {
    const subscription = gateway.subscribe(30_000);
    await register(subscription);
    await eventually("the position", () => nexts(subscription).length === 1);
    gateway.answerWith(status);
    await append(2);
    await eventually("the end", hasEnded);
    expect(subscription.statuses.slice(-1)).toEqual([status]);
  });

  test("sends an event again after 5xx, a reset and a refusal for now, until it is accepted", async () => {
    const subscription = gateway.subscribe(30_000);
    await register(subscription);
    await eventually("the position", () => nexts(subscription).length === 1);
    gateway.answerWith(500, 0, 503, 429);
    await append(3);
    await eventually("all events", () => nexts(subscription).length === 4);
    expect(cursorsOf(subscription)).toEqual(cursors(0, 3));
  });

  test("ends when the gateway could not be reached for longer than it tolerates", async () => {
    const subscription = gateway.subscribe(100);
    await register(subscription);
    gateway.answerWith(...Array.from({ length: 1_000 }, () => 500));
    await eventually("the end", hasEnded);
    expect(subscription.statuses.slice(0, 2)).toEqual([204, 500]);
  });

  test("is complete without a member for errors after a result that failed", async () => {
    const subscription = gateway.subscribe(0);
    await register(subscription, { variables: { after: live.cursors.encodeEventCursor("umbrella", 1n) } }); // F96
    await eventually("the end", hasEnded);
    expect(subscription.calls.slice(1)).toMatchObject([
      { action: "next", payload: { errors: [{ extensions: { code: "INVALID_CURSOR" } }] } },
      { action: "complete" },
    ]);
    expect(Object.keys(subscription.calls.at(-1) ?? {})).not.toContain("errors");
  });

  test("ends with UNAUTHENTICATED when the token expires, and sends no event after that (F98)", async () => {
    const subscription = gateway.subscribe(0);
    await register(subscription, { claims: { exp: Date.now() / 1_000 + 1 } });
    await eventually("the end", hasEnded);
    await append(1);
    expect(subscription.calls.at(-1)).toMatchObject({
      action: "complete",
      errors: [{ message: "the token expired", extensions: { code: "UNAUTHENTICATED" } }],
    });
    // On a slow machine it has expired before the position was sent, which is no event.
    expect(cursorsOf(subscription).filter((cursor) => cursor !== cursorAt(0))).toEqual([]);
  });

  test("whose cursor is older than the log gets its position and then a StreamReset (F101)", async () => {
    await append(2);
    await log.deleteOlderThan(tenantId, 0);
    const subscription = gateway.subscribe(0);
    await register(subscription, { variables: { after: cursorAt(0) } });
    await eventually("the reset", () => nexts(subscription).length === 2);
    expect(nexts(subscription)[1]?.payload?.data?.["syncEvents"]).toEqual({
      __typename: "StreamReset",
      cursor: cursorAt(2),
    });
  });

  test("of a gateway that does not answer has one call in memory, and others go on (F99)", async () => {
    const slow = gateway.subscribe(0);
    await register(slow);
    await eventually("the position", () => nexts(slow).length === 1);
    gateway.hold();
    const before = gateway.received;
    await append(300);
    await eventually("the call that is not answered yet", () => gateway.received === before + 1);
    const stream = live.connect(tenantId); // without a token it is refused, which is all that it is for here
    await stream.dispose();
    expect(gateway.received).toBe(before + 1);
    gateway.release();
    await eventually("all events", () => nexts(slow).length === 301);
    expect(cursorsOf(slow)).toEqual(cursors(0, 300));
  });

  test("above the number that a principal or a tenant may have is refused with 503 (F97)", async () => {
    await restart("router", {}, { perPrincipal: 1, perTenant: 2 });
    const subscribe = (sub: string) => register(gateway.subscribe(0), { claims: { sub } });
    expect((await subscribe("ada")).status).toBe(200);
    expect(await subscribe("ada")).toMatchObject({
      status: 503,
      errors: [{ message: "a principal may have 1 subscriptions by callback", extensions: { code: "OVERLOADED" } }],
    });
    expect((await subscribe("ben")).status).toBe(200);
    expect((await subscribe("cy")).errors[0]?.message).toBe("a tenant may have 2 subscriptions by callback");
  });

  test("with declared variables above the limit of bytes is refused, undeclared ones do not count (F118)", async () => {
    const UNLIMITED = { connections: 1e6, operations: 1e6, bytes: 1e9 };
    const webSocketLimits = { perPrincipal: { ...UNLIMITED, bytes: 1_000_000 }, perTenant: UNLIMITED };
    await restart("router", { webSocketLimits });
    const query = "subscription ($filter: SyncEventFilter) { syncEvents(filter: $filter) { __typename } }";
    const large = "x".repeat(300_000); // 600 kB by our estimate
    const declared = { query, variables: { filter: { sourceIds: [large] } } };
    expect((await register(gateway.subscribe(0), declared)).status).toBe(200);
    const refused = await register(gateway.subscribe(0), declared);
    expect(refused).toMatchObject({ status: 503, errors: [{ extensions: { code: "OVERLOADED" } }] });
    for (let number = 0; number < 4; number += 1)
      expect((await register(gateway.subscribe(0), { query, variables: { other: large } })).status).toBe(200);
  });

  test("leaves nothing of 0.9 MB of undeclared variables in memory or in the database, 100 times (F118)", async () => {
    const before = memoryAfterCollection();
    for (let number = 1; number <= 100; number += 1) {
      const variables = { other: `${number}`.padEnd(900_000, "x") };
      const body = { query: EVENTS, variables, extensions: { subscription: gateway.subscribe(0).extension } };
      const socket = sendRaw({ url: live.server.url, headers: { accept: ACCEPT, authorization: await token() }, body });
      await readUntil(socket, '{"data":null}');
      socket.destroy();
    }
    expect(live.server.callbacks?.open).toBe(100);
    expect(memoryAfterCollection() - before).toBeLessThan(45_000_000); // 90 MB if one copy of each remained
    for (const { text } of await stored()) expect(text.length).toBeLessThan(5_000);
  });

  test("takes the place of an earlier one to the same URL", async () => {
    const subscription = gateway.subscribe(0);
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await register(subscription)).status).toBe(200);
    expect(await stored()).toHaveLength(1);
    await eventually("one that sends", () => live.server.callbacks?.open === 1);
  });
});

describe("a subscription by callback that is refused makes no call", () => {
  const untouched = async (answer: Promise<GraphAnswer>): Promise<GraphAnswer> => {
    const received = await answer;
    expect([gateway.received, (await stored()).length, live.feed.open]).toEqual([0, 0, 0]);
    return received;
  };

  test("without a token, or without the scope (F97)", async () => {
    const noToken = await untouched(register(gateway.subscribe(0), { headers: { authorization: "" } }));
    expect(noToken).toMatchObject({ status: 401, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    const noScope = await untouched(register(gateway.subscribe(0), { claims: { scope: "" } }));
    expect(noScope).toMatchObject({ status: 403, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  test.each([
    ["no syntax", "subscription {", "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "subscription { missing }", "GRAPHQL_VALIDATION_FAILED"],
    ["too many characters", `subscription { syncEvents { ${"a".repeat(100_000)} } }`, "INVALID_INPUT"],
  ])("for a document that the gate refuses: %s", async (_what, query, code) => {
    const answer = await untouched(register(gateway.subscribe(0), { query }));
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code } }] });
  });

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:1/callback",
    "https://evil.example/callback",
    "GATEWAY.evil.example/callback",
    "http://user:password@127.0.0.1:1/",
    "file:///etc/passwd",
    "http://127.0.0.1/#x",
  ])("to another origin than the operator has allowed: %s (F106)", async (text) => {
    const callbackUrl = text.replace("GATEWAY", gateway.url);
    const { extension } = gateway.subscribe(0);
    const { status, errors } = await untouched(register({ extension: { ...extension, callbackUrl } }));
    expect([400, 403]).toContain(status);
    expect(errors[0]?.message).toContain("extensions.subscription.callbackUrl");
  });

  test.each(["callbackUrl", "subscriptionId", "verifier"])("without %s", async (member) => {
    const { [member]: _left, ...extension } = gateway.subscribe(0).extension;
    const { status, errors } = await untouched(register({ extension }));
    expect([status, errors[0]?.message]).toEqual([400, expect.stringContaining(`extensions.subscription.${member}`)]);
  });

  test("where the operator has allowed no origin: the refusal names the transports", async () => {
    await stop();
    gateway = await startCallbackGateway("router");
    live = await openLiveGraph(log, [tenantId], { auth: AUTH });
    const answer = await register(gateway.subscribe(0));
    expect(answer).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "SUBSCRIPTION_TRANSPORT_UNSUPPORTED" } }],
    });
    expect([answer.errors[0]?.message, gateway.received]).toEqual([expect.stringContaining("callbackSpec=1.0"), 0]);
  });
});

test.each([404, 401, 302, 500])(
  "a gateway that does not confirm with 2xx but %i gets no subscription",
  async (status) => {
    gateway.answerWith(status);
    const answer = await register(gateway.subscribe(0));
    expect([400, 503]).toContain(answer.status);
    expect([gateway.received, (await stored()).length, live.feed.open]).toEqual([1, 0, 0]);
  },
);

test("an operation that is no subscription is answered as always, whatever the client accepts", async () => {
  const answer = await register(gateway.subscribe(0), { query: "{ __typename }" });
  expect([answer, gateway.received]).toEqual([{ status: 200, data: { __typename: "Query" }, errors: [] }, 0]);
});

describe("a subscription by callback that is stored", () => {
  test("holds no verifier in clear (F107)", async () => {
    const subscription = gateway.subscribe(0);
    await register(subscription);
    const [row] = await stored();
    const verifier = String(subscription.extension["verifier"]);
    expect(row?.text).toContain(subscription.id);
    for (const form of [verifier, Buffer.from(verifier).toString("hex")]) expect(row?.text).not.toContain(form);
  });

  test("continues after its last position in the next process, which a StreamPosition marks (F100)", async () => {
    const subscription = gateway.subscribe(30_000);
    await register(subscription);
    await eventually("the position", () => nexts(subscription).length === 1);
    await append(3);
    await eventually("the events", () => nexts(subscription).length === 4);
    await live[Symbol.asyncDispose]();
    await append(2);
    await serve();
    await eventually("the others", () => nexts(subscription).length === 7);
    expect(cursorsOf(subscription)).toEqual([...cursors(0, 3), ...cursors(3, 5)]);
    expect(nexts(subscription)[4]?.payload?.data?.["syncEvents"]).toMatchObject({ __typename: "StreamPosition" });
  });

  test("does not repeat the call that its gateway was answering when the process closed", async () => {
    const subscription = gateway.subscribe(30_000);
    await register(subscription);
    await eventually("the position", () => nexts(subscription).length === 1);
    const { received } = gateway;
    gateway.hold();
    await append(1);
    await eventually("the call", () => gateway.received > received);
    const closed = live[Symbol.asyncDispose]();
    gateway.release();
    await closed;
    await serve();
    await append(1);
    await eventually("the next event", () => nexts(subscription).length >= 4);
    expect(cursorsOf(subscription)).toEqual([...cursors(0, 1), ...cursors(1, 2)]);
  });

  test("of a process whose lease has expired is claimed by another, and the first can write nothing more (F6)", async () => {
    const subscription = gateway.subscribe(0);
    const parts = { db: log.database, keyring, leaseMs: 1 };
    const stores = ["first", "second"].map((owner) => createCallbackStore({ ...parts, owner }));
    const principal = {
      tenantId: "fenced",
      subject: "kim",
      scopes: new Set(["read"] as const),
      expiresAtMs: undefined,
    };
    const callback = {
      callbackUrl: "https://other.example/1",
      subscriptionId: subscription.id,
      verifier: "secret",
      heartbeatMs: 0,
    };
    const request = { query: EVENTS, operationName: undefined, variables: { after: null } };
    const input = { id: "clb_1", principal, callback, request, cursor: undefined };
    const inserted = await stores[0]!.insert(input, LIMITS);
    const claimed = await eventually("the claim", async () => (await stores[1]!.claim("fenced", 10))[0]);
    expect(claimed).toMatchObject({ callback, request, lease: { owner: "second", token: inserted.lease.token + 1n } });
    const progress = { id: "clb_1", token: inserted.lease.token, cursor: "late" };
    expect(await stores[0]!.renew("fenced", [progress])).toEqual(new Set());
    await stores[0]!.remove(inserted);
    const [again] = await eventually("the next claim", async () => {
      const rows = await stores[0]!.claim("fenced", 10);
      return rows.length > 0 && rows;
    });
    expect([again?.cursor, again?.lease.token]).toEqual([undefined, claimed.lease.token + 1n]);
    await stores[0]!.remove(again!);
  });

  test("with another key than ours is deleted: its gateway subscribes again", async () => {
    await register(gateway.subscribe(0));
    await live[Symbol.asyncDispose]();
    const store = createCallbackStore({
      db: log.database,
      keyring: createKeyring(randomBytes(32), []),
      owner: "other",
      leaseMs: 1_000,
    });
    expect(await store.claim(tenantId, 10)).toEqual([]);
    expect(await stored()).toEqual([]);
  });
});
