import type { ServerHttp2Stream } from "node:http2";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { startHttpServer } from "../../../test/helpers/local-server.ts";
import { metadata, startLedger } from "./fixtures/ledger-server.ts";
import { type RawServer, startRaw } from "./fixtures/raw-server.ts";
import { failureOf, LIMITS, LIST, openChannel, WATCH } from "./fixtures/open-channel.ts";

const ANSWER = { ":status": 200, "content-type": "application/grpc" } as const;
const [REFUSED_STREAM, INTERNAL_ERROR, CANCEL, CALM] = [7, 2, 8, 11];

/** Answers with one message that has no bytes. */
function succeed(stream: ServerHttp2Stream): void {
  stream.respond(ANSWER, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(Buffer.of(0, 0, 0, 0, 0));
}

/** The failure of one unary call. */
async function failureAt({ url }: RawServer) {
  await using channel = openChannel(url);
  const error = await failureOf(channel.unary(LIST, LIMITS));
  return [error.code, error.call.notProcessed === true];
}

describe("a gRPC call that the server resets (F35)", () => {
  test.each([
    ["REFUSED_STREAM: it was not processed", REFUSED_STREAM, "UPSTREAM_UNAVAILABLE", true],
    ["INTERNAL_ERROR: it may have been processed", INTERNAL_ERROR, "UPSTREAM_UNAVAILABLE", false],
    ["CANCEL", CANCEL, "UPSTREAM_UNAVAILABLE", false],
    ["ENHANCE_YOUR_CALM: a limit is reached", CALM, "UPSTREAM_RATE_LIMITED", false],
  ])("with %s", async (_name, code, expected, notProcessed) => {
    await using server = await startRaw((stream) => stream.close(code));
    expect(await failureAt(server)).toEqual([expected, notProcessed]);
  });

  test("within the answer is a failure, and never a short answer", async () => {
    await using server = await startRaw((stream) => {
      stream.respond(ANSWER);
      stream.write(Buffer.of(0, 0, 0, 0, 2, 8, 1), () => stream.close(INTERNAL_ERROR));
    });
    expect(await failureAt(server)).toEqual(["UPSTREAM_UNAVAILABLE", false]);
  });

  test("with NO_ERROR and without a status is a failure", async () => {
    await using server = await startRaw((stream) => {
      stream.respond(ANSWER);
      stream.end(Buffer.of(0, 0, 0, 0, 0));
    });
    expect(await failureAt(server)).toEqual(["UPSTREAM_UNAVAILABLE", false]);
  });
});

describe("a connection that the server ends with GOAWAY (F35)", () => {
  test.each([
    ["NO_ERROR", 0],
    ["INTERNAL_ERROR", INTERNAL_ERROR],
  ])("and %s: a call above its last stream was not processed", async (_name, code) => {
    await using server = await startRaw((stream) => {
      if (stream.id === 1) return succeed(stream);
      return stream.session?.goaway(code, 1);
    });
    await using channel = openChannel(server.url);
    await channel.unary(LIST, LIMITS);
    const error = await failureOf(channel.unary(LIST, LIMITS));
    expect([error.code, error.call.notProcessed]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
  });

  test("and an error: a call that it names as processed may have been", async () => {
    await using server = await startRaw((stream) => stream.session?.goaway(INTERNAL_ERROR, stream.id ?? 0));
    expect(await failureAt(server)).toEqual(["UPSTREAM_UNAVAILABLE", false]);
  });

  test("gracefully: calls in flight end, and the next one opens another connection", async () => {
    const sessions = new Set<unknown>();
    await using server = await startRaw((stream) => {
      sessions.add(stream.session);
      stream.session?.close(); // sends GOAWAY and waits for this stream
      succeed(stream);
    });
    await using channel = openChannel(server.url);
    for (let call = 0; call < 3; call++) {
      expect((await channel.unary(LIST, LIMITS)).message.length).toBe(0);
    }
    expect(sessions.size).toBe(3);
  });
});

describe("a connection that one side closes (F35)", () => {
  test("by us after the request: the server has seen its end before it answers", async () => {
    const ended: boolean[] = [];
    await using server = await startRaw((stream) => {
      stream.resume().on("end", () => {
        ended.push(stream.readableEnded);
        succeed(stream);
      });
    });
    await using channel = openChannel(server.url);
    expect((await channel.unary(LIST, LIMITS)).metadata["grpc-status"]).toBe("0");
    expect(ended).toEqual([true]);
  });

  test("by a server that has answered without reading the request is a success", async () => {
    await using server = await startRaw(succeed);
    await using channel = openChannel(server.url);
    const request = { ...LIST, message: new Uint8Array(1024 * 1024) }; // more than the server's window
    expect((await channel.unary(request, LIMITS)).metadata["grpc-status"]).toBe("0");
  });

  test("by grpc-js, gracefully: a stream is read to its end, and the next call needs another connection", async () => {
    const release = Promise.withResolvers<void>();
    await using server = await startLedger({
      ListPayments: (_call, done) => done(null, {}),
      async WatchPayments(call) {
        call.write({ id: "p1" });
        await release.promise;
        call.write({ id: "p2" }, () => call.end());
      },
    });
    await using channel = openChannel(server.url);
    const stream = await channel.serverStream(WATCH, LIMITS);
    expect((await stream.next()).done).toBe(false);
    const closed = new Promise((resolve) => server.server.tryShutdown(resolve)); // sends GOAWAY
    release.resolve();
    expect((await stream.next()).done).toBe(false);
    expect((await stream.next()).done).toBe(true);
    await closed;
    const error = await failureOf(channel.unary(LIST, LIMITS));
    expect([error.code, error.call.notProcessed]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
  });
});

describe("a server stream that fails (F35)", () => {
  test("with UNAVAILABLE in its middle yields what came before, then throws", async () => {
    await using server = await startLedger({
      WatchPayments(call) {
        call.write({ id: "p1" });
        call.emit("error", {
          code: 14,
          details: "going down",
          metadata: metadata({ "grpc-retry-pushback-ms": "700" }),
        });
      },
    });
    await using channel = openChannel(server.url);
    const stream = await channel.serverStream(WATCH, LIMITS);
    expect((await stream.next()).done).toBe(false);
    const error = await failureOf(stream.next());
    expect([error.code, error.retryAfterMs, error.message]).toEqual([
      "UPSTREAM_UNAVAILABLE",
      700,
      "[UPSTREAM_UNAVAILABLE] the upstream answered 14 (UNAVAILABLE), that it is not available",
    ]);
  });

  test("at once is refused as it is opened", async () => {
    await using server = await startLedger({
      WatchPayments: (call) => void call.emit("error", { code: 16, details: "who are you" }),
    });
    await using channel = openChannel(server.url);
    expect((await failureOf(channel.serverStream(WATCH, LIMITS))).code).toBe("UPSTREAM_UNAUTHORIZED");
  });

  test("with its connection ends with a typed error", async () => {
    await using server = await startRaw((stream) => {
      stream.respond(ANSWER);
      stream.write(Buffer.of(0, 0, 0, 0, 0), () => stream.session?.destroy());
    });
    await using channel = openChannel(server.url);
    const stream = await channel.serverStream(WATCH, LIMITS);
    expect((await stream.next()).done).toBe(false);
    expect((await failureOf(stream.next())).code).toBe("UPSTREAM_UNAVAILABLE");
  });
});

describe("RESOURCE_EXHAUSTED with pushback (F35)", () => {
  test.each([
    ["1500", 1_500, false],
    ["-1", 3_600_000, true],
  ])("%s", async (pushback, retryAfterMs, pausesOnlyCall) => {
    const trailers = metadata({ "grpc-retry-pushback-ms": pushback });
    await using server = await startLedger({
      ListPayments: (_call, done) => done({ code: 8, details: "slow down", metadata: trailers }),
    });
    await using channel = openChannel(server.url);
    const error = await failureOf(channel.unary(LIST, LIMITS));
    expect([error.code, error.retryAfterMs, error.call.pausesOnlyCall === true]).toEqual([
      "UPSTREAM_RATE_LIMITED",
      retryAfterMs,
      pausesOnlyCall,
    ]);
  });
});

describe("an answer that is no gRPC", () => {
  test.each([
    [200, "UPSTREAM_UNAVAILABLE"],
    [401, "UPSTREAM_UNAUTHORIZED"],
    [503, "UPSTREAM_UNAVAILABLE"],
  ])("of a proxy with status %i and a page is never a success", async (status, expected) => {
    await using server = await startRaw((stream) => {
      stream.respond({ ":status": status, "content-type": "text/html" });
      stream.end("<html>".repeat(100_000));
    });
    expect(await failureAt(server)).toEqual([expected, false]);
  });

  test("of an HTTP/1.1 server", async () => {
    await using server = await startHttpServer((_request, response) => void response.end("hello"));
    expect((await failureAt(server))[0]).toBe("UPSTREAM_UNAVAILABLE");
  });

  test.each<[string, readonly number[], string]>([
    ["a message above the limit, as soon as its length is known", [0, 255, 255, 255, 255], "UPSTREAM_MALFORMED"],
    ["an invalid flag", [7, 0, 0, 0, 0], "UPSTREAM_MALFORMED"],
    ["a compression that was not offered", [1, 0, 0, 0, 1, 9], "UPSTREAM_MALFORMED"],
    ["two messages of a unary call", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "UPSTREAM_MALFORMED"],
    ["no message", [], "UPSTREAM_GARBLED"],
    ["an end within a message", [0, 0, 0, 0, 2, 8], "UPSTREAM_GARBLED"],
  ])("with %s (F36)", async (_name, bytes, expected) => {
    await using server = await startRaw((stream) => {
      stream.respond(ANSWER, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.from(bytes));
    });
    expect(await failureAt(server)).toEqual([expected, false]);
  });

  test("with a message of 5 MiB by grpc-js (F36)", async () => {
    await using server = await startLedger(
      { ListPayments: (_call, done) => done(null, { next_page_token: "x".repeat(5 * 1024 * 1024) }) },
      { options: { "grpc.max_send_message_length": -1 } },
    );
    await using channel = openChannel(server.url);
    const error = await failureOf(channel.unary(LIST, LIMITS));
    expect([error.code, error.publicMessage]).toEqual([
      "UPSTREAM_MALFORMED",
      "a message of the answer must not exceed 4194304 bytes",
    ]);
    await using wide = openChannel(server.url, { maxMessageBytes: 8 * 1024 * 1024 });
    expect((await wide.unary(LIST, LIMITS)).message.length).toBeGreaterThan(5 * 1024 * 1024);
  });

  test("with a compressed message is read, up to the limit (F36)", async () => {
    const text = Buffer.alloc(10_000, "p");
    const data = gzipSync(text);
    await using server = await startRaw((stream) => {
      stream.respond({ ...ANSWER, "grpc-encoding": "gzip" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.concat([Buffer.of(1, 0, 0, 0, data.length), data]));
    });
    await using channel = openChannel(server.url);
    expect(Buffer.from((await channel.unary(LIST, LIMITS)).message).equals(text)).toBe(true);
    await using small = openChannel(server.url, { maxMessageBytes: 9_999 });
    expect((await failureOf(small.unary(LIST, LIMITS))).publicMessage).toBe(
      "a message of the answer must not exceed 9999 bytes",
    );
  });
});
