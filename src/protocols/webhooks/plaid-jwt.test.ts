import { createHmac, generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { jwtVerify, SignJWT } from "jose";
import { headersOf, leastMs, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import { plaidKeyId, type PlaidJwk, verifyPlaidJwt } from "./plaid-jwt.ts";

// A webhook that Plaid sent in 2020, with its key and body.
// Source: stackoverflow.com/q/62143991; the answer: the body is signed with two spaces of indentation.
const RECORDED = {
  header:
    "eyJhbGciOiJFUzI1NiIsImtpZCI6IjZjNTUxNmUxLTkyZGMtNDc5ZS1hOGZmLTVhNTE5OTJlMDAwMSIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1OTA4ODcwMDEsInJlcXVlc3RfYm9keV9zaGEyNTYiOiJiNjNhMDdiNTQ3YjAwZjk5MjU0N2Y2YmJjOGQ5YWNjNjFhOGNjZWUxMzhiYzgyZjQ0YTZiYWEwOTY4M2E1ZDBmIn0.OOKvIihgqCj7Qrb2bmz7T3t7uK-0JyjiEqL2s1kWeJBM4MMmjaHKK8GmU_z91QolBWMzvPgs718EElY-rE3cwQ",
  jwk: {
    alg: "ES256",
    created_at: 1_560_466_143,
    crv: "P-256",
    expired_at: null,
    kid: "6c5516e1-92dc-479e-a8ff-5a51992e0001",
    kty: "EC",
    use: "sig",
    x: "35lvC8uz2QrWpQJ3TUH8t9o9DURMp7ydU518RKDl20k",
    y: "I8BuXB2bvxelzJAd7OKhd-ZwjCst05Fx47Mb_0ugros",
  },
  body: JSON.stringify(
    {
      error: null,
      item_id: "yxQbxDjnD8hr69pKbQpbcKeVn3GL9QuyA7NV3",
      new_transactions: 390,
      webhook_code: "HISTORICAL_UPDATE",
      webhook_type: "TRANSACTIONS",
    },
    null,
    2,
  ),
  nowMs: 1_590_887_001_000,
};

const NOW_S = 1_763_800_000;
const KID = "bfbd5111-8e33-4643-8ced-b2e642a72f3c";
const BODY = '{"webhook_type":"TRANSACTIONS"}';
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const JWK: PlaidJwk = { ...publicKey.export({ format: "jwk" }), alg: "ES256", use: "sig", kid: KID, expired_at: null };
const HEAD = { alg: "ES256", kid: KID, typ: "JWT" };
const CLAIMS = { iat: NOW_S, request_body_sha256: hash("sha256", BODY, "hex") };

function encode(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

interface TokenParts {
  readonly head?: unknown;
  readonly claims?: unknown;
  readonly key?: KeyObject;
}

/** A token with a valid signature over any parts. */
function token({ head = HEAD, claims = CLAIMS, key = privateKey }: TokenParts = {}): string {
  const signed = `${encode(head)}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

interface Attempt {
  readonly header?: string | readonly string[];
  readonly body?: string;
  readonly jwk?: PlaidJwk | undefined;
  readonly nowMs?: number;
}

function callOf({ header = token(), body = BODY, nowMs = NOW_S * 1000 }: Attempt) {
  return { body: Buffer.from(body), headers: headersOf({ "plaid-verification": header }), nowMs };
}

function refusal(attempt: Attempt) {
  const jwk = "jwk" in attempt ? attempt.jwk : JWK;
  return refusalOf(() => verifyPlaidJwt({ ...callOf(attempt), keyOf: () => jwk }));
}

/** jose's result for the same token, with its strictest options. */
async function isAcceptedByJose(header: string, nowMs = NOW_S * 1000): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(header, publicKey, {
      algorithms: ["ES256"],
      maxTokenAge: 300,
      currentDate: new Date(nowMs),
    });
    return payload["request_body_sha256"] === CLAIMS.request_body_sha256;
  } catch {
    return false;
  }
}

describe("a Plaid call is accepted", () => {
  test("that was recorded from Plaid, but not with another body of equal JSON", () => {
    expect(refusal(RECORDED)).toBeUndefined();
    expect(plaidKeyId(callOf(RECORDED))).toBe(RECORDED.jwk.kid);
    expect(verifyPlaidJwt({ ...callOf(RECORDED), keyOf: () => RECORDED.jwk })).toEqual({
      scheme: "plaid-jwt",
      key: RECORDED.jwk.kid,
      signedAt: expect.stringMatching(/^20\d\d-.*Z$/),
    });
    const body = JSON.stringify(JSON.parse(RECORDED.body));
    expect(refusal({ ...RECORDED, body })).toEqual(REFUSED);
    expect(refusal({ ...RECORDED, nowMs: RECORDED.nowMs + 301_000 })).toEqual(REFUSED);
  });

  test("that jose signed and accepts", async () => {
    const header = await new SignJWT({ ...CLAIMS }).setProtectedHeader(HEAD).sign(privateKey);
    expect(await isAcceptedByJose(header)).toBe(true);
    expect(refusal({ header })).toBeUndefined();
  });

  test("with the key of its kid during a rotation, until that key expires (F52)", () => {
    const next = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const keys = new Map<string, PlaidJwk>([
      [KID, { ...JWK, expired_at: NOW_S + 1 }],
      ["next", { ...JWK, ...next.publicKey.export({ format: "jwk" }), kid: "next" }],
    ]);
    const verify = (header: string, nowMs: number) =>
      refusalOf(() => verifyPlaidJwt({ ...callOf({ header, nowMs }), keyOf: (kid) => keys.get(kid) }));
    const byNext = token({ head: { ...HEAD, kid: "next" }, key: next.privateKey });
    expect(verify(token(), NOW_S * 1000)).toBeUndefined();
    expect(verify(byNext, NOW_S * 1000)).toBeUndefined();
    expect(verify(token(), (NOW_S + 1) * 1000)).toEqual(REFUSED);
    expect(verify(byNext, (NOW_S + 1) * 1000)).toBeUndefined();
    expect(verify(token({ head: { ...HEAD, kid: "next" } }), NOW_S * 1000)).toEqual(REFUSED);
  });
});

describe("another algorithm is refused with any signature (F53)", () => {
  const signed = (alg: unknown) => `${encode({ ...HEAD, alg })}.${encode(CLAIMS)}`;

  test.each(["none", "None", "NONE", "", undefined, null])("alg %j without a signature", (alg) => {
    expect(refusal({ header: `${signed(alg)}.` })).toEqual(REFUSED);
    expect(refusal({ header: token({ head: { ...HEAD, alg } }) })).toEqual(REFUSED);
  });

  test("HS256 with the public key as its secret, in any of its forms", () => {
    const pem = publicKey.export({ format: "pem", type: "spki" });
    const der = publicKey.export({ format: "der", type: "spki" });
    for (const secret of [pem, der, JSON.stringify(JWK), Buffer.from(String(JWK["x"]), "base64url")]) {
      const mac = createHmac("sha256", secret).update(signed("HS256")).digest("base64url");
      expect(refusal({ header: `${signed("HS256")}.${mac}` })).toEqual(REFUSED);
      const asEs256 = createHmac("sha512", secret).update(signed("ES256")).digest("base64url");
      expect(refusal({ header: `${signed("ES256")}.${asEs256}` })).toEqual(REFUSED);
    }
  });

  test.each(["ES384", "ES512", "ES256K", "RS256", "PS256", "EdDSA", "HS256", "es256", "ES256 ", ["ES256"]])(
    "alg %j with a valid ES256 signature",
    (alg) => expect(refusal({ header: token({ head: { ...HEAD, alg } }) })).toEqual(REFUSED),
  );

  test("a critical extension, which jose refuses too", async () => {
    const header = token({ head: { ...HEAD, crit: ["b64"], b64: false } });
    expect(await isAcceptedByJose(header)).toBe(false);
    expect(refusal({ header })).toEqual(REFUSED);
  });

  test("a key in the header of the token is ignored", () => {
    const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const head = { ...HEAD, jwk: own.publicKey.export({ format: "jwk" }), jku: "https://attacker.example/keys" };
    expect(refusal({ header: token({ head, key: own.privateKey }) })).toEqual(REFUSED);
  });

  test("a signature in DER", () => {
    const text = `${encode(HEAD)}.${encode(CLAIMS)}`;
    const der = sign("sha256", Buffer.from(text), privateKey).toString("base64url");
    expect(refusal({ header: `${text}.${der}` })).toEqual(REFUSED);
  });

  test("signatures of zeros only, and of the curve's order", () => {
    const text = `${encode(HEAD)}.${encode(CLAIMS)}`;
    const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
    for (const bytes of [Buffer.alloc(64), Buffer.concat([order, order])]) {
      expect(refusal({ header: `${text}.${bytes.toString("base64url")}` })).toEqual(REFUSED);
    }
  });
});

describe("an unsuitable Plaid key is refused", () => {
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ format: "jwk" });
  test.each<[string, PlaidJwk | undefined]>([
    ["none", undefined],
    ["empty", {}],
    ["of another kid", { ...JWK, kid: "other" }],
    ["expired", { ...JWK, expired_at: NOW_S }],
    ["expired long ago", { ...JWK, expired_at: 0 }],
    ["with an invalid expiry", { ...JWK, expired_at: "never" }],
    ["of another curve", { ...JWK, ...p384 }],
    ["of another type", { ...JWK, kty: "oct", k: "AAAA" }],
    ["for another algorithm", { ...JWK, alg: "ES384" }],
    ["for encryption", { ...JWK, use: "enc" }],
    ["not on the curve", { ...JWK, y: Buffer.alloc(32, 1).toString("base64url") }],
    ["with a short coordinate", { ...JWK, x: "AAAA" }],
    ["with base64 instead of base64url", { ...JWK, x: `${String(JWK["x"])}=` }],
  ])("%s", (_what, jwk) => expect(refusal({ jwk })).toEqual(REFUSED));
});

describe("the signed time is a whole number within 300 s in either direction", () => {
  test.each([-301, -300, -299, 0, 299, 300, 301])("%i s old (F50)", (age) => {
    const expected = Math.abs(age) <= 300 ? undefined : REFUSED;
    expect(refusal({ nowMs: (NOW_S + age) * 1000 })).toEqual(expected);
  });

  test("slightly in our future: refused by jose, which allows no skew by default, and accepted by us (F50)", async () => {
    expect(await isAcceptedByJose(token(), (NOW_S - 10) * 1000)).toBe(false);
    expect(refusal({ nowMs: (NOW_S - 10) * 1000 })).toBeUndefined();
  });

  test.each([String(NOW_S), `${NOW_S}junk`, null, undefined, NOW_S + 0.5, -NOW_S, 1e300, [NOW_S], true, {}])(
    "%j is not a valid time (F51)",
    (iat) => expect(refusal({ header: token({ claims: { ...CLAIMS, iat } }) })).toEqual(REFUSED),
  );
});

describe("a forged Plaid call is refused, always with the same message (F49)", () => {
  const good = CLAIMS.request_body_sha256;
  test.each([good.toUpperCase(), good.slice(1), `${good}0`, "", null, undefined, [good], hash("sha256", "", "hex")])(
    "request_body_sha256 %j",
    (bodyHash) =>
      expect(refusal({ header: token({ claims: { ...CLAIMS, request_body_sha256: bodyHash } }) })).toEqual(REFUSED),
  );

  const [head = "", claims = "", end = ""] = token().split(".");
  test.each([
    ["empty", ""],
    ["two parts", `${head}.${claims}`],
    ["four parts", `${head}.${claims}.${end}.`],
    ["five parts, as in encrypted tokens", `${head}.${claims}.${end}.a.b`],
    ["padding", `${head}.${claims}.${end}==`],
    ["a space", ` ${head}.${claims}.${end}`],
    ["a scheme", `Bearer ${head}.${claims}.${end}`],
    ["a header that is not JSON", `${encode("{")}.${claims}.${end}`],
    ["claims that are not an object", token({ claims: "null" })],
    ["a header that is a list", token({ head: [] })],
    ["over 4 kB (F55)", token({ claims: { ...CLAIMS, pad: "x".repeat(4096) } })],
    ["a kid with a slash (F54)", token({ head: { ...HEAD, kid: "../../keys" } })],
    ["a kid of 65 characters (F54)", token({ head: { ...HEAD, kid: "k".repeat(65) } })],
    ["a kid named __proto__ in a key of that name (F62)", token({ head: '{"__proto__":{"alg":"ES256","kid":"a"}}' })],
  ])("%s", (_what, header) => {
    expect(refusal({ header })).toEqual(REFUSED);
    expect(plaidKeyId(callOf({ header }))).toBeUndefined();
  });

  test("non-zero padding bits in the encoding, which jose's decoder accepts", async () => {
    // 64 bytes end in a character with four unused bits.
    const last = "AQgw".includes(end.at(-1) ?? "")
      ? String.fromCharCode((end.codePointAt(end.length - 1) ?? 0) + 1)
      : "";
    const header = `${head}.${claims}.${end.slice(0, -1)}${last}`;
    expect(await isAcceptedByJose(header)).toBe(true);
    expect(refusal({ header })).toEqual(REFUSED);
  });

  test("sent twice, missing, or under __proto__ (F62)", () => {
    expect(refusal({ header: [token(), token()] })).toEqual(REFUSED);
    expect(refusal({ header: [] })).toEqual(REFUSED);
    const call = { ...callOf({}), headers: new Map([["__proto__", [token()]]]), keyOf: () => JWK };
    expect(refusalOf(() => verifyPlaidJwt(call))).toEqual(REFUSED);
  });

  test("a signature of another key", () => {
    const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(refusal({ header: token({ key }) })).toEqual(REFUSED);
  });

  test("without fetching a key when anything else is already invalid (F54)", () => {
    for (const attempt of [{ body: "{}" }, { nowMs: (NOW_S + 301) * 1000 }, { header: "" }]) {
      expect(plaidKeyId(callOf(attempt))).toBeUndefined();
    }
    expect(plaidKeyId(callOf({}))).toBe(KID);
  });

  test("with any one character changed", () => {
    const header = token();
    fc.assert(
      fc.property(
        fc.nat(header.length - 1),
        fc.constantFrom("A", "B", "z", "0", "9", "-", "_", ".", "=", " "),
        (at, other) => {
          fc.pre(header[at] !== other);
          expect(refusal({ header: header.slice(0, at) + other + header.slice(at + 1) })).toEqual(REFUSED);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("tokens of any form are refused with the documented messages, or accepted by jose too", async () => {
  const head = fc.record({
    alg: fc.constantFrom<unknown>("ES256", "none", "HS256", null),
    kid: fc.constantFrom<unknown>(KID, "x", 1),
    typ: fc.constantFrom("JWT", "jwt", "x"),
  });
  const claims = fc.record({
    iat: fc.oneof(fc.integer({ min: NOW_S - 310, max: NOW_S }), fc.constantFrom<unknown>(String(NOW_S), null, 1.5)),
    request_body_sha256: fc.constantFrom<unknown>(CLAIMS.request_body_sha256, "", null),
  });
  await fc.assert(
    fc.asyncProperty(head, claims, fc.boolean(), async (aHead, someClaims, isSigned) => {
      const good = token({ head: aHead, claims: someClaims });
      const header = isSigned ? good : good.replace(/[^.]*$/, "");
      const answer = refusal({ header });
      expect([REFUSED, undefined]).toContainEqual(answer);
      expect(answer !== undefined || (await isAcceptedByJose(header))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a body of a megabyte is answered within 50 ms (F55)", () => {
  const body = "x".repeat(1024 * 1024);
  const header = token({ claims: { ...CLAIMS, request_body_sha256: hash("sha256", body, "hex") } });
  expect(refusal({ header, body })).toBeUndefined();
  expect(leastMs(() => refusal({ header, body }))).toBeLessThan(50);
});
