import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { headersOf, leastMs, REFUSED, refusalOf } from "./fixtures/refusal.ts";
import { MAX_SECRETS, type Secret } from "./secrets.ts";
import { isStandardWebhooksKey, verifyStandardWebhook } from "./standard-webhooks.ts";

// Message, secret and signatures of the specification's own libraries.
// Source: standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts, "sign function works".
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const NOW_S = 1_614_265_330;
const PAYLOAD = '{"test": 2432232314}';
const V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
// Source: the same, libraries/go/webhook_asymmetric_test.go, "TestAsymmetricWebhookSign".
const PRIVATE_KEY = privateKey("VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=");
const V1A = "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
const PUBLIC_KEY = publicText(PRIVATE_KEY);
const OTHER_SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;

function privateKey(seed: string): KeyObject {
  // PKCS #8 of an ed25519 seed. Source: RFC 8410, section 7.
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([prefix, Buffer.from(seed, "base64")]), format: "der", type: "pkcs8" });
}

function publicText(key: KeyObject): string {
  const { x = "" } = createPublicKey(key.export({ format: "pem", type: "pkcs8" })).export({ format: "jwk" });
  return `whpk_${Buffer.from(x, "base64url").toString("base64")}`;
}

type Sent = Readonly<Record<string, string | readonly string[]>>;

function sent(changes: Sent = {}, family = "webhook"): Sent {
  const headers = { id: ID, timestamp: String(NOW_S), signature: V1, ...changes };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${family}-${name}`, value]));
}

function refusal(
  headers: Sent,
  secrets: readonly Secret[] = [SECRET],
  nowMs = NOW_S * 1000,
  body: string | Uint8Array = PAYLOAD,
) {
  return refusalOf(() =>
    verifyStandardWebhook({
      body: typeof body === "string" ? Buffer.from(body) : body,
      headers: headersOf(headers),
      secrets,
      nowMs,
    }),
  );
}

/** An official library's result for the same call at the same time. */
function isAcceptedBy(library: typeof Webhook | typeof SvixWebhook, headers: Sent, payload = PAYLOAD): boolean {
  const flat = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value : (value[0] ?? ""),
  ]);
  try {
    new library(SECRET).verify(payload, Object.fromEntries(flat));
    return true;
  } catch {
    return false;
  }
}

const realNow = Date.now;

beforeEach(() => {
  // The libraries have no clock as a parameter.
  Date.now = () => NOW_S * 1000;
});

afterEach(() => {
  Date.now = realNow;
});

describe("a Standard Webhooks call is accepted", () => {
  test("with the v1 and v1a signatures of the specification", () => {
    expect(isAcceptedBy(Webhook, sent())).toBe(true);
    expect(refusal(sent())).toBeUndefined();
    expect(refusal(sent({ signature: V1A }), [PUBLIC_KEY])).toBeUndefined();
  });

  test("with Svix's header names", () => {
    expect(isAcceptedBy(SvixWebhook, sent({}, "svix"))).toBe(true);
    expect(refusal(sent({}, "svix"))).toBeUndefined();
  });

  test("with any of its signatures and any of our keys, ignoring unknown schemes (F52)", () => {
    const header = { signature: `v2,x v1,${"A".repeat(43)}= ${V1} ${V1A}` };
    for (const secrets of [[SECRET], [OTHER_SECRET, SECRET], [PUBLIC_KEY], [OTHER_SECRET, PUBLIC_KEY]]) {
      expect(refusal(sent(header), secrets)).toBeUndefined();
    }
    expect(refusal(sent(header), [OTHER_SECRET])).toEqual(REFUSED);
  });

  test("with the old secret until it expires (F52)", () => {
    const secrets = [OTHER_SECRET, { value: SECRET, expiresAtMs: NOW_S * 1000 + 1 }];
    expect(refusal(sent(), secrets)).toBeUndefined();
    expect(refusal(sent(), secrets, NOW_S * 1000 + 1)).toEqual(REFUSED);
    const keys = [{ value: PUBLIC_KEY, expiresAtMs: NOW_S * 1000 + 1 }];
    expect(refusal(sent({ signature: V1A }), keys)).toBeUndefined();
    expect(refusal(sent({ signature: V1A }), keys, NOW_S * 1000 + 1)).toEqual(REFUSED);
  });
});

describe("a forged Standard Webhooks call is refused, always with the same message (F49)", () => {
  test.each<[string, Sent]>([
    ["another id", { id: `${ID}x` }],
    ["another time", { timestamp: String(NOW_S + 1) }],
    ["no signature", { signature: "" }],
    ["a signature without its scheme", { signature: V1.slice(3) }],
    ["an empty signature", { signature: "v1," }],
    ["a short signature", { signature: V1.slice(0, -5) }],
    ["a long signature", { signature: `${V1.slice(0, -1)}AAAA=` }],
    ["lower-case base64", { signature: V1.toLowerCase() }],
    ["hex", { signature: `v1,${Buffer.from(V1.slice(3), "base64").toString("hex")}` }],
    ["the v1 signature under v1a (F53)", { signature: V1.replace("v1,", "v1a,") }],
    ["the signature under v0 (F53)", { signature: V1.replace("v1,", "v0,") }],
    ["the v1a signature alone, without a public key", { signature: V1A }],
    ["commas between the signatures", { signature: `${V1},${V1}`.replace("v1,", "v1 ") }],
  ])("%s", (_what, changes) => {
    expect(isAcceptedBy(Webhook, sent(changes))).toBe(false);
    expect(refusal(sent(changes))).toEqual(REFUSED);
  });

  test("another body, another tenant's secret, or no secrets", () => {
    expect(refusal(sent(), [SECRET], NOW_S * 1000, `${PAYLOAD} `)).toEqual(REFUSED);
    expect(refusal(sent(), [OTHER_SECRET])).toEqual(REFUSED);
    expect(refusal(sent(), [])).toEqual(REFUSED);
  });

  test("an HMAC made with the public key, as text or as bytes (F53)", () => {
    const asBytes = new Webhook(PUBLIC_KEY.slice(5)).sign(ID, new Date(NOW_S * 1000), PAYLOAD);
    const asText = new Webhook(PUBLIC_KEY, { format: "raw" }).sign(ID, new Date(NOW_S * 1000), PAYLOAD);
    for (const signature of [asBytes, asText]) {
      expect(refusal(sent({ signature }), [PUBLIC_KEY])).toEqual(REFUSED);
      expect(refusal(sent({ signature: signature.replace("v1,", "v1a,") }), [PUBLIC_KEY])).toEqual(REFUSED);
    }
  });

  test("unsuitable secrets: without prefix, too short, not base64, a private key", () => {
    const bare = SECRET.slice("whsec_".length);
    for (const secret of [bare, "whsec_", "whsec_AAAA", `${SECRET}=`, `whsk_${bare}`, `whpk_${bare}`, ""]) {
      expect(isStandardWebhooksKey(secret)).toBe(false);
      expect(refusal(sent(), [secret])).toEqual(REFUSED);
    }
    expect(isStandardWebhooksKey(SECRET) && isStandardWebhooksKey(PUBLIC_KEY)).toBe(true);
  });

  test("a header that is missing, sent twice, or of the other family", () => {
    for (const name of ["id", "timestamp", "signature"]) {
      const { [`webhook-${name}`]: value, ...others } = sent();
      expect(refusal(others)).toEqual(REFUSED);
      expect(refusal({ ...others, [`svix-${name}`]: value ?? "" })).toEqual(REFUSED);
      expect(refusal({ ...others, [`webhook-${name}`]: [String(value), String(value)] })).toEqual(REFUSED);
    }
  });

  test("a header named __proto__ has no effect (F62)", () => {
    const headers = new Map([["__proto__", [V1]]]);
    const call = { body: Buffer.from(PAYLOAD), headers, secrets: [SECRET], nowMs: NOW_S * 1000 };
    expect(refusalOf(() => verifyStandardWebhook(call))).toEqual(REFUSED);
    expect(refusal({ ...sent(), ["__proto__x"]: "1" })).toBeUndefined();
  });
});

describe("a call is refused although a library accepts it", () => {
  test("an id with a full stop: the signed text could be split in two ways", () => {
    const signature = new Webhook(SECRET).sign("a.1", new Date(NOW_S * 1000), PAYLOAD);
    expect(isAcceptedBy(Webhook, sent({ id: "a.1", signature }))).toBe(true);
    expect(refusal(sent({ id: "a.1", signature }))).toEqual(REFUSED);
  });

  test.each([`${NOW_S}junk`, ` ${NOW_S}`, `+${NOW_S}`, `${NOW_S}.0`])(
    "the timestamp %j, in which parseInt finds a number (F51)",
    (timestamp) => {
      expect(isAcceptedBy(Webhook, sent({ timestamp }))).toBe(true);
      expect(refusal(sent({ timestamp }))).toEqual(REFUSED);
    },
  );

  test("a malformed signature next to a valid one: the sender did not write that header", () => {
    for (const other of ["v1,", `v1,${"A".repeat(42)}B=`, "v1,zz", "v1a,AAAA"]) {
      expect(isAcceptedBy(Webhook, sent({ signature: `${other} ${V1}` }))).toBe(true);
      expect(refusal(sent({ signature: `${other} ${V1}` }))).toEqual(REFUSED);
    }
  });

  test("more than 20 signatures: work per call is bounded (F55)", () => {
    const other = `v1,${"A".repeat(43)}=`;
    const signatures = (count: number) => [...Array.from({ length: count - 1 }, () => other), V1].join(" ");
    expect(refusal(sent({ signature: signatures(20) }))).toBeUndefined();
    expect(isAcceptedBy(Webhook, sent({ signature: signatures(21) }))).toBe(true);
    expect(refusal(sent({ signature: signatures(21) }))).toEqual(REFUSED);
  });

  test("more than two v1a signatures or public keys (F55)", () => {
    const more = (count: number) =>
      [...Array.from({ length: count - 1 }, () => `v1a,${"A".repeat(86)}==`), V1A].join(" ");
    expect(refusal(sent({ signature: more(2) }), [PUBLIC_KEY])).toBeUndefined();
    expect(isAcceptedBy(Webhook, sent({ signature: `${more(3)} ${V1}` }))).toBe(true);
    expect(refusal(sent({ signature: `${more(3)} ${V1}` }))).toEqual(REFUSED);
    expect(refusal(sent({ signature: V1A }), [PUBLIC_KEY, PUBLIC_KEY, PUBLIC_KEY])).toEqual(REFUSED);
  });

  test("both header families: Svix's library uses its own, and we use the standard's", () => {
    const headers = { ...sent({}, "svix"), ...sent({ signature: `v1,${"A".repeat(43)}=` }) };
    expect(isAcceptedBy(SvixWebhook, headers)).toBe(true);
    expect(refusal(headers)).toEqual(REFUSED);
  });
});

describe("the signed time of Standard Webhooks", () => {
  test.each([-301, -300, 0, 300, 301])(
    "%i s off is accepted up to 300 s in either direction, as by the library (F50)",
    (off) => {
      const nowMs = (NOW_S + off) * 1000;
      Date.now = () => nowMs;
      const isAccepted = Math.abs(off) <= 300;
      expect(isAcceptedBy(Webhook, sent())).toBe(isAccepted);
      expect(refusal(sent(), [SECRET], nowMs)).toEqual(isAccepted ? undefined : REFUSED);
    },
  );

  test.each(["NaN", "", "-1", "1e9", "9".repeat(13), "Infinity", "١٦١٤", "0x6037be32", `${NOW_S}\n`])(
    "%j is not a valid time (F51)",
    (timestamp) => expect(refusal(sent({ timestamp }))).toEqual(REFUSED),
  );
});

test("16 kB of signatures and a megabyte of body are answered within 50 ms (F55)", () => {
  const v1 = `v1,${"A".repeat(43)}=`;
  const v1a = `v1a,${"A".repeat(86)}==`;
  const secrets = [
    ...Array.from({ length: MAX_SECRETS - 2 }, (_, n) => `whsec_${Buffer.alloc(24, n).toString("base64")}`),
    ...Array.from({ length: 2 }, (_, n) => publicText(privateKey(Buffer.alloc(32, n).toString("base64")))),
  ];
  const body = new Uint8Array(1024 * 1024);
  for (const [hmacs, eds] of [
    [18, 2],
    [340, 0],
    [0, 170],
    [0, 20],
  ] as const) {
    const signature = [...Array.from({ length: hmacs }, () => v1), ...Array.from({ length: eds }, () => v1a)].join(" ");
    expect(refusal(sent({ signature }), secrets, NOW_S * 1000, body)).toEqual(REFUSED);
    expect(leastMs(() => refusal(sent({ signature }), secrets, NOW_S * 1000, body))).toBeLessThan(50);
  }
});

describe("Standard Webhooks calls of any form", () => {
  test("that the libraries sign are accepted, for any body, id and secret", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        fc.constantFrom("webhook", "svix"),
        (payload, id, bytes, family) => {
          const secret = `whsec_${Buffer.from(bytes).toString("base64")}`;
          const signature = new SvixWebhook(secret).sign(id, new Date(NOW_S * 1000), payload);
          expect(refusal(sent({ id, signature }, family), [secret], NOW_S * 1000, payload)).toBeUndefined();
        },
      ),
    );
  });

  test("are refused with the documented messages, or accepted by the library too", () => {
    const part = fc.oneof(
      fc.constantFrom(V1, V1A, "v1,", "v1", "", ",", V1.toLowerCase(), V1.replace("v1,", "v0,")),
      fc.string({ maxLength: 60 }),
      fc.base64String({ maxLength: 60 }).map((text) => `v1,${text}`),
    );
    const timestamp = fc.oneof(
      fc.constantFrom(String(NOW_S), ` ${NOW_S}`, String(NOW_S + 1)),
      fc.string({ maxLength: 14 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 24 }), timestamp, (parts, time) => {
        const headers = sent({ signature: parts.join(" "), timestamp: time });
        const answer = refusal(headers);
        expect([REFUSED, undefined]).toContainEqual(answer);
        expect(answer !== undefined || isAcceptedBy(Webhook, headers)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("with one changed character anywhere are refused, v1 and v1a", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(V1, V1A),
        fc.nat(1000),
        fc.string({ minLength: 1, maxLength: 1, unit: "grapheme-ascii" }),
        (good, seed, other) => {
          const at = seed % good.length;
          fc.pre(good[at] !== other);
          const signature = good.slice(0, at) + other + good.slice(at + 1);
          expect(refusal(sent({ signature }), [SECRET, PUBLIC_KEY])).toEqual(REFUSED);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("signed with ed25519 by node's own primitive are accepted, for any bytes (F56)", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (body) => {
        const signature = sign(null, Buffer.concat([Buffer.from(`${ID}.${NOW_S}.`), body]), PRIVATE_KEY);
        const headers = headersOf(sent({ signature: `v1a,${signature.toString("base64")}` }));
        const call = { body, headers, secrets: [PUBLIC_KEY], nowMs: NOW_S * 1000 };
        expect(refusalOf(() => verifyStandardWebhook(call))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
