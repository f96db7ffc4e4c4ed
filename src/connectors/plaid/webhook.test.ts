import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { jwtVerify } from "jose";
import { useWebhooks } from "../../../test/conformance/webhooks.ts";
import { ServiceError } from "../../domain/error.ts";
import { type PlaidConfig, plaidConfig } from "./config.ts";
import { useItem } from "./fixtures/item.ts";
import { KID, makeKey, NOW_S, type Signing, tokenOf } from "./fixtures/signing.ts";
import { plaidWebhook } from "./webhook.ts";

const CONFIG = plaidConfig.parse({ clientId: "c", secret: "s", accessToken: "a", itemId: "item_1" });
const OURS = makeKey();
const OTHER = makeKey();

function bodyOf(changes: Readonly<Record<string, unknown>> = {}): string {
  const fields = {
    webhook_type: "TRANSACTIONS",
    webhook_code: "SYNC_UPDATES_AVAILABLE",
    item_id: "item_1",
    ...changes,
  };
  return JSON.stringify(fields, null, 2);
}
const BODY = bodyOf();

function callOf(token: string | readonly string[], body = BODY, nowMs = NOW_S * 1000) {
  const values = typeof token === "string" ? [token] : token;
  return { body: Buffer.from(body), headers: new Map([["plaid-verification", values]]), config: CONFIG, nowMs };
}

/** The message that the sender receives; undefined when the call is accepted. */
function refusal(call: ReturnType<typeof callOf>, [key]: readonly [unknown] = [OURS.jwk]) {
  try {
    plaidWebhook.verify({ ...call, key });
    return undefined;
  } catch (reason) {
    const { code, message } = ServiceError.from(reason);
    return { code, message };
  }
}

const REFUSED = { code: "SIGNATURE_INVALID", message: "[SIGNATURE_INVALID] the webhook signature is not valid" };

describe("verification of Plaid webhooks", () => {
  test("returns the key id and the time of the signature", async () => {
    const call = callOf(await tokenOf(BODY, { key: OURS.privateKey }));
    expect(plaidWebhook.keys?.keyId(call)).toBe(KID);
    expect(plaidWebhook.verify({ ...call, key: OURS.jwk })).toEqual({
      scheme: "plaid-jwt",
      key: KID,
      signedAt: new Date(NOW_S * 1000).toISOString(),
    });
  });

  test("agrees with jose for any key, body and time (F49) (F50)", async () => {
    const attempt = fc.record({
      item: fc.string({ maxLength: 20, unit: "binary" }),
      isOurs: fc.boolean(),
      isSameBody: fc.boolean(),
      iat: fc.integer({ min: NOW_S - 400, max: NOW_S + 300 }),
    });
    await fc.assert(
      fc.asyncProperty(attempt, async ({ item, isOurs, isSameBody, iat }) => {
        const body = bodyOf({ item_id: item });
        const signing: Signing = { key: (isOurs ? OURS : OTHER).privateKey, iat, hashOf: isSameBody ? body : "{}" };
        const token = await tokenOf(body, signing);
        const options = {
          algorithms: ["ES256"],
          currentDate: new Date(NOW_S * 1000),
          maxTokenAge: 300,
          clockTolerance: 0,
        };
        // jose accepts no time in the future; we accept the possible deviation of a clock, as in the past.
        const future = iat > NOW_S ? { ...options, currentDate: new Date(iat * 1000) } : options;
        const verified = await jwtVerify(token, OURS.publicKey, future).then(
          () => isSameBody,
          () => false,
        );
        expect(refusal(callOf(token, body))).toEqual(verified ? undefined : REFUSED);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, () => Promise<string | readonly string[]>]>([
    ["another key", () => tokenOf(BODY, { key: OTHER.privateKey })],
    ["another body", () => tokenOf(BODY, { key: OURS.privateKey, hashOf: `${BODY} ` })],
    ["301 s ago", () => tokenOf(BODY, { key: OURS.privateKey, iat: NOW_S - 301 })],
    ["301 s ahead", () => tokenOf(BODY, { key: OURS.privateKey, iat: NOW_S + 301 })],
    ["HS256 with the public key", () => tokenOf(BODY, { key: Buffer.from(JSON.stringify(OURS.jwk)), alg: "HS256" })],
    [
      "no algorithm",
      async () =>
        `${encoded({ alg: "none", kid: KID })}.${(await tokenOf(BODY, { key: OURS.privateKey })).split(".")[1]}.`,
    ],
    ["two headers", async () => [await tokenOf(BODY, { key: OURS.privateKey }), "x"]],
    ["no header", async () => []],
    ["nothing", async () => ""],
  ])("refuses %s with the same message (F49) (F50) (F53)", async (_name, token) => {
    expect(refusal(callOf(await token()))).toEqual(REFUSED);
  });

  test("fetches no key for a call that no key could verify (F54)", async () => {
    const old = callOf(await tokenOf(BODY, { key: OURS.privateKey, iat: NOW_S - 301 }));
    expect(plaidWebhook.keys?.keyId(old)).toBeUndefined();
    const odd = callOf(await tokenOf(BODY, { key: OURS.privateKey, kid: "../x" }));
    expect(plaidWebhook.keys?.keyId(odd)).toBeUndefined();
  });

  test("refuses a key that is missing, that of another id, or expired (F52)", async () => {
    const call = callOf(await tokenOf(BODY, { key: OURS.privateKey }));
    for (const key of [undefined, {}, { ...OURS.jwk, kid: "another" }, { ...OURS.jwk, expired_at: NOW_S }]) {
      expect(refusal(call, [key])).toEqual(REFUSED);
    }
    expect(refusal(call, [{ ...OURS.jwk, expired_at: NOW_S + 1 }])).toBeUndefined();
  });
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("identity of Plaid deliveries", () => {
  const idOf = async (body: string, signing: Partial<Signing> = {}) =>
    plaidWebhook.identify(callOf(await tokenOf(body, { key: OURS.privateKey, ...signing }), body)).deliveryId;

  test("the same call is the same delivery, and the same body with a new signature is another delivery (F40) (F50)", async () => {
    const first = await idOf(BODY);
    expect(first).toMatch(new RegExp(`^${NOW_S}:[0-9a-f]{64}$`));
    expect(await idOf(BODY)).toBe(first); // another signature of the same second: ES256 is random
    expect(await idOf(BODY, { iat: NOW_S + 1 })).not.toBe(first);
    expect(await idOf(bodyOf({ webhook_code: "DEFAULT_UPDATE" }))).not.toBe(first);
  });

  test("the event type is known, and unknown fields are accepted (F56)", () => {
    expect(plaidWebhook.identify(callOf("x", BODY))).toEqual({
      deliveryId: undefined,
      eventType: "TRANSACTIONS.SYNC_UPDATES_AVAILABLE",
    });
    for (const body of ["", "{", "[]", "null", `{"webhook_type":1}`, "\uFEFFx", "\0"]) {
      expect(plaidWebhook.identify(callOf([], body))).toEqual({ deliveryId: undefined, eventType: undefined });
    }
  });
});

describe("parsing of Plaid webhooks", () => {
  function messages(changes: Readonly<Record<string, unknown>>, config: PlaidConfig = CONFIG) {
    const raw = { payload: { bytes: Buffer.from(bodyOf(changes)), mediaType: "application/json" }, path: "" };
    return plaidWebhook.parse(raw, config);
  }
  const streams = (...call: Parameters<typeof messages>) =>
    messages(...call).flatMap((message) =>
      message.type === "streamHint" ? message.stream : message.type === "accessEnd" ? [] : message,
    );

  const AT = "2026-12-09T10:00:00.000Z";
  test.each([
    ["PENDING_EXPIRATION", { consent_expiration_time: AT }, [{ at: AT }]],
    ["PENDING_EXPIRATION", { consent_expiration_time: "soon" }, []],
    ["PENDING_DISCONNECT", { disconnect_time: AT }, [{ at: AT, isAnnounced: true }]],
    ["PENDING_DISCONNECT", { disconnect_time: 7 }, [{ at: undefined, isAnnounced: true, afterMs: 604_800_000 }]],
    ["LOGIN_REPAIRED", {}, [{ at: undefined, isAnnounced: true }]],
    ["ERROR", {}, []],
  ])("ITEM.%s with %j states when the access ends: %j", (code, changes, expected) => {
    const all = messages({ webhook_type: "ITEM", webhook_code: code, ...changes });
    const ends = all.filter(({ type }) => type === "accessEnd");
    expect(ends).toEqual(
      expected.map((end) => ({ type: "accessEnd", ...end, renewal: expect.stringContaining("Plaid Link") })),
    );
  });

  test.each([
    ["TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", ["transactions", "accounts"]],
    ["TRANSACTIONS", "INITIAL_UPDATE", ["transactions", "accounts"]],
    ["TRANSACTIONS", "HISTORICAL_UPDATE", ["transactions", "accounts"]],
    ["TRANSACTIONS", "DEFAULT_UPDATE", ["transactions", "accounts"]],
    ["TRANSACTIONS", "TRANSACTIONS_REMOVED", ["transactions", "accounts"]],
    ["ITEM", "ERROR", ["accounts"]],
    ["ITEM", "NEW_ACCOUNTS_AVAILABLE", ["accounts"]],
    ["ITEM", "PENDING_EXPIRATION", ["accounts"]],
    ["ITEM", "PENDING_DISCONNECT", ["accounts"]],
    ["ITEM", "USER_PERMISSION_REVOKED", ["accounts"]],
    ["ITEM", "LOGIN_REPAIRED", ["transactions", "accounts"]],
    ["ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", []],
    ["TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE", []],
    ["HOLDINGS", "DEFAULT_UPDATE", []],
    ["__proto__", "toString", []],
  ])("%s.%s requests the streams %j", (type, code, expected) => {
    expect(streams({ webhook_type: type, webhook_code: code })).toEqual(expected);
  });

  test("ignores other Items, unless the settings do not name the Item", () => {
    expect(streams({ item_id: "item_2" })).toEqual([]);
    expect(streams({ item_id: "item_2" }, { ...CONFIG, itemId: undefined })).toEqual(["transactions", "accounts"]);
    expect(streams({ item_id: null })).toEqual(["transactions", "accounts"]);
  });

  test.each(["", "{", "[]", `{"webhook_type":"ITEM"}`, `{"webhook_type":"ITEM","webhook_code":7}`, "\xff"])(
    "%j is not a Plaid webhook (F56) (F57)",
    (text) => {
      const raw = { payload: { bytes: Buffer.from(text, "latin1"), mediaType: "application/json" }, path: "" };
      expect(() => plaidWebhook.parse(raw, CONFIG)).toThrow("DELIVERY_MALFORMED");
    },
  );

  test("C50: a body with a repeated key is malformed, and the path is named", () => {
    const text = `{"webhook_type":"ITEM","webhook_code":"NEW_ACCOUNTS_AVAILABLE","item_id":"item_2","item_id":"item_1"}`;
    const raw = { payload: { bytes: Buffer.from(text), mediaType: "application/json" }, path: "" };
    expect(() => plaidWebhook.parse(raw, CONFIG)).toThrow(/DELIVERY_MALFORMED.*got "item_id" twice/);
  });
});

test("Plaid keys are fetched by their ids, and a rotated key stays valid until it expires (F52)", async () => {
  await using item = await useItem();
  await using receiver = await useWebhooks(item.sandbox);
  const fire = () => item.control("POST", "webhooks", { type: "ITEM", code: "NEW_ACCOUNTS_AVAILABLE" });
  await fire();
  await receiver.whenQuiet();
  await item.control("POST", "rotate-key", { overlapS: 60 });
  await fire();
  const calls = (await receiver.whenQuiet()).map((call) => ({ ...call, config: CONFIG, nowMs: Date.now() }));
  expect(new Set(calls.map((call) => plaidWebhook.keys?.keyId(call))).size).toBe(2);
  for (const call of calls) {
    const key = await item.keyOfCall(call);
    expect(plaidWebhook.verify({ ...call, key })).toMatchObject({ scheme: "plaid-jwt" });
  }
  const [old] = calls;
  const laterMs = Date.now() + 61_000;
  const key = old && (await item.keyOfCall(old));
  expect(() => old && plaidWebhook.verify({ ...old, key, nowMs: laterMs })).toThrow("SIGNATURE_INVALID");
  const unknown = await tokenOf(BODY, { key: OURS.privateKey, kid: "no-such-key", iat: Math.floor(Date.now() / 1000) });
  expect(await item.keyOfCall(callOf(unknown, BODY, Date.now()))).toBeUndefined();
});
