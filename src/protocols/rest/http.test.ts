import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, LookupFunction, Socket } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { startHttpServer, startRawServer } from "../../../test/helpers/local-server.ts";
import { ServiceError } from "../../domain/error.ts";
import { neverLeft } from "./failure.ts";
import { createHttp, type Http, type HttpLimits, type HttpOptions, type HttpRequest } from "./http.ts";

const GET: HttpRequest = { method: "GET", path: "/things", headers: {} };
const limits = (overrides: Partial<HttpLimits> = {}): HttpLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 5_000,
  maxBytes: 1_000_000,
  ...overrides,
});

function open(baseUrl: string, options: Partial<HttpOptions> = {}): Http & AsyncDisposable {
  const http = createHttp({ baseUrl, connections: 4, ...options });
  return { ...http, [Symbol.asyncDispose]: () => http.close() };
}

async function failure(answer: Promise<unknown>): Promise<ServiceError> {
  const reason: unknown = await answer.then(
    () => new Error("it was answered"),
    (error: unknown) => error,
  );
  if (reason instanceof ServiceError) return reason;
  throw reason;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

describe("a response of an upstream", () => {
  test("arrives completely, for the given request below the base URL's prefix", async () => {
    const seen: string[] = [];
    await using server = await startHttpServer((request, response) => {
      request.setEncoding("utf8").on("data", (data: string) => seen.push(data));
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${String(request.headers["x-key"])}`);
        response.writeHead(201, { "X-Request-Id": "r1", "set-cookie": ["a=1", "b=2"] }).end("done");
      });
    });
    await using http = open(`${server.url}/api/`);
    const before = Date.now();
    const answer = await http.send(
      { method: "POST", path: "/things?limit=1", headers: { "X-Key": "k" }, body: "a=1" },
      limits(),
    );
    expect(seen).toEqual(["a=1", "POST /api/things?limit=1 k"]);
    expect([answer.status, answer.headers["x-request-id"], text(answer.body)]).toEqual([201, "r1", "done"]);
    expect(answer.headers["set-cookie"]).toBe("a=1, b=2");
    expect(answer.sentAtMs).toBeGreaterThanOrEqual(before);
    expect(answer.sentAtMs).toBeLessThanOrEqual(Date.now());
    expect(answer.durationMs).toBeGreaterThan(0);
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ] as const)("in %s is decompressed within its size limit", async (encoding, compress) => {
    const small = compress('{"a":1}');
    const bomb = compress(Buffer.alloc(3_000_000));
    await using server = await startHttpServer((request, response) => {
      const body = request.url === "/bomb" ? bomb : request.url === "/cut" ? small.subarray(0, -5) : small;
      response.setHeader("content-encoding", encoding);
      response.end(body);
    });
    await using http = open(server.url);
    expect(text((await http.send(GET, limits())).body)).toBe('{"a":1}');
    expect((await failure(http.send({ ...GET, path: "/bomb" }, limits()))).code).toBe("UPSTREAM_MALFORMED");
    expect((await failure(http.send({ ...GET, path: "/cut" }, limits()))).code).toBe("UPSTREAM_GARBLED");
  });

  test("that never ends is read up to the size limit, and its socket is closed", async () => {
    await using server = await startHttpServer((_request, response) => {
      const more = (): void => void response.write("x".repeat(65_536), (error) => !error && more());
      more();
    });
    await using http = open(server.url);
    const error = await failure(http.send(GET, limits({ maxBytes: 200_000 })));
    expect([error.code, error.publicMessage]).toEqual([
      "UPSTREAM_MALFORMED",
      "the answer must not exceed 200000 bytes",
    ]);
    await server.allClosed();
    expect(server.sockets.size).toBe(0);
  });
});

function drip(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 1_000);
  socket.once("close", () => clearInterval(timer));
}

describe("an upstream that does not respond (F24)", () => {
  test.each([
    ["never", (): void => {}],
    [
      "with one byte a second of a body",
      (socket: Socket): void => {
        socket.write(`${HEAD}content-length: 1000\r\n\r\n{`);
        drip(socket, " ");
      },
    ],
    [
      "with one byte a second of headers",
      (socket: Socket): void => {
        socket.write(`${HEAD}x-filler: `);
        drip(socket, "x");
      },
    ],
  ])("%s is aborted at the total deadline, and its socket is closed", async (_name, answer) => {
    await using server = await startRawServer((socket) => answer(socket));
    await using http = open(server.url);
    const started = performance.now();
    const error = await failure(http.send(GET, limits({ timeoutMs: 1_300 })));
    expect([error.code, error.message]).toEqual([
      "UPSTREAM_UNAVAILABLE",
      "[UPSTREAM_UNAVAILABLE] the upstream gave no complete response within 1300 ms",
    ]);
    expect(performance.now() - started).toBeLessThan(20_000); // the next bound would be 30 s of silence
    await server.allClosed();
    expect(server.sockets.size).toBe(0);
  });

  test("for too long is aborted before the deadline", async () => {
    await using server = await startRawServer((socket) => {
      socket.write(`${HEAD}content-length: 1000\r\n\r\n{`);
    });
    await using http = open(server.url, { silenceTimeoutMs: 300 });
    const error = await failure(http.send(GET, limits({ timeoutMs: 20_000 })));
    expect(error.message).toContain("the response stopped before its end (UND_ERR_BODY_TIMEOUT)");
  });

  test("is aborted at once when the caller aborts", async () => {
    const caller = new AbortController();
    await using server = await startRawServer(() => caller.abort());
    await using http = open(server.url);
    const error = await failure(http.send(GET, limits({ signal: caller.signal })));
    expect(error.code).toBe("CANCELED");
    expect((await failure(http.send(GET, limits({ signal: caller.signal })))).code).toBe("CANCELED");
  });
});

describe("a transport failure is named", () => {
  test("connection refused", async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    await using http = open(server.url);
    const error = await failure(http.send(GET, limits()));
    expect([error.code, error.publicMessage]).toEqual(["UPSTREAM_UNAVAILABLE", "the upstream cannot be reached"]);
    expect(error.message).toContain("connection refused (ECONNREFUSED)");
  });

  test.each([
    ["ENOTFOUND", "its name does not resolve (ENOTFOUND)"],
    ["EAI_AGAIN", "its name does not resolve at the moment (EAI_AGAIN)"],
  ])("a name that does not resolve: %s, in plain and over TLS (F37)", async (code, expected) => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      setImmediate(() => callback(Object.assign(new Error("getaddrinfo"), { code }), []));
    for (const baseUrl of ["http://bank.example", "https://bank.example"]) {
      await using http = open(baseUrl, { lookup });
      const error = await failure(http.send(GET, limits()));
      expect([error.code, error.retryable, neverLeft(error)]).toEqual(["UPSTREAM_UNAVAILABLE", true, true]);
      expect(error.message).toContain(expected);
    }
  });

  test("a name that the system cannot resolve (F37)", async () => {
    await using http = open("http://no-such-host.invalid");
    expect((await failure(http.send(GET, limits()))).message).toContain("its name does not resolve");
  });

  test("no TLS at a TLS address, and TLS without a certificate (F37)", async () => {
    await using plain = await startRawServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await using http = open(plain.url.replace("http:", "https:"));
    expect((await failure(http.send(GET, limits()))).message).toContain("TLS failure");
    const tls = createTlsServer({}, () => {}).listen(0, "127.0.0.1"); // has no certificate at all: the handshake fails
    await once(tls, "listening");
    const { port } = tls.address() as AddressInfo;
    await using toTls = open(`https://127.0.0.1:${port}`);
    expect((await failure(toTls.send(GET, limits()))).code).toBe("UPSTREAM_UNAVAILABLE");
    await new Promise((resolve) => tls.close(resolve));
  });

  test.each([
    ["reset before the response", "", "connection"],
    ["reset in the middle of a body (F25)", `${HEAD}content-length: 100\r\n\r\n{"a":`, "connection"],
    ["closed in the middle of a body (F25)", `${HEAD}content-length: 100\r\n\r\n{"a":`, "(UND_ERR_"],
    ["closed in the middle of a chunk (F25)", `${HEAD}transfer-encoding: chunked\r\n\r\n50\r\n{"a":`, "connection"],
    ["endless headers", `${HEAD}x-filler: ${"x".repeat(100_000)}`, "the response's headers are too large"],
    ["a response that is not HTTP", "220 mail.example ESMTP\r\n", "the response is not HTTP"],
  ])("%s", async (name, bytes, expected) => {
    await using server = await startRawServer((socket) => {
      socket.write(bytes, () => (name.startsWith("reset") ? socket.resetAndDestroy() : socket.end()));
    });
    await using http = open(server.url);
    const error = await failure(http.send(GET, limits()));
    expect([error.code, error.retryable]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
    expect(error.message).toContain(expected);
  });
});

describe("an invalid request", () => {
  test.each([
    "things",
    "",
    "//evil.example/x",
    "/a b",
    "/a/../admin",
    "/a/%2e%2E/admin",
    "/a/..",
    "/a#b",
    "/a\\b",
    "/é",
    "/a\r\nx: y",
  ])("path %j is refused (F38)", async (path) => {
    let requested = 0;
    await using server = await startHttpServer((_request, response) => {
      requested++;
      response.end();
    });
    await using http = open(`${server.url}/v1`);
    expect((await failure(http.send({ ...GET, path }, limits()))).code).toBe("INTERNAL");
    expect(requested).toBe(0);
  });

  test.each(["ftp://a.example", "a.example", "http://user:secret@a.example", "http://a.example/?key=secret"])(
    "base URL %s is refused",
    (baseUrl) => {
      expect(() => createHttp({ baseUrl, connections: 1 })).toThrow(
        expect.objectContaining({ code: "INVALID_INPUT", message: expect.not.stringContaining("secret") }),
      );
    },
  );

  test("a header with a line break is an internal error, and its value is in no message", async () => {
    await using server = await startHttpServer((_request, response) => void response.end());
    await using http = open(server.url);
    const error = await failure(http.send({ ...GET, headers: { authorization: "secret\r\nx: y" } }, limits()));
    expect([error.code, String(error.cause)]).toEqual(["INTERNAL", expect.not.stringContaining("secret")]);
  });
});

test("close waits for the response in progress and leaves no socket open", async () => {
  let finish: () => void = () => {};
  const requested = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let answer: () => void = () => {};
  await using server = await startHttpServer((_request, response) => {
    answer = () => void response.end("late");
    finish();
  });
  const http = createHttp({ baseUrl: server.url, connections: 1 });
  const call = http.send(GET, limits());
  await requested;
  const closed = http.close();
  answer();
  expect(text((await call).body)).toBe("late");
  await closed;
  await server.allClosed();
  expect(server.sockets.size).toBe(0);
});
