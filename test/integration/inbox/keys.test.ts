import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { plaidKeyId, type PlaidJwk, verifyPlaidJwt } from "../../../src/protocols/webhooks/plaid-jwt.ts";
import { plainWebhook } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { createPlaidKey, type PlaidKey } from "../../helpers/plaid-token.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";

const START_MS = 1_790_000_000_000;
const MINUTE_MS = 60_000;

/** A provider that signs as Plaid does, with an endpoint for its keys, and a service that uses it. */
async function setUp(...known: readonly PlaidKey[]) {
  const state = { nowMs: START_MS, isDown: false, known: new Map(known.map((key) => [key.jwk["kid"], key.jwk])) };
  const fetched: string[] = [];
  const webhook = plainWebhook({
    keys: {
      keyId: plaidKeyId,
      fetchKey({ keyId }) {
        fetched.push(keyId);
        if (state.isDown) return Promise.reject(new ServiceError("UPSTREAM_UNAVAILABLE", "away"));
        return Promise.resolve(state.known.get(keyId));
      },
    },
    verify: (input) => verifyPlaidJwt({ ...input, keyOf: () => input.key as PlaidJwk | undefined }), // as fetchKey returned it
  });
  const source = scriptedSource({ pages: {}, webhook });
  const service = await startWebhookService({ sources: [source], now: () => state.nowMs, idle: true });
  return { state, fetched, service };
}

const send = (service: WebhookService, key: PlaidKey, nowMs: number, body = '{"type":"DEFAULT_UPDATE"}') =>
  service.post(body, { "plaid-verification": key.token(body, nowMs / 1000) }).then(({ status }) => status);

describe("a provider whose keys are fetched", () => {
  test("is called for a key once, and its deliveries name the key", async () => {
    const key = createPlaidKey("key-1");
    const { state, fetched, service } = await setUp(key);
    await using _closed = service;
    const bodies = Array.from({ length: 20 }, (_, n) => `{"n":${n}}`);
    const statuses = await Promise.all(bodies.map((body) => send(service, key, state.nowMs, body)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(fetched).toEqual(["key-1"]);
    const [row] = await service.query("select verification from deliveries limit 1");
    const signedAt = new Date(START_MS).toISOString();
    expect(row).toEqual({ verification: { scheme: "plaid-jwt", key: "key-1", signedAt } });
  });

  test("gets at most one key request a minute during a flood of unknown key ids, and its own calls are accepted (F54)", async () => {
    const key = createPlaidKey("key-1");
    const { state, fetched, service } = await setUp(key);
    await using _closed = service;
    expect(await send(service, key, state.nowMs)).toBe(200);
    for (let minute = 0; minute < 5; minute += 1) {
      const forgers = Array.from({ length: 20 }, (_, n) => createPlaidKey(`made-up-${minute}-${n}`));
      const statuses = await Promise.all(forgers.map((forger) => send(service, forger, state.nowMs)));
      expect(new Set(statuses)).toEqual(new Set([401]));
      expect(await send(service, key, state.nowMs, `{"minute":${minute}}`)).toBe(200);
      state.nowMs += MINUTE_MS;
    }
    expect(fetched.filter((id) => id !== "key-1").length).toBeLessThanOrEqual(5);
    expect(await service.query("select 1 from deliveries")).toHaveLength(6);
  });

  test("gets no key request for a call that is already invalid (F53)", async () => {
    const { state, fetched, service } = await setUp(createPlaidKey("key-1"));
    await using _closed = service;
    const late = createPlaidKey("key-1").token("{}", state.nowMs / 1000 - 301);
    expect((await service.post("{}", { "plaid-verification": late })).status).toBe(401);
    expect((await service.post("{}", { "plaid-verification": "a.b.c" })).status).toBe(401);
    expect((await service.post("{}")).status).toBe(401);
    expect(fetched).toEqual([]);
  });

  test("that is unavailable: calls are refused, nothing is stored, and they are accepted once it is back (F54)", async () => {
    const key = createPlaidKey("key-1");
    const { state, service } = await setUp(key);
    await using _closed = service;
    state.isDown = true;
    expect(await send(service, key, state.nowMs)).toBe(401);
    expect(await service.query("select 1 from deliveries")).toEqual([]);
    state.isDown = false;
    state.nowMs += MINUTE_MS;
    expect(await send(service, key, state.nowMs)).toBe(200);
  });

  test("rotates its key: the next one is fetched at once, and the old one is valid until it has expired (F52)", async () => {
    const [old, next] = [createPlaidKey("key-1"), createPlaidKey("key-2")];
    const { state, service } = await setUp(old, next);
    await using _closed = service;
    expect(await send(service, old, state.nowMs, "1")).toBe(200);
    expect(await send(service, next, state.nowMs, "2")).toBe(200);
    expect(await send(service, old, state.nowMs, "3")).toBe(200);
    state.known.set("key-1", { ...old.jwk, expired_at: state.nowMs / 1000 });
    state.nowMs += 60 * MINUTE_MS; // a key in use is fetched again
    expect(await send(service, old, state.nowMs, "4")).toBe(401);
    expect(await send(service, next, state.nowMs, "5")).toBe(200);
  });
});
