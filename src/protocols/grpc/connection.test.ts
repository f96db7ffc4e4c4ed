import type { LookupFunction } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { startRawServer, startTlsServer } from "../../../test/helpers/local-server.ts";
import { clientIdentity, serverIdentity, testAuthority } from "../rest/fixtures/tls/load.ts";
import { secureCredentials } from "./fixtures/secure-credentials.ts";
import { startLedger, type Ledger } from "./fixtures/ledger-server.ts";
import { failureOf, LIMITS, LIST, openChannel, type OpenOptions } from "./fixtures/open-channel.ts";

/** A ledger with TLS that records the credentials of the calls that it receives. */
async function startBank(
  name: "localhost" | "expired" | "other-host",
  clientAuthority?: string,
): Promise<Ledger & { readonly seen: readonly string[] }> {
  const seen: string[] = [];
  const ledger = await startLedger(
    {
      ListPayments(call, done) {
        seen.push(String(call.metadata.get("authorization")[0]));
        done(null, {});
      },
    },
    { credentials: await secureCredentials(name, clientAuthority) },
  );
  return { ...ledger, seen };
}

const toLoopback: LookupFunction = (_host, _options, callback) =>
  setImmediate(() => callback(null, [{ address: "127.0.0.1", family: 4 }]));

/** Result of one call with credentials: its status, or the failure. */
async function outcomeOf(baseUrl: string, options: OpenOptions = {}) {
  await using channel = openChannel(baseUrl, {
    lookup: toLoopback,
    metadata: { authorization: "secret" },
    ...options,
  });
  const answered = channel.unary(LIST, LIMITS).then(({ metadata }) => metadata["grpc-status"]);
  return await answered.catch((error: unknown) => failureOf(Promise.reject(error))); // before the channel is closed
}

const unusable = (reason: string) => ({
  code: "UPSTREAM_UNAVAILABLE",
  message: expect.stringContaining(reason),
  call: { notProcessed: true },
});

describe("TLS of a gRPC channel (F37)", () => {
  test("accepts a certificate of a configured authority, and no other", async () => {
    await using bank = await startBank("localhost");
    const port = new URL(bank.url).port;
    for (const host of ["localhost", "127.0.0.1"]) {
      expect(await outcomeOf(`https://${host}:${port}`, { tls: { ca: testAuthority } })).toBe("0");
    }
    expect(await outcomeOf(bank.url)).toMatchObject(unusable("its TLS certificate is not from a trusted issuer"));
    expect(bank.seen).toEqual(["secret", "secret"]);
  });

  test.each([
    ["expired", "its TLS certificate has expired"],
    ["other-host", "its TLS certificate is for another host"],
  ] as const)("refuses a certificate that is %s, before any credential is sent", async (name, reason) => {
    await using bank = await startBank(name);
    expect(await outcomeOf(bank.url, { tls: { ca: testAuthority } })).toMatchObject(unusable(reason));
    expect(bank.seen).toEqual([]);
  });

  test("proves our identity by a client certificate", async () => {
    const identity = await clientIdentity();
    await using bank = await startBank("localhost", identity.certificate);
    expect(await outcomeOf(bank.url, { tls: { ca: testAuthority, ...identity } })).toBe("0");
    expect(await outcomeOf(bank.url, { tls: { ca: testAuthority } })).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(bank.seen).toEqual(["secret"]);
  });

  test("refuses certificates and keys that cannot be used, without showing them", async () => {
    const { certificate, key } = await clientIdentity();
    for (const tls of [{ ca: "x" }, { certificate }, { certificate, key: "s3cret" }, { certificate: "x", key }]) {
      expect(() => openChannel("https://127.0.0.1:1", { tls })).toThrow(/^\[INVALID_INPUT\] (?!.*s3cret)/);
    }
  });

  test("refuses a server that offers no HTTP/2", async () => {
    await using server = await startTlsServer(await serverIdentity("localhost"), () => undefined);
    const failure = await outcomeOf(server.url, { tls: { ca: testAuthority } });
    expect(failure).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_(?:REJECTED|UNAVAILABLE)$/) });
  });

  test("does not fall back to plain text", async () => {
    await using server = await startLedger({ ListPayments: (_call, done) => done(null, {}) });
    expect(await outcomeOf(server.url.replace("http:", "https:"))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});

describe("addresses of a gRPC channel (F106)", () => {
  const refused = { code: "UPSTREAM_REJECTED", publicMessage: "the upstream's address is not allowed" };

  test("are checked where the name resolves to", async () => {
    await using server = await startRawServer(() => undefined);
    expect(await outcomeOf(`http://bank.example:${server.port}`)).toMatchObject(refused);
    expect(await outcomeOf(`https://bank.example:${server.port}`)).toMatchObject(refused);
    expect(server.opened()).toBe(0);
  });

  test.each(["http://169.254.1.1:1", "http://10.0.0.1:1", "https://[::ffff:a00:1]:1", "http://100.64.0.1:1"])(
    "of networks that are not public are refused: %s",
    async (baseUrl) => {
      expect(await outcomeOf(baseUrl)).toMatchObject(refused);
    },
  );

  test("of a configured network are allowed", async () => {
    await using server = await startLedger({ ListPayments: (_call, done) => done(null, {}) });
    const { port } = new URL(server.url);
    expect(await outcomeOf(`http://bank.example:${port}`, { networks: ["127.0.0.0/8"] })).toBe("0");
  });
});
