import { fileURLToPath } from "node:url";
import type * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { describe, expect, test } from "@jest/globals";
import type { Sandbox } from "../../../sandbox/shared/sandbox.ts";
import { openSession } from "../../../test/conformance/session.ts";
import { secureCredentials } from "../../protocols/grpc/fixtures/secure-credentials.ts";
import { startServer } from "../../protocols/grpc/fixtures/start-server.ts";
import { clientIdentity, testAuthority } from "../../protocols/rest/fixtures/tls/load.ts";
import { connector } from "./index.ts";

const folder = fileURLToPath(new URL("contract/", import.meta.url));
const definition = loadSync("card_processor.proto", {
  includeDirs: [folder],
  longs: String,
  keepCase: true,
  enums: String,
});

/** A processor of grpc-js with TLS, which records the keys of the calls that it receives. */
async function startSecure(name: "localhost" | "expired" | "other-host", clientAuthority?: string) {
  const seen: unknown[] = [];
  const answer: grpc.handleUnaryCall<object, object> = (call, done) => {
    seen.push(call.metadata.get("authorization")[0]);
    done(null, {});
  };
  const service = definition["cardprocessor.v1.CardProcessor"] as grpc.ServiceDefinition; // as the file declares
  const handlers = { GetMerchant: answer, GetBalances: answer, ListCardholders: answer, ListPayments: answer };
  const server = await startServer(service, handlers, { credentials: await secureCredentials(name, clientAuthority) });
  return { ...server, seen };
}

function open(url: string, settings: object) {
  const running = {
    url,
    sourceConfig: { baseUrl: url, apiKey: "cardkey_1", ...settings },
    close: () => Promise.resolve(),
  };
  // only what a session uses of a sandbox
  return openSession(connector, {
    name: "card-processor",
    start: () => Promise.resolve(running),
  } as unknown as Sandbox);
}

describe("a card processor with TLS (F37)", () => {
  test("is trusted by a configured authority, and each call carries the key", async () => {
    await using server = await startSecure("localhost");
    await using session = await open(server.url, { certificateAuthority: testAuthority });
    expect((await session.readAll("payments")).map(({ type }) => type)).toContain("checkpoint");
    expect(new Set(server.seen)).toEqual(new Set(["Bearer cardkey_1"]));
  });

  test.each(["expired", "other-host"] as const)("with a certificate that is %s gets no key", async (name) => {
    await using server = await startSecure(name);
    await using session = await open(server.url, { certificateAuthority: testAuthority });
    await expect(session.readAll("payments")).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(server.seen).toEqual([]);
  });

  test("of an authority that is not configured gets no key", async () => {
    await using server = await startSecure("localhost");
    await using session = await open(server.url, {});
    await expect(session.check()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(server.seen).toEqual([]);
  });

  test("that requires a client certificate is read with it, and not without", async () => {
    const { certificate, key } = await clientIdentity();
    await using server = await startSecure("localhost", certificate);
    const ca = { certificateAuthority: testAuthority };
    await using session = await open(server.url, { ...ca, clientCertificate: certificate, clientKey: key });
    expect((await session.readAll("payments")).map(({ type }) => type)).toContain("checkpoint");
    const before = server.seen.length;
    await using other = await open(server.url, ca);
    await expect(other.check()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(server.seen.length).toBe(before);
  });
});
