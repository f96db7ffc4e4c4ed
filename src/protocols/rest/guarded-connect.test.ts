import type { LookupAddress } from "node:dns";
import type { LookupFunction, Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { buildConnector } from "undici";
import { startHttpServer, startRawServer, type LocalServer } from "../../../test/helpers/local-server.ts";
import { ServiceError } from "../../domain/error.ts";
import { createAddressGuard } from "./address-guard.ts";
import { neverLeft } from "./failure.ts";
import { guardedSocket } from "./guarded-connect.ts";
import { createHttp, type Http, type HttpOptions } from "./http.ts";

interface ScriptedLookup {
  /** Hosts that were resolved, in order. */
  readonly lookups: string[];
  readonly lookup: LookupFunction;
}

/** A name server that returns these responses one after the other, the last one for ever. */
function scriptedLookup(...answers: readonly (readonly string[])[]): ScriptedLookup {
  const lookups: string[] = [];
  const lookup: LookupFunction = (host, _options, callback) => {
    const answer = answers[Math.min(lookups.push(host), answers.length) - 1] ?? [];
    const found = answer.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }));
    setImmediate(() => callback(null, found)); // like a real one: never synchronously
  };
  return { lookups, lookup };
}

/** The result of one request: its status, or its failure. */
async function outcome(options: Omit<HttpOptions, "connections">): Promise<number | ServiceError> {
  let http: Http | undefined;
  try {
    http = createHttp({ connections: 2, connectTimeoutMs: 2_000, ...options });
    const limits = { signal: new AbortController().signal, timeoutMs: 5_000, maxBytes: 1_000 };
    const request = { method: "GET", path: "/", headers: { authorization: "Bearer secret" } } as const;
    return (await http.send(request, limits)).status;
  } catch (error) {
    return ServiceError.from(error);
  } finally {
    await http?.close();
  }
}

/** Closes each socket after one response, so that the next request needs another one. */
function startServer(): Promise<LocalServer> {
  return startHttpServer((_request, response) => {
    response.writeHead(200, { connection: "close" }).end();
  });
}

const REFUSED = { code: "UPSTREAM_REJECTED", publicMessage: "the upstream's address is not allowed", retryable: false };

const NOT_PLAIN = { code: "INVALID_INPUT", retryable: false };

describe("loopback below a base URL that does not name it explicitly is refused (F106)", () => {
  test.each([
    "http://[::ffff:7f00:1]:PORT",
    "http://0.0.0.0:PORT",
    "http://[::]:PORT",
    "http://localhost.bank.example:PORT",
    "http://127.0.0.1.bank.example:PORT",
  ])("when it connects: %s", async (form) => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1"]);
    const baseUrl = form.replace("PORT", String(server.port));
    expect(await outcome({ baseUrl, lookup })).toMatchObject(REFUSED);
    expect(server.opened()).toBe(0);
  });

  test.each([
    "http://2130706433:PORT",
    "http://0177.0.0.1:PORT",
    "http://0x7f.0.0.1:PORT",
    "http://0x7f000001:PORT",
    "http://127.1:PORT",
    "http://127.0.0.1.:PORT",
    "http://127.0.0.01:PORT",
    "http://①27.0.0.1:PORT",
    "http://127%2e0.0.1:PORT",
    "http:\\\\127.0.0.1:PORT",
    "http:127.0.0.1:PORT",
    "http://[::ffff:127.0.0.1]:PORT",
    "http://[0:0:0:0:0:0:0:1]:PORT",
    "http://0:PORT",
    "http://localhost.:PORT",
    "http://127.0.0.1@bank.example:PORT",
    "http://user:password@127.0.0.1:PORT",
    "http://１２７.0.0.1:PORT",
    "http://127。0。0。1:PORT",
    "http://127.0.0.1\t:PORT",
  ])("as it is written: %s", async (form) => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1"]);
    const baseUrl = form.replace("PORT", String(server.port));
    expect(await outcome({ baseUrl, lookup })).toMatchObject(NOT_PLAIN);
    expect(server.opened()).toBe(0);
  });
});

test.each(["http://127.0.0.1:PORT", "http://LOCALHOST:PORT", "http://localhost:PORT", "http://localhost:PORT/prefix"])(
  "loopback as %s is explicit and allowed (F106)",
  async (form) => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1"]);
    expect(await outcome({ baseUrl: form.replace("PORT", String(server.port)), lookup })).toBe(200);
  },
);

test.each([
  "http://10.0.0.1",
  "https://10.0.0.1",
  "http://100.64.0.1",
  "http://[::ffff:a00:1]",
  "http://[64:ff9b::a00:1]",
  "http://[fe80::1]",
])("base URL %s is refused before a socket is opened (F106)", async (baseUrl) => {
  expect(await outcome({ baseUrl })).toMatchObject(REFUSED);
});

test.each([
  "http://169.254.169.254/latest/meta-data",
  "http://[::ffff:10.0.0.1]",
  "http://[::ffff:a9fe:a9fe]",
  "http://[64:ff9b::10.0.0.1]",
  "http://[fd00:ec2::254]",
  "http://167772161",
  "http://012.0.0.1",
  "http://0xa9fea9fe",
])("base URL %s is refused as it is written (F106)", async (baseUrl) => {
  expect(await outcome({ baseUrl })).toMatchObject(NOT_PLAIN);
});

describe("a host name (F106)", () => {
  const bank = (server: LocalServer) => `http://bank.example:${server.port}`;

  test("that resolves to a forbidden address is refused, without a socket", async () => {
    await using server = await startServer();
    const scripted = scriptedLookup(["127.0.0.1"]);
    const error = await outcome({ baseUrl: bank(server), lookup: scripted.lookup });
    expect(error).toMatchObject(REFUSED);
    expect(String(error)).toContain("127.0.0.1 (of bank.example)");
    expect(server.opened()).toBe(0);
  });

  test("is checked also when the resolver reports success with a value other than null", async () => {
    await using server = await startServer();
    const lookup = ((_host, _options, callback: (...result: unknown[]) => void) => {
      setImmediate(() => callback(undefined, [{ address: "127.0.0.1", family: 4 }]));
    }) as LookupFunction; // not of its type, but Node accepts it as success
    expect(await outcome({ baseUrl: bank(server), lookup })).toMatchObject(REFUSED);
    expect(server.opened()).toBe(0);
  });

  test("with one forbidden address among allowed ones is refused as a whole", async () => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1", "10.0.0.1"]);
    const options = { baseUrl: bank(server), lookup, networks: ["127.0.0.1/32"] };
    expect(await outcome(options)).toMatchObject(REFUSED);
    expect(server.opened()).toBe(0);
  });

  test("with changing addresses is checked by the address that is connected to, resolved once for each socket", async () => {
    await using server = await startServer();
    const scripted = scriptedLookup(["127.0.0.1"], ["169.254.169.254"], ["10.0.0.1"], ["127.0.0.1"]);
    const options = { baseUrl: bank(server), lookup: scripted.lookup, networks: ["127.0.0.1/32"] };
    expect(await outcome(options)).toBe(200);
    expect(scripted.lookups).toEqual(["bank.example"]);
    expect(await outcome(options)).toMatchObject(REFUSED);
    expect(await outcome(options)).toMatchObject(REFUSED);
    expect(await outcome(options)).toBe(200);
    expect(scripted.lookups).toHaveLength(4);
  });

  test("that changes from a public to a private address between two sockets of one pool is refused at the second", async () => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1"], ["10.0.0.1"]);
    const http = createHttp({ baseUrl: bank(server), connections: 1, lookup, networks: ["127.0.0.1/32"] });
    const send = () =>
      http.send(
        { method: "GET", path: "/", headers: {} },
        { signal: new AbortController().signal, timeoutMs: 5_000, maxBytes: 1_000 },
      );
    expect((await send()).status).toBe(200);
    await expect(send()).rejects.toMatchObject(REFUSED);
    await http.close();
  });

  test("in a listed network is allowed", async () => {
    await using server = await startServer();
    const { lookup } = scriptedLookup(["127.0.0.1"]);
    expect(await outcome({ baseUrl: bank(server), lookup, networks: ["127.0.0.0/8"] })).toBe(200);
  });
});

test("every request that waits for a refused socket is refused at once (F106)", async () => {
  const http = createHttp({ baseUrl: "http://10.0.0.1", connections: 2 });
  const limits = { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1_000 };
  const calls = Array.from({ length: 10 }, () => http.send({ method: "GET", path: "/", headers: {} }, limits));
  const reasons = (await Promise.allSettled(calls)).map((call) => (call.status === "rejected" ? call.reason : call));
  expect(reasons).toEqual(Array.from({ length: 10 }, () => expect.objectContaining(REFUSED)));
  await http.close();
});

describe("a connected socket (F106)", () => {
  const guard = createAddressGuard({ networks: [], loopback: false });
  const connectTo = (port: number, onSocket: (socket: Socket) => void) =>
    new Promise<unknown>((resolve) => {
      const target = { hostname: "127.0.0.1", host: "127.0.0.1", protocol: "http:", port: String(port) };
      const callback = guardedSocket(guard, "bank.example", (...[error, socket]) => resolve(error ?? socket));
      buildConnector({})(target, (...result) => {
        if (result[1] !== null) onSocket(result[1]);
        callback(...result);
      });
    });

  test("to a forbidden address is destroyed before a byte is sent, even if the earlier checks allowed it", async () => {
    const received: string[] = [];
    await using server = await startRawServer((_socket, data) => received.push(data));
    let socket: Socket | undefined;
    expect(await connectTo(server.port, (opened) => (socket = opened))).toMatchObject(REFUSED);
    expect(socket?.destroyed).toBe(true);
    await server.allClosed();
    expect(received).toEqual([]);
  });

  test("that is already closed is a failed connection, and nothing was sent", async () => {
    await using server = await startRawServer(() => {});
    const error = await connectTo(server.port, (socket) => {
      Object.defineProperty(socket, "remoteAddress", { value: undefined }); // Node's error once the peer has disconnected
    });
    expect(error).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(error instanceof ServiceError && neverLeft(error)).toBe(true);
  });
});

test.each<[string, Partial<HttpOptions>]>([
  ["networks", { networks: ["10.0.0.0"] }],
  ["ca", { ca: "no PEM" }],
])("invalid %s are refused when the upstream is created", (_name, options) => {
  expect(() => createHttp({ baseUrl: "https://bank.example", connections: 1, ...options })).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT" }),
  );
});
