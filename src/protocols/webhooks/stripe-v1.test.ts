import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import Stripe from "stripe";
import { headersOf, leastMs, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import { MAX_SECRETS, type Secret } from "./secrets.ts";
import { verifyStripeV1 } from "./stripe-v1.ts";

// Behaviour of the scheme that Stripe's own connector can express is tested with it; these tests cover what its
// settings cannot express.

const { webhooks } = new Stripe("sk_test_x");
const NOW_S = 1_763_800_000;
const PAYLOAD = '{"id":"evt_1"}';

function signed(secret: string, payload = PAYLOAD, timestamp = NOW_S): string {
  return webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

function refusal(header: string | readonly string[], secrets: readonly Secret[], nowMs = NOW_S * 1000) {
  const headers = headersOf({ "stripe-signature": header });
  return refusalOf(() => verifyStripeV1({ body: Buffer.from(PAYLOAD), headers, secrets, nowMs }));
}

describe("Stripe secrets", () => {
  test("the old and the new one are both accepted until the old one expires, over ten rotations (F52)", () => {
    const hourMs = 3_600_000;
    const start = NOW_S * 1000;
    // Secret n is created at hour n and expires an hour after its successor is created.
    const secrets = Array.from({ length: 11 }, (_, n) => ({
      value: `whsec_${n}`,
      expiresAtMs: start + (n + 2) * hourMs,
    }));
    for (let n = 0; n < 10; n += 1) {
      const nowMs = start + (n + 1) * hourMs;
      const header = (of: number) => signed(`whsec_${of}`, PAYLOAD, nowMs / 1000);
      expect(refusal(header(n), secrets, nowMs)).toBeUndefined();
      expect(refusal(header(n + 1), secrets, nowMs)).toBeUndefined();
      expect(refusal(signed(`whsec_${n}`, PAYLOAD, nowMs / 1000 + 3600), secrets, nowMs + hourMs)).toEqual(REFUSED);
      expect(refusal(signed(`whsec_${n}`, PAYLOAD, nowMs / 1000 + 3599), secrets, nowMs + hourMs - 1)).toBeUndefined();
    }
  });

  test("an empty secret verifies nothing: anybody can sign with it (F49)", () => {
    expect(refusal(signed(""), [""])).toEqual(REFUSED);
    expect(refusal(signed(""), [{ value: "" }, "whsec_a"])).toEqual(REFUSED);
  });

  test("more secrets than allowed verify nothing, where expired ones are not counted (F52)", () => {
    const secrets = Array.from({ length: MAX_SECRETS }, (_, n) => `whsec_${n}`);
    expect(refusal(signed("whsec_15"), secrets)).toBeUndefined();
    expect(refusal(signed("whsec_15"), [...secrets, { value: "old", expiresAtMs: 0 }])).toBeUndefined();
    expect(refusal(signed("whsec_15"), [...secrets, "whsec_16"])).toEqual(REFUSED);
  });
});

test("a second timestamp is refused, whichever of the two is signed (F51)", () => {
  const header = signed("s");
  expect(refusal(header, ["s"])).toBeUndefined();
  for (const both of [`${header},t=1`, `t=1,${header}`, `${header},t=${NOW_S}`, `${header},t`]) {
    expect(refusal(both, ["s"])).toEqual(REFUSED);
  }
});

test("a header named __proto__ has no effect (F62)", () => {
  const headers = new Map([["__proto__", [signed("s")]]]);
  const call = { body: Buffer.from(PAYLOAD), headers, secrets: ["s"], nowMs: NOW_S * 1000 };
  expect(refusalOf(() => verifyStripeV1(call))).toEqual(REFUSED);
  headers.set("stripe-signature", [signed("s")]);
  expect(refusalOf(() => verifyStripeV1(call))).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty("0");
});

test("a valid signature among more than are allowed is refused (F55)", () => {
  const wrong = `v1=${"0".repeat(64)}`;
  const headerOf = (count: number) => [signed("s"), ...Array.from({ length: count }, () => wrong)].join(",");
  const parts = headerOf(0).split(",").length;
  expect(refusal(headerOf(20 - parts), ["s"])).toBeUndefined();
  expect(refusal(headerOf(21 - parts), ["s"])).toEqual(REFUSED);
});

test("16 kB of signatures and a megabyte of body are answered within 50 ms (F55)", () => {
  const v1 = `v1=${"0".repeat(64)}`;
  const secrets = Array.from({ length: MAX_SECRETS }, (_, n) => `whsec_${n}`);
  const body = new Uint8Array(1024 * 1024);
  for (const count of [19, 240]) {
    const header = [`t=${NOW_S}`, ...Array.from({ length: count }, () => v1)].join(",");
    const call = { body, headers: headersOf({ "stripe-signature": header }), secrets, nowMs: NOW_S * 1000 };
    expect(refusalOf(() => verifyStripeV1(call))).toEqual(REFUSED);
    expect(leastMs(() => refusalOf(() => verifyStripeV1(call)))).toBeLessThan(50);
  }
});

test("calls signed by Stripe's SDK are accepted, for any body, secret and time in the tolerance", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.integer({ min: -300, max: 300 }),
      (payload, secret, offset) => {
        const headers = headersOf({ "stripe-signature": signed(secret, payload, NOW_S + offset) });
        const call = { body: Buffer.from(payload), headers, secrets: [secret], nowMs: NOW_S * 1000 };
        expect(refusalOf(() => verifyStripeV1(call))).toBeUndefined();
      },
    ),
  );
});
