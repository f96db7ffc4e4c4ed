import { describe, expect, test } from "@jest/globals";
import { secureCredentials } from "../../protocols/grpc/fixtures/secure-credentials.ts";
import { clientIdentity, testAuthority } from "../../protocols/rest/fixtures/tls/load.ts";
import { startProcessor } from "./fixtures/processor-contract.ts";
import { FIELDS, openProcessor } from "./fixtures/processor-source.ts";

const STREAMS = {
  payments: { list: "acme.v1.Processor/ListCharges", page: { items: "data" }, fields: FIELDS },
} as const;

/** A server with TLS that records the credentials of the calls that it receives. */
async function startSecure(name: "localhost" | "expired" | "other-host", clientAuthority?: string) {
  const seen: unknown[] = [];
  const server = await startProcessor(
    {
      ListCharges(call, done) {
        seen.push(call.metadata.get("authorization")[0], call.metadata.get("x-tenant")[0]);
        done(null, { data: [{ id: "ch_1", state: "CHARGE_STATE_DONE", cents: "1", currency: "EUR" }] });
      },
    },
    await secureCredentials(name, clientAuthority),
  );
  return { ...server, seen };
}

const METADATA = { metadata: { authorization: "Bearer key_1", "x-tenant": "acme" } } as const;

describe("a source of the generic gRPC connector with TLS (F37)", () => {
  test("trusts a configured authority, and each call carries its credentials", async () => {
    await using server = await startSecure("localhost");
    await using session = await openProcessor(server.url, STREAMS, { ...METADATA, ca: testAuthority });
    expect(await session.readAll("payments")).toMatchObject([{ type: "record" }, { type: "checkpoint" }]);
    await session.check();
    expect(server.seen).toEqual(["Bearer key_1", "acme", "Bearer key_1", "acme"]);
  });

  test.each(["expired", "other-host"] as const)(
    "refuses a certificate that is %s, and sends no credential",
    async (name) => {
      await using server = await startSecure(name);
      await using session = await openProcessor(server.url, STREAMS, { ...METADATA, ca: testAuthority });
      await expect(session.readAll("payments")).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
      expect(server.seen).toEqual([]);
    },
  );

  test("does not trust an authority that is not configured", async () => {
    await using server = await startSecure("localhost");
    await using session = await openProcessor(server.url, STREAMS, METADATA);
    await expect(session.check()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(server.seen).toEqual([]);
  });

  test("proves its identity by a client certificate, without which the server refuses it", async () => {
    const { certificate, key } = await clientIdentity();
    await using server = await startSecure("localhost", certificate);
    const identity = { clientCertificate: certificate, clientKey: key };
    await using session = await openProcessor(server.url, STREAMS, { ca: testAuthority, ...identity });
    await session.check();
    await using other = await openProcessor(server.url, STREAMS, { ca: testAuthority });
    await expect(other.check()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(server.seen).toHaveLength(2);
  });
});
