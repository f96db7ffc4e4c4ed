import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Client, createClient } from "graphql-ws";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import type { EventFeed } from "../../../src/events/feed.ts";
import { createAllowedPages } from "../../../src/server/http/allowed-pages.ts";
import {
  openWebSocket,
  type OpenWebSocketOptions,
  type WebSocketTransport,
} from "../../../src/server/websocket/open-websocket.ts";
import { memoryAfterCollection } from "../../helpers/memory.ts";
import { type EventLog, runStarted, useEventLog } from "../../helpers/event-log.ts";
import { openRawSocket, type RawSocket, type RawSocketOptions } from "../../helpers/raw-socket.ts";
import { createTestGraph, type TestGraph } from "../../helpers/socket-graph.ts";
import { take, within } from "../../helpers/take.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

let log: EventLog;
beforeAll(async () => {
  log = await useEventLog();
});
afterAll(async () => {
  await log[Symbol.asyncDispose]();
});

let tenants = 0;
let tenantId: string;
let feed: EventFeed;
let server: Server;
let transport: WebSocketTransport;
let tested: TestGraph;
let problems: string[];
const clients: (Client | RawSocket)[] = [];

beforeEach(() => start());
afterEach(() => stop());

type StartOptions = Partial<OpenWebSocketOptions> & { readonly operationTimeoutMs?: number };

async function start({ operationTimeoutMs, ...options }: StartOptions = {}): Promise<void> {
  tenants += 1;
  tenantId = `tenant-${tenants}`;
  problems = [];
  feed = log.openFeed();
  tested = createTestGraph(feed, tenantId, operationTimeoutMs === undefined ? {} : { operationTimeoutMs });
  server = createServer();
  const onProblem = (problem: Error): void => void problems.push(problem.message);
  const { loopbackOnly = true } = options;
  const pages = createAllowedPages({ origins: [], loopbackOnly });
  transport = openWebSocket({ server, graph: tested.graph, loopbackOnly, pages, onProblem, ...options });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

async function stop(): Promise<void> {
  for (const client of clients.splice(0)) {
    if ("dispose" in client) await client.dispose();
    else client.socket.terminate();
  }
  await within(WAIT_LIMIT_MS, "transport close", transport.close());
  expect(transport.sockets).toBe(0);
  expect(feed.open).toBe(0);
  await feed.close();
  await new Promise((resolve) => server.close(resolve));
}

async function restart(options: StartOptions): Promise<void> {
  await stop();
  await start(options);
}

const url = (path = "/graphql/ws"): string => `ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

async function openRaw(options: Partial<RawSocketOptions> = {}): Promise<RawSocket> {
  const socket = await openRawSocket({ url: url(), ...options });
  clients.push(socket);
  return socket;
}

/** A raw socket that has been acknowledged. */
async function openReady(subject = "raw"): Promise<RawSocket> {
  const socket = await openRaw();
  socket.send({ type: "connection_init", payload: { token: subject } });
  expect(await socket.message()).toEqual({ type: "connection_ack" });
  return socket;
}

function openClient(subject = "client", path?: string): Client {
  const client = createClient({
    url: url(path),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${subject}` },
    retryWait: () => Promise.resolve(),
  });
  clients.push(client);
  return client;
}

interface Item {
  readonly seq: string;
  readonly type: string;
  readonly context: number;
}
const ITEMS = "subscription Items($after: String) { items(after: $after) { seq context } }";
const follow = (client: Client, after?: string) =>
  client.iterate<{ items: Item }>({ query: ITEMS, variables: after === undefined ? {} : { after } });
const seqOf = (result: { data?: { items: Item } | null | undefined }): string | undefined => result.data?.items.seq;

describe("graphql-transport-ws", () => {
  test.each(["/graphql", "/graphql/ws", "/ws", "/ws?x=1"])(
    "serves queries, mutations and subscriptions on %s",
    async (path) => {
      const client = openClient("official", path);
      const [query] = await take(client.iterate({ query: "{ hello }" }), 1);
      expect(query).toEqual({ data: { hello: "world" } });
      const [mutation] = await take(client.iterate({ query: "mutation { increment }" }), 1);
      expect(mutation).toEqual({ data: { increment: 1 } });
      const items = follow(client);
      expect((await take(items, 1)).map(seqOf)).toEqual(["0"]);
      await log.append(tenantId, runStarted("1"), runStarted("2"));
      expect((await take(items, 2)).map(seqOf)).toEqual(["1", "2"]);
      expect(problems).toEqual([]);
    },
  );

  test("each event is resolved with a context of its own", async () => {
    const items = follow(openClient("contexts"));
    await take(items, 1);
    await log.append(tenantId, runStarted("1"), runStarted("2"));
    const contexts = (await take(items, 2)).map((result) => result.data?.items.context ?? 0);
    expect(new Set(contexts).size).toBe(2);
  });

  test("an idle client that leaves is released at once", async () => {
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: ITEMS } });
    expect(await socket.message()).toMatchObject({ type: "next", id: "1" });
    expect([feed.open, transport.operations]).toEqual([1, 1]);
    socket.send({ type: "complete", id: "1" });
    await eventually("release after complete", () => feed.open === 0 && transport.operations === 0);
    socket.send({ type: "subscribe", id: "1", payload: { query: ITEMS } });
    expect(await socket.message()).toMatchObject({ type: "next", id: "1" });
    socket.socket.terminate();
    await eventually("release after a reset", () => feed.open === 0 && transport.operations === 0);
  });

  test("a query is aborted when its client disconnects (F103)", async () => {
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ waits }" } });
    await eventually("the query", () => transport.operations === 1);
    socket.socket.terminate();
    await eventually("the abort", () => tested.aborted === 1);
    expect(transport.operations).toBe(0);
  });

  test("a query is aborted when its client completes it, and others of the socket continue", async () => {
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ waits }" } });
    await eventually("the query", () => transport.operations === 1);
    socket.send({ type: "complete", id: "1" });
    await eventually("the abort", () => tested.aborted === 1);
    expect(transport.operations).toBe(0);
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ hello }" } });
    expect(await socket.message()).toMatchObject({ type: "next", id: "1", payload: { data: { hello: "world" } } });
    expect(await socket.message()).toMatchObject({ type: "complete", id: "1" });
    expect(problems).toEqual([]);
  });

  test("a query that is completed together with its start is not executed further", async () => {
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ waits }" } });
    socket.send({ type: "complete", id: "1" });
    await eventually("the end", () => transport.operations === 0);
    expect(problems).toEqual([]);
  });

  test("an invalid or failing operation gets an error and ends no other operation", async () => {
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ missing }" } });
    expect(await socket.message()).toMatchObject({
      type: "error",
      id: "1",
      payload: [{ message: expect.stringContaining('Cannot query field "missing"') as unknown }],
    });
    for (const payload of [
      { query: "query A { hello } query B { hello }" },
      { query: "query A { hello }", operationName: "B" },
    ]) {
      socket.send({ type: "subscribe", id: "1", payload });
      expect(await socket.message()).toMatchObject({
        type: "error",
        id: "1",
        payload: [{ extensions: { code: "OPERATION_RESOLUTION_FAILURE" } }],
      });
    }
    socket.send({ type: "subscribe", id: "2", payload: { query: "{ fails }" } });
    const failed = await socket.message();
    expect(failed).toMatchObject({
      type: "next",
      payload: { data: { fails: null }, errors: [{ message: "there is none", extensions: { code: "NOT_FOUND" } }] },
    });
    expect(JSON.stringify(failed)).not.toContain("secret detail");
    expect(await socket.message()).toEqual({ type: "complete", id: "2" });
    expect(transport.operations).toBe(0);
  });
});

describe("a socket that breaks the protocol", () => {
  test("4408: no connection_init in time (F97)", async () => {
    await restart({ limits: { initTimeoutMs: 50 } });
    expect(await (await openRaw()).closed()).toBe(4408);
  });

  test("4429: two connection_init (F97)", async () => {
    const socket = await openReady();
    socket.send({ type: "connection_init", payload: { token: "again" } });
    expect(await socket.closed()).toBe(4429);
  });

  test("4401: subscribe before the acknowledgement", async () => {
    const socket = await openRaw();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ hello }" } });
    expect(await socket.closed()).toBe(4401);
  });

  test("4403: no token, or one in the URL only (F97)", async () => {
    for (const path of ["/graphql/ws", "/graphql/ws?token=good&authorization=good"]) {
      const socket = await openRaw({ url: url(path) });
      socket.send({ type: "connection_init" });
      expect(await socket.closed()).toBe(4403);
    }
  });

  test("1013: the token could not be checked at the moment", async () => {
    const socket = await openRaw();
    socket.send({ type: "connection_init", payload: { token: "keys-away" } });
    expect(await socket.closed()).toBe(1013);
  });

  test("4406: another subprotocol, also the legacy one", async () => {
    const socket = new WebSocket(url(), []);
    const code = new Promise<number>((resolve) => socket.once("close", resolve));
    expect(await within(WAIT_LIMIT_MS, "close", code)).toBe(4406);
    const legacy = new WebSocket(url(), "graphql-ws");
    const error = new Promise<Error>((resolve) => legacy.once("error", resolve));
    expect((await within(WAIT_LIMIT_MS, "error", error)).message).toBe("Server sent no subprotocol");
    await eventually("no sockets", () => transport.sockets === 0);
  });

  test("4400: an invalid message", async () => {
    const socket = await openRaw();
    socket.socket.send("not json");
    expect(await socket.closed()).toBe(4400);
  });

  test("4409: an id that is in use", async () => {
    const socket = await openReady();
    for (const query of [ITEMS, ITEMS]) socket.send({ type: "subscribe", id: "1", payload: { query } });
    expect(await socket.closed()).toBe(4409);
  });

  test("1009: a message above the limit", async () => {
    await restart({ limits: { maxMessageBytes: 1_000 } });
    const socket = await openReady();
    socket.send({ type: "ping", payload: { filler: "x".repeat(1_000) } });
    expect(await socket.closed()).toBe(1009);
  });

  test("more operations than allowed are refused one by one, and the others continue (F97)", async () => {
    await restart({ limits: { maxOperations: 3 } });
    const socket = await openReady();
    for (let id = 1; id <= 50; id += 1) socket.send({ type: "subscribe", id: `${id}`, payload: { query: ITEMS } });
    await eventually("51 messages", () => socket.messages.length >= 51);
    const refused = socket.messages.filter((message) => message.type === "error");
    expect(refused).toHaveLength(47);
    expect(refused[0]).toMatchObject({ payload: [{ extensions: { code: "OVERLOADED" } }] });
    expect([feed.open, transport.operations]).toEqual([3, 3]);
  });
});

describe("what one principal or tenant may have open", () => {
  const UNLIMITED = { connections: 1e6, operations: 1e6, bytes: 1e9 };
  const VARIABLES = "subscription ($after: String) { items(after: $after) { seq } }";
  const subscribe = (socket: RawSocket, id: string, payload: object): void =>
    socket.send({ type: "subscribe", id, payload });

  test("1013 with the limit: more sockets of a principal, and a closed one makes room (F97)", async () => {
    await restart({ limits: { perPrincipal: { ...UNLIMITED, connections: 2 } } });
    const first = await openReady("ada");
    await openReady("ada");
    const third = await openRaw();
    const reason = new Promise<string>((resolve) => third.socket.once("close", (_code, text) => resolve(String(text))));
    third.send({ type: "connection_init", payload: { token: "ada" } });
    expect([await third.closed(), await reason]).toEqual([1013, "a principal may have 2 WebSockets and streams open"]);
    await openReady("ben");
    first.socket.close();
    await eventually("a place", () => transport.sockets === 2);
    await openReady("ada");
  });

  test("operations above the limit of the tenant are refused one by one, over all its sockets (F97)", async () => {
    await restart({ limits: { perTenant: { ...UNLIMITED, operations: 3 } } });
    const [ada, ben] = [await openReady("ada"), await openReady("ben")];
    for (const id of ["1", "2"]) subscribe(ada, id, { query: ITEMS });
    await eventually("two positions", () => ada.messages.length === 3);
    for (const id of ["1", "2"]) subscribe(ben, id, { query: ITEMS });
    await eventually("a position and a refusal", () => ben.messages.length === 3);
    expect(ben.messages.find(({ type }) => type === "error")).toMatchObject({
      id: "2",
      payload: [
        {
          message: "a tenant may run 3 operations over WebSockets and streams at a time",
          extensions: { code: "OVERLOADED", retryAfterMs: 1_000 },
        },
      ],
    });
    ada.send({ type: "complete", id: "1" });
    await eventually("a place", () => transport.operations === 2);
    subscribe(ben, "3", { query: ITEMS });
    await eventually("another position", () => ben.messages.length === 4);
    expect(ben.messages.at(-1)).toMatchObject({ type: "next", id: "3" });
  });

  test("declared variables above the limit of bytes are refused, undeclared ones do not count (F118)", async () => {
    await restart({ limits: { perPrincipal: { ...UNLIMITED, bytes: 1_000_000 } } });
    const socket = await openReady();
    const large = "0".repeat(300_000); // a number for the feed, and 600 kB by our estimate
    for (const id of ["1", "2"]) subscribe(socket, id, { query: VARIABLES, variables: { after: large } });
    await eventually("a refusal", () => socket.messages.some(({ type }) => type === "error"));
    expect(socket.messages.find(({ type }) => type === "error")).toMatchObject({
      id: "2",
      payload: [{ extensions: { code: "OVERLOADED" } }],
    });
    for (const id of ["3", "4", "5", "6"])
      subscribe(socket, id, {
        query: VARIABLES,
        variables: { after: "0", other: large },
        extensions: { other: large },
      });
    await eventually("the others run", () => transport.operations === 5);
    expect(socket.messages.filter(({ type }) => type === "error")).toHaveLength(1);
  });

  test("100 operations with 0.9 MB of undeclared variables each leave nothing of them in memory (F118)", async () => {
    const socket = await openReady();
    const before = memoryAfterCollection();
    for (let id = 1; id <= 100; id += 1) {
      subscribe(socket, `${id}`, { query: VARIABLES, variables: { other: `${id}`.padEnd(900_000, "x") } });
      await eventually("the position", () => socket.messages.length === id + 1);
    }
    expect(transport.operations).toBe(100);
    expect(memoryAfterCollection() - before).toBeLessThan(45_000_000); // 90 MB if one copy of each remained
  });
});

describe("an operation that takes too long", () => {
  test("ends with OPERATION_TIMEOUT, its work is aborted, and others of the socket continue", async () => {
    await restart({ operationTimeoutMs: 100 });
    const socket = await openReady();
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ waits }" } });
    expect(await socket.message()).toMatchObject({
      type: "next",
      id: "1",
      payload: {
        errors: [{ message: "the operation took longer than 0.1 s", extensions: { code: "OPERATION_TIMEOUT" } }],
      },
    });
    expect(await socket.message()).toEqual({ type: "complete", id: "1" });
    expect([tested.aborted, transport.operations]).toEqual([1, 0]);
    socket.send({ type: "subscribe", id: "1", payload: { query: "{ hello }" } });
    expect(await socket.message()).toMatchObject({ type: "next", payload: { data: { hello: "world" } } });
    expect(problems).toEqual([]);
  });

  test("is the execution of one event: the subscription ends, and its last cursor resumes with that event", async () => {
    await restart({ operationTimeoutMs: 100 });
    const socket = await openReady();
    const query = "subscription ($slow: Boolean!) { items { seq waits @include(if: $slow) } }";
    socket.send({ type: "subscribe", id: "1", payload: { query, variables: { slow: true } } });
    socket.send({ type: "subscribe", id: "2", payload: { query, variables: { slow: false } } });
    const received = [await socket.message(), await socket.message()];
    expect(received).toContainEqual({ type: "next", id: "2", payload: { data: { items: { seq: "0" } } } });
    expect(received).toContainEqual(
      expect.objectContaining({
        type: "error",
        id: "1",
        payload: [expect.objectContaining({ extensions: expect.objectContaining({ code: "OPERATION_TIMEOUT" }) })],
      }),
    );
    expect([feed.open, transport.operations, tested.aborted]).toEqual([1, 1, 1]);
    await log.append(tenantId, runStarted("1"));
    expect(await socket.message()).toMatchObject({ type: "next", id: "2", payload: { data: { items: { seq: "1" } } } });
  });
});

describe("an upgrade", () => {
  async function refusal(path: string, headers: Record<string, string>): Promise<string> {
    return await openRawSocket({ url: url(path), headers }).then(
      ({ socket }) => {
        socket.terminate();
        return "accepted";
      },
      (reason: Error) => reason.message,
    );
  }

  test("is refused on another path", async () => {
    expect(await refusal("/elsewhere", {})).toBe("Unexpected server response: 404");
  });

  test("is refused to pages of other sites without authentication (F97)", async () => {
    expect(await refusal("/ws", { origin: "https://evil.example" })).toBe("Unexpected server response: 403");
    expect(await refusal("/ws", { origin: "http://localhost.evil.example" })).toBe("Unexpected server response: 403");
    expect(await refusal("/ws", { origin: "null" })).toBe("Unexpected server response: 403");
    expect(await refusal("/ws", { host: "rebound.example" })).toBe("Unexpected server response: 403");
    expect(await refusal("/ws", { origin: "http://localhost:3000" })).toBe("accepted");
    expect(await refusal("/ws", { origin: "http://[::1]:3000" })).toBe("accepted");
  });

  test("from any site is accepted where tokens identify the caller", async () => {
    await restart({ loopbackOnly: false });
    expect(await refusal("/ws", { origin: "https://dashboard.example", host: "sluice.example" })).toBe("accepted");
  });

  test("is refused beyond the maximum number of sockets (F97)", async () => {
    await restart({ limits: { maxSockets: 2 } });
    const [first] = [await openRaw(), await openRaw()];
    expect(await refusal("/ws", {})).toBe("Unexpected server response: 503");
    first.socket.close();
    await eventually("a place", () => transport.sockets === 1);
    expect(await refusal("/ws", {})).toBe("accepted");
  });
});

describe("the end of a connection", () => {
  test("4403 when the token expires, and no event after that (F98)", async () => {
    const expiresAtMs = Date.now() + 300;
    const socket = await openReady(`expires-${expiresAtMs}`);
    socket.send({ type: "subscribe", id: "1", payload: { query: ITEMS } });
    expect(await socket.message()).toMatchObject({ type: "next" });
    expect(await socket.closed()).toBe(4403);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAtMs);
    expect(feed.open).toBe(0);
  });

  test("1001 on shutdown: all subscriptions end, and an unresponsive peer delays it by the grace period only", async () => {
    await restart({ limits: { closeGraceMs: 200 } });
    const polite = await openReady();
    const silent = await openReady();
    for (const socket of [polite, silent]) {
      socket.send({ type: "subscribe", id: "1", payload: { query: ITEMS } });
      await socket.message();
    }
    silent.socket.pause();
    const closing = transport.close();
    expect(feed.open).toBe(0);
    expect(await polite.closed()).toBe(1001);
    await within(WAIT_LIMIT_MS, "close", closing);
    expect(transport.sockets).toBe(0);
  });

  test("a peer that does not answer pings is disconnected", async () => {
    await restart({ limits: { pingIntervalMs: 60, closeGraceMs: 50 } });
    const lively = await openReady();
    const dead = await openReady();
    dead.socket.pause();
    await eventually("the end of the dead one", () => transport.sockets === 1);
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe("a client that does not read", () => {
  /** 64 kB each: 1,000 of them are 64 MB, where a kernel buffers up to 36 MiB for a peer that reads nothing. */
  const LARGE = `subscription { items(after: "0") { seq padding(bytes: 65536) } }`;

  test("is disconnected with 1013 after bounded work, the others receive all, and its cursor resumes (F99)", async () => {
    await restart({ limits: { stallMs: 400, closeGraceMs: 120_000 } });
    await log.append(tenantId, ...Array.from({ length: 1_000 }, (_, index) => runStarted(`${index}`)));
    const slow = await openReady("slow");
    const quick = await openReady("quick");
    slow.send({ type: "subscribe", id: "1", payload: { query: LARGE } });
    await slow.message();
    slow.socket.pause();
    quick.send({ type: "subscribe", id: "1", payload: { query: LARGE } });
    await eventually("all events at the quick one", () => quick.messages.length === 1_001);
    await eventually("the end of the slow one's operation", () => transport.operations === 1);
    const work = tested.contexts("slow");
    expect(work).toBeLessThan(1_000);
    slow.socket.resume();
    expect(await slow.closed()).toBe(1013);
    const seqs = slow.messages.filter(({ type }) => type === "next").map((message) => itemOf(message).seq);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => `${index + 1}`));
    expect(tested.contexts("slow")).toBe(work);

    const again = follow(openClient("slow"), seqs.at(-1));
    const rest = await take(again, 1_000 - seqs.length);
    expect(rest.map(seqOf)).toEqual(
      Array.from({ length: 1_000 - seqs.length }, (_, index) => `${seqs.length + index + 1}`),
    );
  });

  test("and keeps sending is disconnected when too much data waits for it (F99)", async () => {
    await restart({ limits: { stallMs: 60_000, maxBufferedBytes: 1_000_000, closeGraceMs: 100 } });
    const socket = await openReady();
    socket.socket.pause();
    const payload = { filler: "x".repeat(100_000) };
    let sent = 0;
    while (transport.sockets > 0 && sent < 2_000) {
      socket.send({ type: "ping", payload });
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually("the end", () => transport.sockets === 0);
    expect(sent).toBeLessThan(2_000);
  });
});

function itemOf({ payload }: RawSocket["messages"][number]): Item {
  return (payload as { data: { items: Item } }).data.items; // the result of LARGE
}
