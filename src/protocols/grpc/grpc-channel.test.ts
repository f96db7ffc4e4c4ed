import { once } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../../test/helpers/eventually.ts";
import { metadata, startLedger, type LedgerHandlers } from "./fixtures/ledger-server.ts";
import { failureOf, LIMITS, LIST, openChannel, WATCH } from "./fixtures/open-channel.ts";

const hex = (message: Uint8Array): string => Buffer.from(message).toString("hex");
/** A server that never answers. */
const silent: LedgerHandlers = { ListPayments: () => undefined, WatchPayments: () => undefined };

describe("a gRPC channel to a server of grpc-js", () => {
  test("returns the message of a unary call as bytes, and its metadata", async () => {
    await using server = await startLedger({
      ListPayments: (call, done) => {
        const trailers = metadata({ echoed: String(call.metadata.get("authorization")[0]) });
        done(null, { payments: [{ id: "p1", amount_minor: "5" }] }, trailers);
      },
    });
    await using channel = openChannel(server.url, { metadata: { authorization: "Bearer secret" } });
    const answer = await channel.unary(LIST, LIMITS);
    expect(hex(answer.message)).toBe("0a060a0270311005");
    expect(answer.metadata).toMatchObject({ "grpc-status": "0", echoed: "Bearer secret" });
  });

  test("yields the messages of a server stream, and ends with it", async () => {
    await using server = await startLedger({
      WatchPayments: (call) => {
        for (const id of ["p1", "p2", "p3"]) call.write({ id });
        call.end();
      },
    });
    await using channel = openChannel(server.url);
    const messages = await Array.fromAsync(await channel.serverStream(WATCH, LIMITS));
    expect(messages.map(hex)).toEqual(["0a027031", "0a027032", "0a027033"]);
  });

  test("shares one connection among its calls, and opens another one after the server has restarted", async () => {
    const answer: LedgerHandlers = { ListPayments: (_call, done) => done(null, {}) };
    await using first = await startLedger(answer);
    await using channel = openChannel(first.url);
    await Promise.all(Array.from({ length: 20 }, () => channel.unary(LIST, LIMITS)));
    first.server.forceShutdown();
    const lost = await failureOf(channel.unary(LIST, LIMITS));
    expect([lost.code, lost.call.notProcessed]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
    await using _second = await startLedger(answer, { port: Number(new URL(first.url).port) });
    expect((await channel.unary(LIST, LIMITS)).metadata["grpc-status"]).toBe("0");
  });

  test("refuses metadata that is not its own to set, without showing its value", () => {
    for (const name of ["Authorization", "grpc-timeout", "te", ":path"]) {
      expect(() => openChannel("http://127.0.0.1:1", { metadata: { [name]: "s3cret" } })).toThrow(
        /^\[INVALID_INPUT\] metadata "[^"]*" must be named (?!.*s3cret)/,
      );
    }
    expect(() => openChannel("http://127.0.0.1:1", { metadata: { key: "s3cret\n" } })).toThrow(
      /must have a value of printable ASCII$/,
    );
  });
});

describe("the deadline of a gRPC call (F35)", () => {
  test("reaches the server, and ends the call when nothing is answered", async () => {
    const deadline = Promise.withResolvers<number>();
    await using server = await startLedger({
      ListPayments: (call) => deadline.resolve(Number(call.getDeadline()) - Date.now()),
    });
    await using channel = openChannel(server.url);
    const error = await failureOf(channel.unary(LIST, { ...LIMITS, timeoutMs: 1_500 }));
    expect([error.code, error.publicMessage]).toEqual([
      "UPSTREAM_UNAVAILABLE",
      expect.stringMatching(/^the upstream (?:did not answer in time|answered that its deadline was exceeded)$/),
    ]);
    expect(await deadline.promise).toBeLessThanOrEqual(1_500);
  });

  test("ends a stream that does not open, and not one that has opened", async () => {
    await using server = await startLedger({
      ...silent,
      WatchPayments(call) {
        call.sendMetadata(metadata({}));
        setTimeout(() => call.write({ id: "p1" }, () => call.end()), 1_500);
      },
    });
    await using channel = openChannel(server.url);
    const stream = await channel.serverStream(WATCH, { ...LIMITS, timeoutMs: 1_000 });
    expect((await Array.fromAsync(stream)).length).toBe(1);
    await using quiet = await startLedger(silent);
    await using waiting = openChannel(quiet.url);
    const error = await failureOf(waiting.serverStream(WATCH, { ...LIMITS, timeoutMs: 200 }));
    expect(error.message).toContain("did not open the stream within 200 ms");
  });

  test("does not wait for headers of a server that may be silent", async () => {
    const release = Promise.withResolvers<void>();
    await using server = await startLedger({
      WatchPayments: (call) => void release.promise.then(() => call.write({ id: "p1" }, () => call.end())),
    });
    await using channel = openChannel(server.url);
    const stream = await channel.serverStream({ ...WATCH, mayBeSilent: true }, LIMITS);
    release.resolve();
    expect((await Array.fromAsync(stream)).map(hex)).toEqual(["0a027031"]);
  });

  test("counts from the beginning of the connection", async () => {
    await using channel = openChannel("http://192.0.2.1:1", { networks: ["192.0.2.0/24"], connectTimeoutMs: 60_000 });
    const error = await failureOf(channel.unary(LIST, { ...LIMITS, timeoutMs: 100 }));
    expect(error.code).toBe("UPSTREAM_UNAVAILABLE");
  });
});

describe("leaving a gRPC call", () => {
  test("by its signal cancels it at the server", async () => {
    const canceled = Promise.withResolvers<void>();
    const caller = new AbortController();
    await using server = await startLedger({
      ListPayments(call) {
        call.on("cancelled", canceled.resolve);
        caller.abort();
      },
    });
    await using channel = openChannel(server.url);
    expect((await failureOf(channel.unary(LIST, { ...LIMITS, signal: caller.signal }))).code).toBe("CANCELED");
    await canceled.promise;
  });

  test("by leaving the iteration cancels it at the server, although no message comes", async () => {
    const canceled = Promise.withResolvers<void>();
    await using server = await startLedger({
      WatchPayments(call) {
        call.on("cancelled", canceled.resolve);
        call.write({ id: "p1" });
      },
    });
    await using channel = openChannel(server.url);
    for await (const message of await channel.serverStream(WATCH, LIMITS)) {
      expect(hex(message)).toBe("0a027031");
      break;
    }
    await canceled.promise;
  });
});

describe("flow control of a gRPC stream", () => {
  test("makes the server wait for a reader that does not read: 1 GB offered, little of it received (F35)", async () => {
    const chunk = Buffer.alloc(64 * 1024, 1);
    const total = 1024 * 1024 * 1024;
    let taken = 0;
    let isWaiting = false;
    await using server = await startLedger({
      async WatchPayments(call) {
        call.on("cancelled", () => call.emit("drain"));
        while (taken < total && !call.cancelled) {
          isWaiting = !call.write({ blob: chunk });
          taken += chunk.length;
          if (isWaiting) await once(call, "drain");
          isWaiting = false;
        }
      },
      ListPayments: (_call, done) => done(null, {}),
    });
    await using channel = openChannel(server.url);
    const before = process.memoryUsage();
    const stream = await channel.serverStream(WATCH, LIMITS);
    await stream.next();
    await eventually("the server to wait", () => isWaiting);
    await channel.unary(LIST, LIMITS); // another call of the same connection is not in the way
    await channel.unary(LIST, LIMITS);
    const after = process.memoryUsage();
    expect(isWaiting).toBe(true);
    expect(taken).toBeLessThan(8 * 1024 * 1024); // both sides run in this process, with their buffers
    expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(64 * 1024 * 1024);
    for (let read = 0; read < 64; read++) await stream.next();
    expect(taken).toBeGreaterThan(64 * chunk.length); // it goes on as it is read
    await stream.return?.();
  });
});
