import { createHmac } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { headersOf, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import { GITHUB_HMAC, type HmacBodyScheme, SHOPIFY_HMAC, verifyHmacBody } from "./hmac-body.ts";
import type { Secret } from "./secrets.ts";

// Source: GitHub docs, "Validating webhook deliveries", "Testing the webhook payload validation".
const SECRET = "It's a Secret to Everybody";
const PAYLOAD = "Hello, World!";
const HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const BASE64 = Buffer.from(HEX, "hex").toString("base64");
const NOW_MS = 1_763_800_000_000;

function refusal(scheme: HmacBodyScheme, header: string | readonly string[], secrets: readonly Secret[] = [SECRET]) {
  const headers = headersOf({ [scheme.header]: header });
  return refusalOf(() => verifyHmacBody({ body: Buffer.from(PAYLOAD), headers, scheme, secrets, nowMs: NOW_MS }));
}

test("GitHub's documented signature is accepted, and the same signature in Shopify's encoding", () => {
  expect(refusal(GITHUB_HMAC, `sha256=${HEX}`)).toBeUndefined();
  expect(refusal(SHOPIFY_HMAC, BASE64)).toBeUndefined();
});

test("the old and the new secret are both accepted until the old one expires (F52)", () => {
  const old = (expiresAtMs: number): Secret => ({ value: SECRET, expiresAtMs });
  for (const [scheme, header] of [
    [GITHUB_HMAC, `sha256=${HEX}`],
    [SHOPIFY_HMAC, BASE64],
  ] as const) {
    expect(refusal(scheme, header, ["new", old(NOW_MS + 1)])).toBeUndefined();
    expect(refusal(scheme, header, ["new", old(NOW_MS)])).toEqual(REFUSED);
  }
});

describe("a forged call with an HMAC of the body is refused, always with the same message (F49)", () => {
  test.each([
    ["empty", ""],
    ["the prefix alone", "sha256="],
    ["no prefix", HEX],
    ["upper-case hex", `sha256=${HEX.toUpperCase()}`],
    ["an upper-case prefix", `SHA256=${HEX}`],
    ["short", `sha256=${HEX.slice(1)}`],
    ["long", `sha256=${HEX}0`],
    ["base64", `sha256=${BASE64}`],
    ["SHA-1, as in the older header (F53)", `sha1=${createHmac("sha1", SECRET).update(PAYLOAD).digest("hex")}`],
    ["space around it", ` sha256=${HEX}`],
    ["two in one header", `sha256=${HEX},sha256=${HEX}`],
    ["another secret's", `sha256=${createHmac("sha256", "other").update(PAYLOAD).digest("hex")}`],
    ["over 4 kB (F55)", `sha256=${HEX}${" ".repeat(5000)}`],
  ])("GitHub: %s", (_what, header) => expect(refusal(GITHUB_HMAC, header)).toEqual(REFUSED));

  test.each([
    ["empty", ""],
    ["without padding", BASE64.replace(/=+$/, "")],
    ["base64url", BASE64.replaceAll("/", "_").replaceAll("+", "-")],
    ["non-zero padding bits", BASE64.replace(/.=$/, "d=")],
    ["hex", HEX],
    ["space in it", `${BASE64.slice(0, 9)} ${BASE64.slice(9)}`],
    ["characters after the padding", `${BASE64}AAAA`],
  ])("Shopify: %s", (_what, header) => {
    expect(header).not.toBe(BASE64);
    expect(refusal(SHOPIFY_HMAC, header)).toEqual(REFUSED);
  });

  test("signature sent twice or missing, no secrets, or an empty secret", () => {
    expect(refusal(GITHUB_HMAC, [`sha256=${HEX}`, `sha256=${HEX}`])).toEqual(REFUSED);
    expect(refusal(GITHUB_HMAC, [])).toEqual(REFUSED);
    expect(refusal(GITHUB_HMAC, `sha256=${HEX}`, [])).toEqual(REFUSED);
    const unkeyed = createHmac("sha256", "").update(PAYLOAD).digest("hex");
    expect(refusal(GITHUB_HMAC, `sha256=${unkeyed}`, [""])).toEqual(REFUSED);
  });

  test("signature under a header named __proto__ (F62)", () => {
    const headers = new Map([["__proto__", [BASE64]]]);
    const call = { body: Buffer.from(PAYLOAD), headers, scheme: SHOPIFY_HMAC, secrets: [SECRET], nowMs: NOW_MS };
    expect(refusalOf(() => verifyHmacBody(call))).toEqual(REFUSED);
  });
});

test("a body of any bytes is verified, and is refused with any bit changed (F56)", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.string({ minLength: 1, unit: "binary" }),
      fc.constantFrom(GITHUB_HMAC, SHOPIFY_HMAC),
      fc.nat(),
      (body, secret, scheme, at) => {
        const signature = scheme.prefix + createHmac("sha256", secret).update(body).digest(scheme.encoding);
        const call = { headers: headersOf({ [scheme.header]: signature }), scheme, secrets: [secret], nowMs: NOW_MS };
        expect(refusalOf(() => verifyHmacBody({ ...call, body }))).toBeUndefined();
        const changed = body.map((byte, index) => (index === at % body.length ? byte ^ 1 : byte));
        expect(refusalOf(() => verifyHmacBody({ ...call, body: changed }))).toEqual(REFUSED);
      },
    ),
  );
});
