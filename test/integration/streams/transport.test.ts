import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { createClient as createSseClient } from "graphql-sse";
import { SignJWT } from "jose";
import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { ServerOptions } from "../../../src/server/create-server.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { eventually } from "../../helpers/eventually.ts";
import {
  ACCEPTS,
  type HttpStream,
  openStream,
  type OpenStreamOptions,
  STREAM_FORMATS,
  type StreamKind,
  type StreamPart,
} from "../../helpers/http-stream.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { type LiveGraph, openLiveGraph } from "../../helpers/live-graph.ts";
import { memoryAfterCollection } from "../../helpers/memory.ts";
import { readUntil, sendRaw } from "../../helpers/raw-request.ts";
import { take } from "../../helpers/take.ts";

const SECRET = "a secret of thirty-two characters";
const AUTH = { kind: "secret", secret: SECRET } as const;
const UNLIMITED = { connections: 1e6, operations: 1e6, bytes: 1e9 };

let log: EventLog;
let live: LiveGraph;
let tenants = 0;
let tenantId: string;
const opened: HttpStream[] = [];

beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => log[Symbol.asyncDispose]());
beforeEach(() => start());
afterEach(() => stop());

async function start(options: Partial<ServerOptions> = {}): Promise<void> {
  tenants += 1;
  tenantId = `streamed-${tenants}`;
  live = await openLiveGraph(log, [tenantId, "umbrella"], { auth: AUTH, ...options });
}

async function stop(): Promise<void> {
  for (const stream of opened.splice(0)) await stream.close();
  await live[Symbol.asyncDispose]();
  expect([live.server.streams.open, live.feed.open]).toEqual([0, 0]);
}

async function restart(options: Partial<ServerOptions>): Promise<void> {
  await stop();
  await start(options);
}

async function token(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const jwt = new SignJWT({ tenant: tenantId, scope: "read", sub: "kim", exp: Date.now() / 1_000 + 300, ...claims });
  return `Bearer ${await jwt.setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(SECRET))}`;
}

type Opening = Omit<OpenStreamOptions, "url" | "kind"> & { readonly claims?: Readonly<Record<string, unknown>> };

async function open(kind: StreamKind, { claims, headers, ...options }: Opening): Promise<HttpStream> {
  const all = { authorization: await token(claims), ...headers };
  const stream = await openStream({ url: live.server.url, kind, headers: all, ...options });
  opened.push(stream);
  return stream;
}

/** Sends an operation as a client that does not read. */
async function send(kind: StreamKind, body: unknown): Promise<Socket> {
  const headers = { authorization: await token(), accept: ACCEPTS[kind] };
  return sendRaw({ url: live.server.url, headers, body });
}

const EVENTS = `subscription ($after: EventCursor) {
  syncEvents(after: $after) { __typename cursor ... on RunStarted { run { id } } }
}`;
const follow = (kind: StreamKind, after?: string, opening: Partial<Opening> = {}): Promise<HttpStream> =>
  open(kind, { body: { query: EVENTS, ...(after !== undefined && { variables: { after } }) }, ...opening });

interface Event {
  readonly __typename: string;
  readonly cursor: string;
}

function eventOf(part: StreamPart | undefined): Event {
  expect(part).toMatchObject({ type: "next", payload: { data: { syncEvents: {} } } });
  const { syncEvents } = (part?.payload?.data ?? {}) as { readonly syncEvents: Event }; // just checked
  return syncEvents;
}
const nextEvent = async (stream: HttpStream): Promise<Event> => eventOf(await stream.next());
const cursorAt = (seq: bigint): string => live.cursors.encodeEventCursor(tenantId, seq);
const append = (...runs: readonly string[]): Promise<bigint> => log.append(tenantId, ...runs.map(runStarted));

/** The error of a response that is no stream. */
async function refusal(stream: HttpStream): Promise<{ status: number; code: string; message: string }> {
  expect(stream.headers.get("content-type")).toContain("application/json");
  const { errors } = JSON.parse(await stream.text()) as Required<NonNullable<StreamPart["payload"]>>;
  return { status: stream.status, code: errors[0]?.extensions.code ?? "", message: errors[0]?.message ?? "" };
}

describe.each(STREAM_FORMATS)("a subscription over %s", (kind) => {
  test("begins with its position, and then has every event once, in order, also after a cursor (F100)", async () => {
    const stream = await follow(kind);
    expect(await nextEvent(stream)).toEqual({ __typename: "StreamPosition", cursor: cursorAt(0n) });
    await append("1", "2");
    expect(await nextEvent(stream)).toMatchObject({ __typename: "RunStarted", cursor: cursorAt(1n) });
    expect(await nextEvent(stream)).toMatchObject({ __typename: "RunStarted", cursor: cursorAt(2n) });
    const resumed = await follow(kind, cursorAt(1n));
    expect(await nextEvent(resumed)).toEqual({ __typename: "StreamPosition", cursor: cursorAt(1n) });
    expect((await nextEvent(resumed)).cursor).toBe(cursorAt(2n));
  });

  test("is neither compressed nor buffered by a proxy, and has the id of the request", async () => {
    const stream = await follow(kind, undefined, { headers: { "accept-encoding": "gzip", "x-request-id": "given-1" } });
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      "x-request-id": "given-1",
    });
    expect(stream.headers.get("content-encoding")).toBeNull();
  });

  test("sends something while there is no event", async () => {
    await restart({ streamLimits: { keepAliveMs: 20 } });
    const stream = await follow(kind);
    await nextEvent(stream);
    expect([await stream.part(), await stream.part()]).toEqual([{ type: "keep-alive" }, { type: "keep-alive" }]);
    await append("1");
    expect((await nextEvent(stream)).cursor).toBe(cursorAt(1n));
  });

  test("is released at once when an idle client leaves (F103)", async () => {
    const stream = await follow(kind);
    await nextEvent(stream);
    expect([live.server.streams.open, live.feed.open]).toEqual([1, 1]);
    await stream.close();
    await eventually("the release", () => live.server.streams.open === 0 && live.feed.open === 0);
  });

  test.each(["GET", "POST"] as const)("by %s has its line in the log when its client has left", async (method) => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    await restart({ log: pino({ level: "info" }, sink) });
    const stream = await follow(kind, undefined, { method });
    await nextEvent(stream);
    await stream.close();
    const requests = (): string[] => lines.filter((line) => line.includes('"msg":"request"'));
    await eventually("the line", () => requests().length > 0);
    expect(JSON.parse(requests()[0] ?? "")).toMatchObject({
      method,
      route: "/graphql",
      status: 200,
      tenant: tenantId,
      subject: "kim",
      aborted: true,
    });
    await stop();
    expect(requests()).toHaveLength(1);
    await start();
  });

  test("with a cursor that was tampered with, or is another tenant's, gets INVALID_CURSOR (F96)", async () => {
    for (const after of [`${cursorAt(1n)}A`, live.cursors.encodeEventCursor("umbrella", 1n)]) {
      const stream = await follow(kind, after);
      expect(await stream.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "INVALID_CURSOR" } }] } });
      expect(await stream.next()).toEqual({ type: "complete" });
      expect(await stream.part()).toBeUndefined();
    }
  });

  test("whose cursor is older than the log gets its position and then a StreamReset (F101)", async () => {
    await append("1", "2");
    await log.deleteOlderThan(tenantId, 0);
    const stream = await follow(kind, cursorAt(0n));
    expect((await nextEvent(stream)).__typename).toBe("StreamPosition");
    expect(await nextEvent(stream)).toEqual({ __typename: "StreamReset", cursor: cursorAt(2n) });
  });

  test("without a token, or with one in the URL only, is refused with 401 (F97)", async () => {
    const url = `${live.server.url}/graphql?token=${(await token()).slice(7)}`;
    const response = await fetch(url, {
      method: "POST",
      headers: { accept: ACCEPTS[kind], "content-type": "application/json" },
      body: JSON.stringify({ query: EVENTS }),
    });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  test("ends when the token expires, and sends no event after that (F98)", async () => {
    const exp = Date.now() / 1_000 + 1;
    const authorization = await token({ exp });
    const stream = await follow(kind, undefined, { headers: { authorization } });
    await nextEvent(stream);
    const end = await stream.next();
    expect(end?.errors?.[0]?.extensions.code).toBe(kind === "sse" ? undefined : "UNAUTHENTICATED");
    await append("1");
    for (let part = end; part !== undefined; part = await stream.part()) expect(part.payload?.data).toBeUndefined();
  });

  test("above the number that a principal or a tenant may have is refused with 503 (F97)", async () => {
    const perPrincipal = { ...UNLIMITED, connections: 2 };
    await restart({ webSocketLimits: { perPrincipal, perTenant: { ...UNLIMITED, connections: 3 } } });
    const first = await follow(kind);
    await follow(kind);
    expect(await refusal(await follow(kind))).toEqual({
      status: 503,
      code: "OVERLOADED",
      message: "a principal may have 2 WebSockets and streams open",
    });
    await follow(kind, undefined, { claims: { sub: "ben" } });
    expect((await refusal(await follow(kind, undefined, { claims: { sub: "cy" } }))).message).toBe(
      "a tenant may have 3 WebSockets and streams open",
    );
    await first.close();
    await eventually("a place", () => live.server.streams.open === 2);
    await nextEvent(await follow(kind, undefined, { claims: { sub: "cy" } }));
  });

  test("above the running operations of a principal, or the streams of the process, is refused (F97)", async () => {
    await restart({
      webSocketLimits: { perPrincipal: { ...UNLIMITED, operations: 1 }, perTenant: UNLIMITED },
      streamLimits: { maxStreams: 2 },
    });
    await follow(kind);
    expect((await refusal(await follow(kind))).message).toContain("may run 1 operations");
    await follow(kind, undefined, { claims: { sub: "ben" } });
    const third = await follow(kind, undefined, { claims: { sub: "cy" } });
    expect(await refusal(third)).toEqual({ status: 503, code: "OVERLOADED", message: "there are too many streams" });
  });

  test("with declared variables above the limit of bytes is refused, undeclared ones do not count (F118)", async () => {
    await restart({ webSocketLimits: { perPrincipal: { ...UNLIMITED, bytes: 1_000_000 }, perTenant: UNLIMITED } });
    const query = `subscription ($filter: SyncEventFilter) { syncEvents(filter: $filter) { __typename } }`;
    const large = "x".repeat(300_000); // 600 kB by our estimate
    const declared = { query, variables: { filter: { sourceIds: [large] } } };
    await open(kind, { body: declared });
    expect(await refusal(await open(kind, { body: declared }))).toMatchObject({ status: 503, code: "OVERLOADED" });
    for (let number = 0; number < 4; number += 1)
      await open(kind, { body: { query, variables: { other: large }, extensions: { other: large } } });
    expect(live.server.streams.open).toBe(5);
  });

  test("leaves nothing of 0.9 MB of undeclared variables in memory, 100 times (F118)", async () => {
    const sockets: Socket[] = [];
    const before = memoryAfterCollection();
    for (let number = 1; number <= 100; number += 1) {
      const socket = await send(kind, { query: EVENTS, variables: { other: `${number}`.padEnd(900_000, "x") } });
      sockets.push(socket);
      await readUntil(socket, "StreamPosition");
    }
    expect(live.server.streams.open).toBe(100);
    expect(memoryAfterCollection() - before).toBeLessThan(45_000_000); // 90 MB if one copy of each remained
    for (const socket of sockets) socket.destroy();
  });

  test("is interrupted when the server closes, without the end that the protocol announces for a complete one", async () => {
    const stream = await follow(kind);
    await nextEvent(stream);
    const closing = live.server.close();
    const last = await stream.next();
    expect([last?.type, last?.payload, last?.errors?.[0]?.extensions["retryable"]]).toEqual(
      kind === "sse" ? [undefined, undefined, undefined] : ["next", null, true],
    );
    await closing;
  });

  test("of a client that does not read ends after bounded work; others go on, and its cursor resumes (F99)", async () => {
    await restart({ streamLimits: { stallMs: 200 } });
    const quick = await follow(kind);
    const slow = await send(kind, { query: LARGE, variables: { after: cursorAt(0n) } });
    const ended = new Promise<void>((resolve) => slow.once("close", () => resolve()));
    await eventually("both streams", () => live.server.streams.open === 2);
    for (let run = 0; run < 10; run += 1) await append(...Array.from({ length: 200 }, (_, index) => `${run}-${index}`));
    await eventually("the end of the slow one", () => live.server.streams.open === 1 && live.feed.open === 1);
    for (let seq = 0n; seq <= 2_000n; seq += 1n) expect((await nextEvent(quick)).cursor).toBe(cursorAt(seq));

    let received = "";
    slow.on("data", (bytes) => (received += bytes.toString())).resume();
    await ended;
    const cursors = [...received.matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor = ""]) => cursor);
    const last = cursors.at(-1) ?? "";
    expect(cursors.length).toBeLessThan(1_900);
    const seq = live.cursors.decodeEventCursor(tenantId, last);
    const resumed = await follow(kind, last);
    expect((await nextEvent(resumed)).__typename).toBe("StreamPosition");
    expect((await nextEvent(resumed)).cursor).toBe(cursorAt(seq + 1n));
  });
});

/** Some 9 kB for each event. */
const LARGE = `subscription ($after: EventCursor) {
  syncEvents(after: $after) {
    cursor
    ${Array.from({ length: 10 }, (_, index) => `${"a".repeat(900)}${index}: at`).join("\n")}
  }
}`;

describe("multipart", () => {
  function apolloClient(authorization: string): ApolloClient {
    const link = new HttpLink({ uri: `${live.server.url}/graphql`, headers: { authorization } });
    return new ApolloClient({ link, cache: new InMemoryCache() });
  }

  test("is read by Apollo Client, with every event at once and errors of the transport as such", async () => {
    const client = apolloClient(await token());
    const results: ApolloClient.SubscribeResult<{ syncEvents: Event }>[] = [];
    const ended = Promise.withResolvers<string>();
    client
      .subscribe<{ syncEvents: Event }>({ query: gql(EVENTS), fetchPolicy: "no-cache" })
      .subscribe({ next: (result) => void results.push(result), complete: () => ended.resolve("complete") });
    await eventually("the position", () => results.length === 1);
    await append("1");
    await eventually("the event", () => results.length === 2);
    expect(results.map(({ data }) => data?.syncEvents.cursor)).toEqual([cursorAt(0n), cursorAt(1n)]);
    await live.server.close();
    await eventually("the interruption", () => results.length === 3);
    expect(results[2]?.error?.message).toContain("the server is closing");
    expect(await ended.promise).toBe("complete");
    client.stop();
  });

  test("is not sent for a query of Apollo Client", async () => {
    const client = apolloClient(await token());
    expect((await client.query({ query: gql("{ __typename }") })).data).toEqual({ __typename: "Query" });
    client.stop();
  });

  test("is refused without the parameter by which Apollo's clients name the protocol", async () => {
    const stream = await open("multipart", { body: { query: EVENTS }, headers: { accept: "multipart/mixed" } });
    expect(await refusal(stream)).toMatchObject({
      status: 400,
      code: "SUBSCRIPTION_TRANSPORT_UNSUPPORTED",
      message: expect.stringContaining("subscriptionSpec") as unknown,
    });
  });
});

describe("server-sent events", () => {
  test("are read by the client of graphql-sse, which connects again when it was disconnected", async () => {
    const authorization = await token();
    await using proxy = await startFaultProxy(live.server.url);
    const client = createSseClient({
      url: `${proxy.url}/graphql`,
      headers: { authorization },
      retryAttempts: 100,
      retry: () => Promise.resolve(),
    });
    const [query] = await take(client.iterate({ query: "{ __typename }" }), 1);
    expect(query).toEqual({ data: { __typename: "Query" } });
    const [invalid] = await take(client.iterate({ query: "{ missing }" }), 1);
    expect(invalid?.errors?.[0]?.message).toContain('Cannot query field "missing"');
    const events = client.iterate<{ syncEvents: Event }>({ query: EVENTS });
    expect((await take(events, 1))[0]?.data?.syncEvents.__typename).toBe("StreamPosition");
    await append("1");
    expect((await take(events, 1))[0]?.data?.syncEvents.cursor).toBe(cursorAt(1n));
    proxy.reset();
    expect((await take(events, 1))[0]?.data?.syncEvents.cursor).toBe(cursorAt(1n));
    client.dispose();
  });

  test("are sent for the request of Hive Gateway: GET, no content type, every result with its id", async () => {
    await append("1");
    const stream = await open("sse", { method: "GET", body: { query: EVENTS, variables: { after: cursorAt(0n) } } });
    expect(stream.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect((await stream.next())?.id).toBe(cursorAt(0n));
    expect((await stream.next())?.id).toBe(cursorAt(1n));
  });

  test("continue after Last-Event-ID, which is newer than the argument of a client that connects again (F100)", async () => {
    await append("1", "2", "3");
    const query = `subscription { syncEvents(after: "${cursorAt(0n)}") { cursor } }`;
    const stream = await open("sse", { method: "GET", body: { query }, headers: { "last-event-id": cursorAt(2n) } });
    expect((await stream.next())?.id).toBe(cursorAt(2n));
    expect((await stream.next())?.id).toBe(cursorAt(3n));
    const forged = await open("sse", { body: { query }, headers: { "last-event-id": "forged" } });
    expect((await forged.next())?.payload?.errors?.[0]?.extensions.code).toBe("INVALID_CURSOR");
  });

  test("have the id also where the operation does not select the cursor", async () => {
    const stream = await open("sse", { body: { query: "subscription { renamed: syncEvents { at } }" } });
    expect((await stream.next())?.id).toBe(cursorAt(0n));
  });

  test("carry a mutation by POST, and none by GET", async () => {
    const query = 'mutation { pauseSource(id: "none") { id } }';
    const get = await open("sse", { method: "GET", body: { query }, claims: { scope: "sync" } });
    expect(await refusal(get)).toEqual({
      status: 405,
      code: "METHOD_NOT_ALLOWED",
      message: "a mutation must be sent by POST",
    });
    const post = await open("sse", { body: { query } });
    expect((await post.next())?.payload?.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(await post.next()).toEqual({ type: "complete" });
  });

  test("report an operation that the gate refuses as its result", async () => {
    for (const [query, code] of [
      ["subscription {", "GRAPHQL_PARSE_FAILED"],
      ["subscription { missing }", "GRAPHQL_VALIDATION_FAILED"],
      ["{ a: _service { sdl } b: _service { sdl } }", "INVALID_INPUT"],
      ["query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"],
    ]) {
      const stream = await open("sse", { body: { query } });
      const parts = [await stream.next(), await stream.next(), await stream.part()];
      expect(parts[0]?.payload?.errors?.[0]?.extensions).toMatchObject({
        code,
        requestId: stream.headers.get("x-request-id"),
      });
      expect(parts.slice(1)).toEqual([{ type: "complete" }, undefined]);
    }
  });

  test("are refused with a status where there is no operation, or the scope is missing", async () => {
    const none = await open("sse", { body: { variables: {} } });
    expect(await refusal(none)).toMatchObject({ status: 400, code: "BAD_REQUEST" });
    const noScope = await open("sse", { body: { query: EVENTS }, claims: { scope: "" } });
    expect(await refusal(noScope)).toMatchObject({ status: 403, code: "FORBIDDEN" });
  });

  test("are not sent for a query of a client that accepts JSON too, but for its subscription", async () => {
    const accept = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
    const query = await open("sse", { body: { query: "query subscription { __typename }" }, headers: { accept } });
    expect(JSON.parse(await query.text())).toEqual({ data: { __typename: "Query" } });
    const events = await open("sse", { body: { query: EVENTS }, headers: { accept } });
    expect((await nextEvent(events)).__typename).toBe("StreamPosition");
    const invalid = await open("sse", { body: { query: "subscription { missing }" }, headers: { accept } });
    expect(await refusal(invalid)).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
  });

  test("are refused to pages of other sites without authentication (F97)", async () => {
    await restart({ auth: { kind: "development" } });
    const headers = { origin: "https://evil.example" };
    expect(await refusal(await open("sse", { method: "GET", body: { query: EVENTS }, headers }))).toMatchObject({
      status: 403,
      code: "FORBIDDEN",
    });
  });

  test("in a single connection get the refusal that names what is served", async () => {
    const response = await fetch(`${live.server.url}/graphql`, {
      method: "PUT",
      headers: { authorization: await token() },
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        errors: [
          {
            message: expect.stringContaining("text/event-stream") as unknown,
            extensions: { code: "SUBSCRIPTION_TRANSPORT_UNSUPPORTED" },
          },
        ],
      },
    ]);
  });
});
