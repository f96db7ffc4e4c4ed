import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../test/helpers/eventually.ts";
import { singleBucket } from "../connector-api/budget.ts";
import type { ChannelCall, ChannelKind, ChannelStream } from "../connector-api/channel.ts";
import { metadata, startLedger, type Ledger, type LedgerHandlers } from "../protocols/grpc/fixtures/ledger-server.ts";
import { failureOf, LIST, WATCH } from "../protocols/grpc/fixtures/open-channel.ts";
import { createGrpcChannel, type GrpcAnswer, type GrpcChannel } from "../protocols/grpc/grpc-channel.ts";
import type { CallObservation } from "./observe.ts";
import { createUpstream, type Upstream, type UpstreamOptions } from "./upstream.ts";
import { createUpstreamPool } from "./upstream-pool.ts";

const FOREVER = new AbortController().signal;

interface LedgerConfig {
  readonly token: string;
}

const ledgerChannel: ChannelKind<LedgerConfig, GrpcChannel> = {
  open: ({ target, config, createSocket }) =>
    createGrpcChannel({ baseUrl: target.baseUrl, createSocket, metadata: { authorization: config.token } }),
};

const listing: ChannelCall<GrpcChannel, GrpcAnswer> = {
  via: ledgerChannel,
  name: LIST.path,
  isRead: true,
  run: (channel, limits) => channel.unary(LIST, limits),
};
const writing: ChannelCall<GrpcChannel, GrpcAnswer> = {
  via: ledgerChannel,
  name: LIST.path,
  run: (channel, limits) => channel.unary(LIST, limits),
};
const watching: ChannelStream<GrpcChannel, Uint8Array> = {
  via: ledgerChannel,
  name: WATCH.path,
  open: (channel, limits) => channel.serverStream(WATCH, limits),
};

const LIMITS = { requestsPerSecond: 10_000, maxConcurrent: 10 };

/** An upstream of the ledger without pauses between attempts (unless given), with its reports. */
function open({ url }: Ledger, options: Partial<UpstreamOptions> = {}) {
  const observed: CallObservation[] = [];
  const upstream: Upstream = createUpstream({
    target: { baseUrl: url, credential: "key" },
    budget: singleBucket(LIMITS),
    channel: { kind: ledgerChannel, config: { token: "t1" } },
    random: () => 0,
    onCall: (observation) => observed.push(observation),
    graceMs: 200,
    ...options,
  });
  const client = upstream.client("incremental");
  return {
    ...upstream,
    observed,
    list: () => client.call(listing, FOREVER),
    write: (call: Partial<typeof writing> = {}) => client.call({ ...writing, ...call }, FOREVER),
    watch: (stream: Partial<typeof watching> = {}, signal = FOREVER) =>
      client.follow({ ...watching, ...stream }, signal)[Symbol.asyncIterator](),
    [Symbol.asyncDispose]: () => upstream.close(),
  };
}

type Answer = Parameters<NonNullable<LedgerHandlers["ListPayments"]>>[1];
const unavailable = (done: Answer, pushback?: string): void =>
  done({ code: 14, ...(pushback !== undefined && { metadata: metadata({ "grpc-retry-pushback-ms": pushback }) }) });

/** Answers the nth call with the nth answer, and all further ones with success. */
function script(...answers: readonly ((done: Answer) => void)[]) {
  let calls = 0;
  const ListPayments: LedgerHandlers["ListPayments"] = (_call, done) => {
    const answer = answers[calls++];
    if (answer === undefined) done(null, {});
    else answer(done);
  };
  return { ListPayments, calls: () => calls };
}

describe("a call through a channel", () => {
  test("is repeated after an outage, within the same limits as an HTTP request, and observed (F35)", async () => {
    const { ListPayments, calls } = script(unavailable, unavailable);
    await using server = await startLedger({ ListPayments });
    await using upstream = open(server);
    expect((await upstream.list()).metadata["grpc-status"]).toBe("0");
    expect(calls()).toBe(3);
    expect(upstream.observed.map(({ attempt, code, lane }) => [attempt, code, lane])).toEqual([
      [1, "UPSTREAM_UNAVAILABLE", "incremental"],
      [2, "UPSTREAM_UNAVAILABLE", "incremental"],
      [3, undefined, "incremental"],
    ]);
  });

  test("has an unknown outcome as a write without a key, and is repeated with one (F35)", async () => {
    const { ListPayments, calls } = script(unavailable, unavailable);
    await using server = await startLedger({ ListPayments });
    await using upstream = open(server);
    const error = await failureOf(upstream.write());
    expect([error.code, calls()]).toEqual(["OUTCOME_UNKNOWN", 1]);
    await upstream.write({ idempotencyKey: "k" });
    expect(calls()).toBe(3);
  });

  test("that was not processed is repeated as a write too", async () => {
    let port = 0;
    await using first = await startLedger({});
    port = Number(new URL(first.url).port);
    first.server.forceShutdown();
    let attempts = 0;
    await using upstream = open(first, { random: () => 0 });
    let server: Ledger | undefined;
    const answered = upstream.write({
      async run(channel, limits) {
        attempts += 1;
        if (attempts === 2) server = await startLedger({ ...script() }, { port });
        return channel.unary(LIST, limits);
      },
    });
    expect((await answered).metadata["grpc-status"]).toBe("0");
    expect(attempts).toBe(2);
    await server?.[Symbol.asyncDispose]();
  });

  test("that is refused with pushback closes the budget for every lane and protocol (F35)", async () => {
    const { ListPayments, calls } = script((done) =>
      done({ code: 8, metadata: metadata({ "grpc-retry-pushback-ms": "600000" }) }),
    );
    await using server = await startLedger({ ListPayments });
    const closed: string[] = [];
    await using upstream = open(server, { onClosed: ({ bucket }) => closed.push(bucket) });
    const refused = await failureOf(upstream.list());
    expect([refused.code, refused.retryAfterMs]).toEqual(["UPSTREAM_RATE_LIMITED", 600_000]);
    const later = await failureOf(upstream.client("interactive").call(listing, FOREVER));
    const http = await failureOf(upstream.client("write").send({ method: "GET", path: "/", headers: {} }, FOREVER));
    expect([later.code, http.code, calls(), closed]).toEqual([
      "UPSTREAM_RATE_LIMITED",
      "UPSTREAM_RATE_LIMITED",
      1,
      ["calls"],
    ]);
  });

  test.each([
    ["UNAVAILABLE with pushback closes it too", 14, "600000", true],
    ["pushback that forbids to repeat this call", 14, "-1", false],
    ["pushback of a locked object", 10, "600000", false],
  ])("%s: %s %s", async (_name, code, pushback, isClosed) => {
    const answer = (done: Answer): void => done({ code, metadata: metadata({ "grpc-retry-pushback-ms": pushback }) });
    await using server = await startLedger({ ListPayments: script(answer).ListPayments });
    await using upstream = open(server);
    expect((await failureOf(upstream.list())).code).toBe("UPSTREAM_UNAVAILABLE");
    expect(upstream.budget.buckets().some(({ closedForMs }) => closedForMs > 0)).toBe(isClosed);
  });

  test("costs what the policy says of its name", async () => {
    await using server = await startLedger({ ListPayments: script().ListPayments });
    const named: string[] = [];
    const budget = {
      buckets: { reads: { requestsPerSecond: 1_000 }, writes: { requestsPerSecond: 1_000 } },
      maxConcurrent: 5,
      costs: () => [],
      callCosts(name: string) {
        named.push(name);
        return [{ bucket: "reads", weight: 2 }];
      },
    };
    await using upstream = open(server, { budget });
    await upstream.list();
    expect([named, upstream.budget.buckets().map(({ name }) => name)]).toEqual([[LIST.path], ["reads"]]);
  });

  test("opens the circuit with the others, so that a failing upstream is left alone", async () => {
    let calls = 0;
    await using server = await startLedger({
      ListPayments(_call, done) {
        calls += 1;
        unavailable(done);
      },
    });
    await using upstream = open(server);
    await Promise.all(Array.from({ length: 100 }, () => failureOf(upstream.list())));
    expect(upstream.breaker()).toBe("OPEN");
    expect(calls).toBeLessThanOrEqual(10 + 10); // the number to open it, and as many in progress
  });

  test("of another connector's channel is our mistake", async () => {
    await using server = await startLedger({});
    await using upstream = open(server);
    expect((await failureOf(upstream.write({ via: { ...ledgerChannel } }))).code).toBe("INTERNAL");
  });

  test("uses changed credentials from the next call on", async () => {
    const seen: string[] = [];
    await using server = await startLedger({
      ListPayments(call, done) {
        seen.push(String(call.metadata.get("authorization")[0]));
        done(null, {});
      },
    });
    await using upstream = open(server);
    await upstream.list();
    const settings = { budget: singleBucket(LIMITS), networks: [] };
    upstream.change({ ...settings, channel: { kind: ledgerChannel, config: { token: "t1" } } });
    upstream.change({ ...settings, channel: { kind: ledgerChannel, config: { token: "t2" } } });
    await upstream.list();
    expect(seen).toEqual(["t1", "t2"]);
  });
});

describe("a followed stream", () => {
  /** Sends its headers and one message, and stays open. */
  const lasting: LedgerHandlers = {
    WatchPayments: (call) => void call.write({ id: "p1" }),
    ListPayments: (_call, done) => done(null, {}),
  };

  test("is opened by its first message, and holds no slot of ordinary calls", async () => {
    await using server = await startLedger(lasting);
    await using upstream = open(server, { budget: singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 1 }) });
    const streams = [upstream.watch(), upstream.watch()];
    expect(upstream.observed).toEqual([]);
    for (const stream of streams) expect((await stream.next()).done).toBe(false);
    await upstream.list();
    expect(upstream.budget.permits.load().calls).toBe(0);
    expect(upstream.observed.map(({ code }) => code)).toEqual([undefined, undefined, undefined]);
    for (const stream of streams) await stream.return?.();
  });

  test("is opened again like a read, and not repeated once it is open (F35)", async () => {
    let opened = 0;
    await using server = await startLedger({
      WatchPayments(call) {
        opened += 1;
        if (opened > 1) call.write({ id: "p1" });
        call.emit("error", { code: 14, metadata: metadata({ "grpc-retry-pushback-ms": opened > 1 ? "600000" : "1" }) });
      },
    });
    await using upstream = open(server);
    const stream = upstream.watch();
    expect((await stream.next()).done).toBe(false);
    const error = await failureOf(stream.next());
    expect([error.code, error.retryAfterMs, opened]).toEqual(["UPSTREAM_UNAVAILABLE", 600_000, 2]);
    expect(upstream.budget.buckets()[0]?.closedForMs).toBeGreaterThan(500_000);
  });

  test("ends when it is silent for too long, and tells the upstream", async () => {
    const left = Promise.withResolvers<void>();
    await using server = await startLedger({
      WatchPayments(call) {
        call.on("cancelled", left.resolve);
        call.write({ id: "p1" });
      },
    });
    await using upstream = open(server);
    const stream = upstream.watch({ silenceTimeoutMs: 100 });
    await stream.next();
    const error = await failureOf(stream.next());
    expect([error.code, error.message]).toEqual([
      "UPSTREAM_UNAVAILABLE",
      "[UPSTREAM_UNAVAILABLE] the stream brought no message within 100 ms",
    ]);
    await left.promise;
  });

  test("ends with its caller's signal, even while no message comes", async () => {
    const caller = new AbortController();
    await using server = await startLedger(lasting);
    await using upstream = open(server);
    const stream = upstream.watch({}, caller.signal);
    await stream.next();
    const next = failureOf(stream.next());
    caller.abort();
    expect((await next).code).toBe("CANCELED");
  });

  test("ends when the settings of its source change, so that it is opened with the new ones", async () => {
    await using server = await startLedger(lasting);
    await using upstream = open(server);
    const stream = upstream.watch();
    await stream.next();
    const next = failureOf(stream.next());
    upstream.change({
      budget: singleBucket(LIMITS),
      networks: [],
      channel: { kind: ledgerChannel, config: { token: "t2" } },
    });
    const error = await next;
    expect([error.code, error.retryable]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
    expect((await upstream.watch().next()).done).toBe(false);
  });

  test("does not delay the end of the upstream, whether it is read at that moment or not", async () => {
    await using server = await startLedger(lasting);
    const upstream = open(server, { graceMs: 100_000 });
    const [waiting, left] = [upstream.watch(), upstream.watch()];
    await Promise.all([waiting.next(), left.next()]);
    const next = failureOf(waiting.next());
    await upstream.close();
    expect((await next).code).toBe("CANCELED");
    expect((await failureOf(left.next())).code).toBe("CANCELED");
  });

  test("keeps its upstream open in the pool for as long as it lasts", async () => {
    await using server = await startLedger(lasting);
    const pool = createUpstreamPool({ idleMs: 1 });
    const settings = {
      budget: singleBucket(LIMITS),
      networks: [],
      channel: { kind: ledgerChannel, config: { token: "t" } },
    };
    const create = () => createUpstream({ target: { baseUrl: server.url, credential: "key" }, ...settings });
    const client = pool.client({ credential: "key", settings: () => settings, create }, "incremental", "acme");
    const stream = client.follow(watching, FOREVER)[Symbol.asyncIterator]();
    await stream.next();
    await client.call(listing, FOREVER);
    expect(pool.open.size).toBe(1);
    await stream.return?.();
    await eventually("the upstream to be closed", () => pool.open.size === 0);
    await pool.close();
  });
});
