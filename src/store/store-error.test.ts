import { describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { storeError } from "./store-error.ts";

describe("classification of database errors", () => {
  test.each([
    "57014",
    "25P03",
    "55P03",
    "53300",
    "57P01",
    "08006",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ECONNREFUSED",
    "40P01",
    "53100",
    "25006",
  ])("%s is temporary, so the call may be retried", (code) => {
    expect(storeError(Object.assign(new Error("down"), { code }))).toMatchObject({
      code: "STORE_UNAVAILABLE",
      retryable: true,
    });
  });

  test("a server that accepts a connection and does not answer is temporary, for a session of its own too", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo; // it listens on TCP
    const client = new pg.Client({ host: "127.0.0.1", port, user: "u", connectionTimeoutMillis: 50 });
    const reason: unknown = await client.connect().then(
      () => undefined,
      (error: unknown) => error,
    );
    silent.close();
    expect(storeError(reason)).toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
  });

  test.each(["22003", "23505", "42501", "42P01", ""])("%s is permanent", (code) => {
    expect(storeError(Object.assign(new Error("no"), { code }))).toMatchObject({ code: "INTERNAL", retryable: false });
  });
});
