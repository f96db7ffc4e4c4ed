import { once } from "node:events";
import {
  connect,
  createServer,
  type ClientHttp2Session,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_PAUSE_MS } from "../pause.ts";
import { classifyGrpcStatus } from "./classify-status.ts";
import { pushbackMs } from "./pushback.ts";
import { grpcStatus } from "./status.ts";

describe("gRPC pushback (F35)", () => {
  test.each<[string | undefined, number | "never" | undefined]>([
    [undefined, undefined],
    ["0", 0],
    ["1", 1],
    ["1500", 1500],
    ["2147483647", 2_147_483_647],
    ["2147483648", "never"],
    ["9999999999", "never"],
    ["-1", "never"],
    ["-0", "never"],
    ["", "never"],
    [" 5", "never"],
    ["007", "never"],
    ["1.5", "never"],
    ["1e3", "never"],
    ["soon", "never"],
    ["10,20", "never"],
  ])("%j means %s", (text, expected) => {
    expect(pushbackMs(text === undefined ? {} : { "grpc-retry-pushback-ms": text })).toBe(expected);
  });

  test("any text is a 32-bit number that is not negative, or never", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.maxSafeInteger().map(String)), (text) => {
        const pushback = pushbackMs({ "grpc-retry-pushback-ms": text });
        const isInt32 = /^(?:0|[1-9]\d*)$/.test(text) && Number(text) < 2 ** 31;
        expect(pushback).toBe(isInt32 ? Number(text) : "never");
      }),
    );
  });
});

describe("a gRPC status", () => {
  test.each([
    [1, "UPSTREAM_UNAVAILABLE"],
    [2, "UPSTREAM_UNAVAILABLE"],
    [3, "UPSTREAM_REJECTED"],
    [4, "UPSTREAM_UNAVAILABLE"],
    [5, "UPSTREAM_REJECTED"],
    [6, "UPSTREAM_REJECTED"],
    [7, "UPSTREAM_UNAUTHORIZED"],
    [8, "UPSTREAM_RATE_LIMITED"],
    [9, "UPSTREAM_REJECTED"],
    [10, "UPSTREAM_UNAVAILABLE"],
    [11, "UPSTREAM_REJECTED"],
    [12, "UPSTREAM_REJECTED"],
    [13, "UPSTREAM_UNAVAILABLE"],
    [14, "UPSTREAM_UNAVAILABLE"],
    [15, "UPSTREAM_REJECTED"],
    [16, "UPSTREAM_UNAUTHORIZED"],
    [17, "UPSTREAM_UNAVAILABLE"],
    [99, "UPSTREAM_UNAVAILABLE"],
  ])("status %i is %s", (code, expected) => {
    expect(classifyGrpcStatus(code, "")?.code).toBe(expected);
  });

  test("only NOT_FOUND says that the object does not exist", () => {
    const codes = Array.from({ length: 17 }, (_, code) => code);
    expect(codes.filter((code) => classifyGrpcStatus(code, "")?.call.isNotFound === true)).toEqual([5]);
  });

  test("status 0 is not a failure", () => {
    expect(classifyGrpcStatus(0, "")).toBeUndefined();
  });

  test("the upstream's message appears in no error", () => {
    const error = classifyGrpcStatus(13, "secret of a customer");
    expect([error?.message, error?.publicMessage]).toEqual([
      "[UPSTREAM_UNAVAILABLE] the upstream answered 13 (INTERNAL), with an internal failure",
      "the upstream answered with an internal failure",
    ]);
  });

  test.each([
    "grpc: received message larger than max (5000000 vs. 4194304)",
    "Received message larger than max (5000000 vs 4194304)",
    "gRPC message exceeds maximum size 4194304: 5000000",
  ])("of a message that is too large is not a rate limit: %s (F36)", (message) => {
    expect(classifyGrpcStatus(8, message)).toMatchObject({ code: "UPSTREAM_REJECTED", retryable: false });
  });

  test.each<[number | "never" | undefined, number | undefined]>([
    [undefined, undefined],
    [0, undefined],
    [250, 250],
    [2_147_483_647, MAX_PAUSE_MS],
    ["never", MAX_PAUSE_MS],
  ])("with pushback %s requests a pause of %s ms (F35)", (pushback, expected) => {
    expect(classifyGrpcStatus(8, "", pushback)?.retryAfterMs).toBe(expected);
    expect(classifyGrpcStatus(14, "", pushback)).toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      retryAfterMs: expected,
    });
  });
});

interface Ending {
  readonly httpStatus: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Makes one call to a real server and returns its trailers, or its headers if it has no others. */
async function call(headers: OutgoingHttpHeaders, trailers: OutgoingHttpHeaders | undefined): Promise<Ending> {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream) => {
    if (trailers === undefined) return stream.respond(headers, { endStream: true });
    stream.respond(headers, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers(trailers));
    return stream.end(Buffer.of(0, 0, 0, 0, 0)); // one empty message
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await ending(session);
  } finally {
    session.close();
    server.close();
    await once(server, "close");
  }
}

async function ending(session: ClientHttp2Session): Promise<Ending> {
  const stream = session.request({
    ":method": "POST",
    ":path": "/bank.v1.Ledger/List",
    "content-type": "application/grpc",
  });
  const received: Record<string, unknown> = {};
  stream.on("response", (headers) => Object.assign(received, headers));
  stream.on("trailers", (trailers) => Object.assign(received, trailers));
  stream.resume().end();
  await once(stream, "close");
  const metadata = Object.fromEntries(Object.entries(received).map(([name, value]) => [name, String(value)]));
  return { httpStatus: Number(received[":status"]), metadata };
}

function classified({ httpStatus, metadata }: Ending) {
  const { code, message } = grpcStatus(metadata, httpStatus);
  return { message, error: classifyGrpcStatus(code, message, pushbackMs(metadata)) };
}

describe("how a real HTTP/2 server ends a call (F35)", () => {
  const OK = { ":status": 200, "content-type": "application/grpc" };

  test("trailers: a rate limit with its pause", async () => {
    const trailers = { "grpc-status": "8", "grpc-message": "slow%20down %E2%8F%B3", "grpc-retry-pushback-ms": "1500" };
    const { message, error } = classified(await call(OK, trailers));
    expect(message).toBe("slow down ⏳");
    expect([error?.code, error?.retryAfterMs]).toEqual(["UPSTREAM_RATE_LIMITED", 1_500]);
  });

  test("trailers: an outage with pushback never", async () => {
    const { error } = classified(await call(OK, { "grpc-status": "14", "grpc-retry-pushback-ms": "-1" }));
    expect([error?.code, error?.retryAfterMs]).toEqual(["UPSTREAM_UNAVAILABLE", MAX_PAUSE_MS]);
    expect(error?.message).toContain("asked not to be called again");
  });

  test("trailers: success", async () => {
    expect(classified(await call(OK, { "grpc-status": "0" })).error).toBeUndefined();
  });

  test("headers alone", async () => {
    const { error } = classified(await call({ ...OK, "grpc-status": "16", "grpc-message": "%zz" }, undefined));
    expect(error?.code).toBe("UPSTREAM_UNAUTHORIZED");
  });

  test.each([
    [200, "UPSTREAM_UNAVAILABLE"],
    [400, "UPSTREAM_UNAVAILABLE"],
    [401, "UPSTREAM_UNAUTHORIZED"],
    [403, "UPSTREAM_UNAUTHORIZED"],
    [404, "UPSTREAM_REJECTED"],
    [429, "UPSTREAM_UNAVAILABLE"],
    [503, "UPSTREAM_UNAVAILABLE"],
    [500, "UPSTREAM_UNAVAILABLE"],
  ])("no gRPC status at all and HTTP %i: %s, never a success", async (status, expected) => {
    expect(classified(await call({ ":status": status }, undefined)).error?.code).toBe(expected);
  });

  test.each(["", "x", "-1", "123", "1.5"])("an invalid status %j: not a success", async (status) => {
    expect(grpcStatus({ "grpc-status": status }, 200).code).toBe(2);
  });
});
