import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createKeys } from "../../../sandbox/plaid/webhooks/keys.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type PlaidService, SOURCE, usePlaidService } from "../../helpers/plaid-service.ts";
import { createPlaidKey } from "../../helpers/plaid-token.ts";

/** Webhooks as Plaid sends and signs them, in the complete service; nothing is polled. */
let plaid: PlaidService;
beforeAll(async () => {
  plaid = await usePlaidService({ payments: 40 });
  await plaid.sync();
  await plaid.enableWebhooks();
});
afterAll(async () => plaid[Symbol.asyncDispose]());

const KEYS = "/webhook_verification_key/get";
const MINUTE_MS = 60_000;
/** The sandbox's own keys, which follow from its seed: a signature by them is Plaid's. */
const keys = createKeys(1, Date.now, []);

const nowS = (): number => Math.floor(Date.now() / 1000);
const sign = (body: string, iat = nowS(), forged = false): Promise<string> => keys.sign(body, { iat, forged });
/** A different body each time, about our Item. */
const bodyOf = (code: string, note = ""): string =>
  JSON.stringify({ webhook_type: "TRANSACTIONS", webhook_code: code, item_id: plaid.sandbox.config.itemId, note });
/** The key's id, as in the header of a token. */
function kidOf(token: string): string {
  const head = Buffer.from(token.split(".")[0] ?? "", "base64url").toString();
  return (JSON.parse(head) as { readonly kid: string }).kid; // created by the test
}

interface Delivery {
  readonly eventType: string;
  readonly status: string;
  readonly verification: { readonly scheme: string; readonly key: string; readonly signedAt: string };
  readonly effects: readonly { readonly kind: string; readonly stream: string | null }[];
}

async function deliveries(eventType: string): Promise<readonly Delivery[]> {
  const answer = await plaid.ask<{ deliveries: { nodes: readonly Delivery[] } }>(
    `{ deliveries(first: 100, filter: { sourceIds: ["${SOURCE}"], eventTypes: ["${eventType}"] }) { nodes {
      eventType status verification { scheme key signedAt } effects { kind stream } } } }`,
  );
  return answer.deliveries.nodes;
}

const applied = (eventType: string, count: number) =>
  eventually(`${count} of ${eventType} to be applied`, async () => {
    const all = await deliveries(eventType);
    return all.filter(({ status }) => status === "APPLIED").length >= count && all;
  });

test("new data at the bank causes a read, and the delivery records its key and its requested streams", async () => {
  await plaid.sandbox.control("POST", "activity", { count: 10 });
  const [delivery, ...others] = await applied("TRANSACTIONS.SYNC_UPDATES_AVAILABLE", 1);
  expect(others).toEqual([]);
  await plaid.inStep();
  expect(delivery).toMatchObject({
    verification: { scheme: "plaid-jwt", key: kidOf(await sign("")), signedAt: expect.stringMatching(/^20\d\d-/) },
    effects: [
      { kind: "READ_REQUESTED", stream: "transactions" },
      { kind: "READ_REQUESTED", stream: "accounts" },
    ],
  });
  const { source, syncRuns } = await plaid.ask<{
    source: unknown;
    syncRuns: { nodes: readonly { trigger: string }[] };
  }>(
    `{ source(id: "${SOURCE}") { scheduleSeconds webhooks { isVerified parked pending } }
       syncRuns(first: 100) { nodes { trigger } } }`,
  );
  expect(source).toEqual({ scheduleSeconds: null, webhooks: { isVerified: true, parked: 0, pending: 0 } });
  expect(new Set(syncRuns.nodes.map(({ trigger }) => trigger))).toEqual(new Set(["REQUEST", "WEBHOOK"]));
});

test("the same body with a new signature is another delivery, the same call a duplicate, and a forged one is refused", async () => {
  const body = bodyOf("DEFAULT_UPDATE");
  const [first, second] = [await sign(body, nowS() - 1), await sign(body)];
  for (const token of [first, second, first, second]) expect(await plaid.post(body, token)).toBe(200);
  expect(await applied("TRANSACTIONS.DEFAULT_UPDATE", 2)).toHaveLength(2);
  expect(await plaid.post(body, await sign(body, nowS(), true))).toBe(401);
  expect(await plaid.post(body, await sign(bodyOf("DEFAULT_UPDATE", "other")))).toBe(401);
  expect(await plaid.post(body, await sign(body, nowS() - 400))).toBe(401);
  expect(await deliveries("TRANSACTIONS.DEFAULT_UPDATE")).toHaveLength(2);
  await eventually("the duplicates to be counted", async () => {
    const { source } = await plaid.ask<{ source: { webhooks: { duplicatesLastDay: number; failureRate: number } } }>(
      `{ source(id: "${SOURCE}") { webhooks { duplicatesLastDay failureRate } } }`,
    );
    return source.webhooks.duplicatesLastDay === 2 && source.webhooks.failureRate > 0;
  });
});

test("a rotated key is fetched at once, and the old one is valid as long as the provider states", async () => {
  const old = bodyOf("HISTORICAL_UPDATE", "old");
  const oldToken = await sign(old);
  const before = await plaid.requests(KEYS);
  await plaid.sandbox.control("POST", "rotate-key", { overlapS: 3_600 });
  keys.rotate(3_600);
  await plaid.sandbox.control("POST", "webhooks", { type: "TRANSACTIONS", code: "INITIAL_UPDATE" });
  const [delivery] = await applied("TRANSACTIONS.INITIAL_UPDATE", 1);
  const kid = kidOf(await sign(""));
  expect(kid).not.toBe(kidOf(oldToken));
  expect(delivery?.verification.key).toBe(kid);
  expect(await plaid.post(old, oldToken)).toBe(200);
  expect(await plaid.requests(KEYS)).toBe(before + 1);
});

test("unknown key ids cause at most one request to the provider a minute, and its own calls are accepted (F54)", async () => {
  const startedAt = performance.now();
  const before = await plaid.requests(KEYS);
  for (let round = 0; round < 5; round += 1) {
    const body = bodyOf("TRANSACTIONS_REMOVED", `flood ${round}`);
    const strangers = Array.from({ length: 40 }, (_, n) => createPlaidKey(`made-up-${round}-${n}`));
    const statuses = await Promise.all(strangers.map((stranger) => plaid.post(body, stranger.token(body, nowS()))));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await plaid.post(body, await sign(body))).toBe(200);
  }
  const minutes = Math.floor((performance.now() - startedAt) / MINUTE_MS);
  expect(await plaid.requests(KEYS)).toBeLessThanOrEqual(before + 1 + minutes);
  expect(await applied("TRANSACTIONS.TRANSACTIONS_REMOVED", 5)).toHaveLength(5);
});
