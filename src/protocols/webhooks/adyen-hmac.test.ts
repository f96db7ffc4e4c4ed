import { createHmac } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { adyenSignatures, verifyAdyenHmac } from "./adyen-hmac.ts";
import { leastMs, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import type { Secret } from "./secrets.ts";

// Source: Adyen docs, "Verify HMAC signatures", the example of "Verify using your own solution".
const KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const SIGNATURE = "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=";
const ITEM = {
  pspReference: "7914073381342284",
  originalReference: "",
  merchantAccountCode: "TestMerchant",
  merchantReference: "TestPayment-1407325143704",
  amount: { value: 1130, currency: "EUR" },
  eventCode: "AUTHORISATION",
  success: "true",
  additionalData: { hmacSignature: SIGNATURE },
};
const OTHER_KEY = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";
const NOW_MS = 1_763_800_000_000;

function bodyOf(...items: readonly unknown[]): Buffer {
  const notificationItems = items.map((item) => ({ NotificationRequestItem: item }));
  return Buffer.from(JSON.stringify({ live: "false", notificationItems }));
}

function refusal(body: Uint8Array, keys: readonly Secret[] = [KEY]) {
  return refusalOf(() => verifyAdyenHmac({ body, keys, nowMs: NOW_MS }));
}

function signatures(...items: readonly unknown[]): readonly boolean[] {
  return adyenSignatures({ body: bodyOf(...items), keys: [KEY], nowMs: NOW_MS }).map(({ isSigned }) => isSigned);
}

/** An item signed as Adyen's own Node library signs it: joined, not escaped. */
function signed(changes: Readonly<Record<string, unknown>>, key = KEY) {
  const item = { ...ITEM, ...changes };
  const { pspReference, originalReference, merchantAccountCode, merchantReference, amount, eventCode, success } = item;
  const references = [pspReference, originalReference, merchantAccountCode, merchantReference];
  const text = [...references, amount.value, amount.currency, eventCode, success].join(":");
  const hmacSignature = createHmac("sha256", Buffer.from(key, "hex")).update(text, "utf8").digest("base64");
  return { ...item, additionalData: { hmacSignature } };
}

describe("a signed Adyen item is accepted", () => {
  test("from the documented example, and from that of Adyen's PHP library, which leaves the empty reference out", () => {
    expect(refusal(bodyOf(ITEM))).toBeUndefined();
    const proof = verifyAdyenHmac({ body: bodyOf(ITEM), keys: [OTHER_KEY, KEY], nowMs: NOW_MS });
    expect(proof).toEqual({ scheme: "adyen-hmac", secret: 1 });
    const { originalReference: _empty, ...others } = ITEM;
    const hmacSignature = "Ny9gS2veKo5E4w8/OL6xz1/wvT/hYkAXy1xNc/QvO4I=";
    // Source: Adyen/adyen-php-api-library, tests/Adyen/Util/HmacSignatureTest.php, "testNotificationRequestItemHmac".
    expect(refusal(bodyOf({ ...others, additionalData: { hmacSignature } }), [OTHER_KEY])).toBeUndefined();
  });

  test("with colons, slashes and backslashes unchanged: Adyen does not escape the signed text", () => {
    // The forms of references in adyen-python-api-library issue 117 and adyen-ruby-api-library issue 108.
    const report = "threedsecure_authentication_report_2022-11-01T00:00:00_2022-11-02T23:59:59.csv";
    expect(refusal(bodyOf(signed({ merchantReference: "14-08-2020-09:53:00" })))).toBeUndefined();
    expect(refusal(bodyOf(signed({ pspReference: report, eventCode: "REPORT_AVAILABLE" })))).toBeUndefined();
    expect(refusal(bodyOf(signed({ merchantReference: "a\\b/ü€" })))).toBeUndefined();
    const escaped = signed({ merchantReference: "09\\:53" }).additionalData;
    expect(refusal(bodyOf({ ...ITEM, merchantReference: "09:53", additionalData: escaped }))).toEqual(REFUSED);
  });

  test("with the old or the new key until the old one expires (F52)", () => {
    const until = (expiresAtMs: number): readonly Secret[] => [OTHER_KEY, { value: KEY, expiresAtMs }];
    expect(refusal(bodyOf(ITEM, signed({ success: "false" }, OTHER_KEY)), until(NOW_MS + 1))).toBeUndefined();
    expect(refusal(bodyOf(ITEM), until(NOW_MS))).toEqual(REFUSED);
    expect(refusal(bodyOf(ITEM), [KEY.toLowerCase()])).toBeUndefined();
  });

  test("with an amount beyond 2^53, digit by digit", () => {
    const value = 9_007_199_254_740_993n;
    const item = JSON.stringify({ ...signed({ amount: { value, currency: "EUR" } }), amount: 0 });
    const exact = item.replace('"amount":0', `"amount":{"value":${value},"currency":"EUR"}`);
    const body = Buffer.from(`{"notificationItems":[{"NotificationRequestItem":${exact}}]}`);
    expect(refusal(body)).toBeUndefined();
  });
});

describe("a forged Adyen delivery is refused, always with the same message (F49)", () => {
  test.each([
    ["pspReference", "7914073381342285"],
    ["originalReference", "x"],
    ["merchantAccountCode", "Other"],
    ["merchantReference", "Other"],
    ["amount", { value: 1131, currency: "EUR" }],
    ["amount", { value: 1130, currency: "USD" }],
    ["amount", { value: "1130", currency: "EUR" }],
    ["amount", { value: 1130.0001, currency: "EUR" }],
    ["amount", undefined],
    ["eventCode", "CAPTURE"],
    ["success", "false"],
    ["success", true],
    ["additionalData", undefined],
    ["additionalData", { hmacSignature: "" }],
    ["additionalData", { hmacSignature: SIGNATURE.slice(0, -1) }],
    ["additionalData", { hmacSignature: `${SIGNATURE}AAAA` }],
    ["additionalData", { hmacSignature: Buffer.from(SIGNATURE, "base64").toString("hex") }],
    ["additionalData", { hmacSignature: [SIGNATURE] }],
    ["additionalData", null],
  ])("%s is %j", (field, value) => expect(refusal(bodyOf({ ...ITEM, [field]: value }))).toEqual(REFUSED));

  test("one unsigned item among several: the result of each item is reported", () => {
    const forged = { ...ITEM, success: "false" };
    expect(signatures(ITEM, signed({ success: "false" }))).toEqual([true, true]);
    expect(signatures(ITEM, forged, ITEM)).toEqual([true, false, true]);
    expect(refusal(bodyOf(ITEM, forged, ITEM))).toEqual(REFUSED);
    expect(refusal(bodyOf(ITEM, "no item"))).toEqual(REFUSED);
  });

  test("with text moved across a colon into a field that may not contain one", () => {
    const text = signed({ merchantReference: "ref:1130", amount: { value: 5, currency: "EUR" } });
    expect(
      refusal(bodyOf({ ...text, merchantReference: "ref", amount: { value: "1130:5", currency: "EUR" } })),
    ).toEqual(REFUSED);
    expect(refusal(bodyOf(signed({ eventCode: "CAPTURE:false" })))).toEqual(REFUSED);
  });

  test.each(["", "{}", "[]", "null", "1", '{"notificationItems":{}}', '{"notificationItems":[]}', "{", "\0", "[[[["])(
    "a body that is %j",
    (text) => expect(refusal(Buffer.from(text))).toEqual(REFUSED),
  );

  test("with no keys, with another tenant's key, an empty key, or a key that is not hexadecimal", () => {
    for (const keys of [[], [OTHER_KEY], [""], [KEY.slice(2)], [`${KEY.slice(2)}zz`]]) {
      expect(refusal(bodyOf(ITEM), keys)).toEqual(REFUSED);
    }
    const unkeyed = signed({}, "");
    expect(refusal(bodyOf(unkeyed), [""])).toEqual(REFUSED);
  });

  test("keys named __proto__ have no effect (F62)", () => {
    const proto = JSON.stringify(ITEM).replace('"additionalData":', '"__proto__":');
    const body = `{"notificationItems":[{"NotificationRequestItem":${proto}}]}`;
    expect(refusal(Buffer.from(body))).toEqual(REFUSED);
    expect(refusal(Buffer.from(`{"__proto__":${bodyOf(ITEM).toString()}}`))).toEqual(REFUSED);
  });
});

test("work is bounded: more than 50 items are refused, and a megabyte of them within 50 ms (F55)", () => {
  expect(refusal(bodyOf(...Array.from({ length: 50 }, () => ITEM)))).toBeUndefined();
  expect(refusal(bodyOf(...Array.from({ length: 51 }, () => ITEM)))).toEqual(REFUSED);
  const many = bodyOf(...Array.from({ length: 2600 }, () => ITEM));
  expect(leastMs(() => refusal(many))).toBeLessThan(50);
});

test("items signed by Adyen's library are accepted, for any references", () => {
  const reference = fc.string({ unit: "grapheme", maxLength: 80 });
  fc.assert(
    fc.property(
      reference,
      reference,
      reference,
      reference,
      fc.maxSafeInteger(),
      fc.constantFrom("true", "false"),
      (pspReference, originalReference, merchantAccountCode, merchantReference, value, success) => {
        const references = { pspReference, originalReference, merchantAccountCode, merchantReference };
        const item = signed({ ...references, amount: { value, currency: "JPY" }, success });
        expect(refusal(bodyOf(item))).toBeUndefined();
        expect(refusal(bodyOf({ ...item, merchantReference: `${merchantReference}x` }))).toEqual(REFUSED);
      },
    ),
  );
});
