import { execFile } from "node:child_process";
import type { LookupFunction } from "node:net";
import { createSecureContext } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { startTlsServer, type LocalServer } from "../../../test/helpers/local-server.ts";
import { ServiceError } from "../../domain/error.ts";
import { neverLeft } from "./failure.ts";
import { serverIdentity, testAuthority } from "./fixtures/tls/load.ts";
import { createHttp, type HttpOptions } from "./http.ts";

interface Bank extends AsyncDisposable {
  readonly server: LocalServer;
  /** The requests that the server received, with their credentials. */
  readonly seen: readonly string[];
}

async function startBank(name: "localhost" | "expired" | "other-host"): Promise<Bank> {
  const seen: string[] = [];
  const server = await startTlsServer(await serverIdentity(name), (request, response) => {
    seen.push(`${request.method} ${String(request.headers.authorization)}`);
    response.end("{}");
  });
  return { server, seen, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const toLoopback: LookupFunction = (_host, _options, callback) =>
  setImmediate(() => callback(null, [{ address: "127.0.0.1", family: 4 }]));

/** The result of one request with credentials: its status, or its failure. */
async function ask(baseUrl: string, options: Partial<HttpOptions> = {}): Promise<number | ServiceError> {
  const http = createHttp({ baseUrl, connections: 1, lookup: toLoopback, ...options });
  try {
    const limits = { signal: new AbortController().signal, timeoutMs: 10_000, maxBytes: 1_000 };
    return (await http.send({ method: "POST", path: "/", headers: { authorization: "secret" } }, limits)).status;
  } catch (error) {
    return ServiceError.from(error);
  } finally {
    await http.close();
  }
}

/** A failure that is safe to retry, names its reason, and sent no byte of the request to the server. */
function expectRefused(answer: number | ServiceError, bank: Bank, reason: string): void {
  expect(answer).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    publicMessage: "the upstream cannot be reached",
    message: expect.stringContaining(reason),
    retryable: true,
  });
  expect(answer instanceof ServiceError && neverLeft(answer)).toBe(true);
  expect(bank.seen).toEqual([]);
}

describe("a TLS certificate (F37)", () => {
  test.each(["localhost", "127.0.0.1"])(
    "that is valid for %s, of a configured authority, is accepted",
    async (host) => {
      await using bank = await startBank("localhost");
      expect(await ask(`https://${host}:${bank.server.port}`, { ca: testAuthority })).toBe(200);
      expect(bank.seen).toEqual(["POST secret"]);
    },
  );

  test("of an authority that is not configured is refused", async () => {
    await using bank = await startBank("localhost");
    expectRefused(
      await ask(bank.server.url),
      bank,
      "its TLS certificate is not from a trusted issuer (UNABLE_TO_VERIFY",
    );
  });

  test("that has expired is refused", async () => {
    await using bank = await startBank("expired");
    const answer = await ask(bank.server.url, { ca: testAuthority });
    expectRefused(answer, bank, "its TLS certificate has expired (CERT_HAS_EXPIRED)");
  });

  test("for another host is refused", async () => {
    await using bank = await startBank("other-host");
    const answer = await ask(`https://localhost:${bank.server.port}`, { ca: testAuthority });
    expectRefused(answer, bank, "its TLS certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID)");
  });

  test("for the requested host is accepted at any address that the name resolves to", async () => {
    await using bank = await startBank("other-host");
    const options = { ca: testAuthority, networks: ["127.0.0.1/32"] };
    expect(await ask(`https://bank.example:${bank.server.port}`, options)).toBe(200);
    expect(await ask(`https://evil.example:${bank.server.port}`, options)).toMatchObject({
      message: expect.stringContaining("its TLS certificate is for another host"),
    });
    expect(bank.seen).toHaveLength(1);
  });

  test("that was renewed is accepted by the same pool at the next attempt", async () => {
    const expired = await serverIdentity("expired");
    const renewed = await serverIdentity("localhost");
    let current = expired;
    const SNICallback = (_name: string, done: (error: null, context: ReturnType<typeof createSecureContext>) => void) =>
      done(null, createSecureContext(current));
    await using server = await startTlsServer({ ...expired, SNICallback }, (_request, response) => void response.end());
    const baseUrl = `https://localhost:${server.port}`;
    const http = createHttp({ baseUrl, connections: 1, lookup: toLoopback, ca: testAuthority });
    const limits = { signal: new AbortController().signal, timeoutMs: 10_000, maxBytes: 1_000 };
    const send = () => http.send({ method: "GET", path: "/", headers: {} }, limits);
    await expect(send()).rejects.toMatchObject({ message: expect.stringContaining("has expired") });
    current = renewed;
    expect((await send()).status).toBe(200);
    await http.close();
  });
});

test("a server of TLS 1.1 is refused (F37)", async () => {
  const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  await using server = await startTlsServer(
    { ...(await serverIdentity("localhost")), ...old },
    (_request, response) => {
      response.end();
    },
  );
  const answer = await ask(server.url, { ca: testAuthority });
  expect(answer).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    message: expect.stringContaining("TLS failure (ERR_SSL_"),
  });
});

describe("the environment of the process (F37)", () => {
  const child = fileURLToPath(new URL("fixtures/tls/ask-child.ts", import.meta.url));
  const askFromChild = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const env = { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1", ...environment };
    return (await promisify(execFile)(process.execPath, [child, ...args], { env })).stdout;
  };

  test("cannot turn verification off", async () => {
    await using bank = await startBank("expired");
    const answer = await askFromChild({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, bank.server.url, testAuthority);
    expect(answer).toContain("its TLS certificate has expired");
    expect(bank.seen).toEqual([]);
  });

  test("can add authorities, and an upstream's own authorities do not replace them", async () => {
    await using bank = await startBank("localhost");
    const environment = { NODE_EXTRA_CA_CERTS: fileURLToPath(new URL("fixtures/tls/ca.pem", import.meta.url)) };
    const { cert: stranger } = await serverIdentity("other-host");
    expect(await askFromChild(environment, bank.server.url, stranger)).toBe("200");
    expect(await askFromChild({}, bank.server.url, stranger)).toContain("not from a trusted issuer");
  });
});
