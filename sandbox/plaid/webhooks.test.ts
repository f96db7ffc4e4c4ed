import { hash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { z } from "zod";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { type TestSandbox, useSandbox } from "./testing.ts";

interface Received {
  readonly body: string;
  readonly token: string;
}

/**
 * A receiver that verifies signatures by Plaid's key, for the sandbox that is set later; `answer` may replace the
 * response.
 */
async function useReceiver(answer?: (call: Received, count: number) => number | undefined) {
  const received: Received[] = [];
  let sender: TestSandbox | undefined;
  const server = await startHttpServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const call = { body: Buffer.concat(chunks).toString(), token: String(request.headers["plaid-verification"]) };
      received.push(call);
      void statusOf(call).then((status) => response.writeHead(status).end());
    });
  });
  const statusOf = async (call: Received): Promise<number> =>
    answer?.(call, received.length) ?? (sender !== undefined && (await isGenuine(sender, call)) ? 200 : 401);
  return {
    received,
    async connect(sandbox: TestSandbox): Promise<void> {
      sender = sandbox;
      await sandbox.control("POST", "webhook-endpoints", { url: server.url });
    },
    url: server.url,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const keyAnswer = z.object({ key: z.looseObject({ kid: z.string(), expired_at: z.number().nullable() }) });

async function isGenuine(sandbox: TestSandbox, { body, token }: Received): Promise<boolean> {
  const { kid } = decodeProtectedHeader(token);
  const { key } = keyAnswer.parse(await sandbox.ask("/webhook_verification_key/get", { key_id: kid }));
  try {
    const options = { algorithms: ["ES256"], maxTokenAge: 300 };
    const { payload } = await jwtVerify(token, await importJWK(key, "ES256"), options);
    return payload["request_body_sha256"] === hash("sha256", body, "hex");
  } catch {
    return false;
  }
}

const quiesced = z.object({ quiet: z.boolean(), webhooks: z.record(z.string(), z.number()) });
const quiesce = async (sandbox: TestSandbox) => quiesced.parse(await sandbox.control("POST", "quiesce", {}));
const codesOf = (received: readonly Received[]) =>
  received.map(({ body }) => z.object({ webhook_code: z.string() }).parse(JSON.parse(body)).webhook_code);

describe("webhooks of the Plaid sandbox", () => {
  test("are sent once for each update of the bank data, and jose verifies them", async () => {
    await using sandbox = await useSandbox({ payments: 20 });
    await using receiver = await useReceiver();
    await receiver.connect(sandbox);
    for (let round = 0; round < 3; round++) await sandbox.control("POST", "activity", { count: 5 });
    expect(await quiesce(sandbox)).toMatchObject({
      quiet: true,
      webhooks: { events: 3, acked: 3, failed: 0, pending: 0 },
    });
    expect(codesOf(receiver.received)).toEqual(Array(3).fill("SYNC_UPDATES_AVAILABLE"));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1); // without an id, the same each time
  });

  test("are sent again until they are accepted, with a new signature each time", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver((_call, count) => (count <= 2 ? 503 : undefined));
    await receiver.connect(sandbox);
    await sandbox.control("POST", "webhooks", { type: "ITEM", code: "NEW_ACCOUNTS_AVAILABLE" });
    expect(await quiesce(sandbox)).toMatchObject({ quiet: true, webhooks: { sent: 3, acked: 1, failed: 2 } });
    expect(new Set(receiver.received.map(({ token }) => token)).size).toBe(3);
  });

  test("are forged, stale, duplicated and lost on demand, and no invalid one is accepted", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver();
    await receiver.connect(sandbox);
    await sandbox.control("POST", "faults", { forge: true, stale: true, duplicate: true, lose: { count: 1 } });
    for (const code of ["A", "B"]) await sandbox.control("POST", "webhooks", { type: "ITEM", code });
    const { webhooks } = await quiesce(sandbox);
    expect(webhooks).toMatchObject({
      forged: 2,
      stale: 2,
      forgedAccepted: 0,
      staleAccepted: 0,
      lost: 1,
      duplicated: 1,
    });
    const [first, second] = receiver.received.slice(-2);
    expect(second).toEqual(first); // the identical call
  });

  test("are sent to the address that is set for the Item, and the change of address is announced by a webhook", async () => {
    await using sandbox = await useSandbox();
    await using receiver = await useReceiver(() => 200);
    await sandbox.ask("/item/webhook/update", { webhook: receiver.url });
    expect(await sandbox.ask("/item/get")).toMatchObject({ item: { webhook: receiver.url } });
    await sandbox.ask("/sandbox/item/reset_login");
    await sandbox.control("POST", "login", { works: true });
    await sandbox.ask("/sandbox/item/fire_webhook", { webhook_code: "DEFAULT_UPDATE" });
    await quiesce(sandbox);
    const codes = ["DEFAULT_UPDATE", "ERROR", "LOGIN_REPAIRED", "WEBHOOK_UPDATE_ACKNOWLEDGED"];
    expect(codesOf(receiver.received).toSorted()).toEqual(codes);
  });
});

test("a rotated key is still served with its expiry, and an unknown key id is refused", async () => {
  await using sandbox = await useSandbox();
  await using receiver = await useReceiver();
  await receiver.connect(sandbox);
  const fire = () => sandbox.control("POST", "webhooks", { type: "ITEM", code: "ERROR" });
  await fire();
  await quiesce(sandbox);
  await sandbox.control("POST", "rotate-key", { overlapS: 600 });
  await fire();
  await quiesce(sandbox);
  const kids = receiver.received.map(({ token }) => decodeProtectedHeader(token).kid);
  const keys = await Promise.all(kids.map((key_id) => sandbox.ask("/webhook_verification_key/get", { key_id })));
  expect(keys.map((answer) => keyAnswer.parse(answer).key)).toMatchObject([
    { kid: kids[0], expired_at: expect.any(Number), alg: "ES256", use: "sig", kty: "EC", crv: "P-256" },
    { kid: kids[1], expired_at: null },
  ]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
  expect(await sandbox.ask("/webhook_verification_key/get", { key_id: "none" })).toMatchObject({
    error_code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
  });
});
