import type { Mutation } from "../mutation.ts";

const STRIPE = ["src/connectors/stripe/webhook.test.ts", "src/protocols/webhooks/stripe-v1.test.ts"];
const STANDARD = ["src/protocols/webhooks/standard-webhooks.test.ts"];
const PLAID = ["src/protocols/webhooks/plaid-jwt.test.ts"];
const KEYS = ["src/protocols/webhooks/key-cache.test.ts"];

/** Signatures of webhooks. */
export const SIGNATURES: readonly Mutation[] = [
  {
    breaks: "An old timestamp is refused.",
    file: "src/protocols/webhooks/timely.ts",
    find: "TOLERANCE_SECONDS = 300",
    replace: "TOLERANCE_SECONDS = 301",
    tests: STRIPE,
  },
  {
    breaks: "A timestamp of the future is refused like a past one.",
    file: "src/protocols/webhooks/timely.ts",
    find: "Math.abs(Math.floor(nowMs / 1000) - seconds)",
    replace: "(Math.floor(nowMs / 1000) - seconds)",
    tests: STRIPE,
  },
  {
    breaks: "A timestamp consists of digits only.",
    file: "src/protocols/webhooks/timely.ts",
    find: "TIMESTAMP.test(timestamp) && ",
    replace: "",
    tests: STRIPE,
  },
  {
    breaks: "A signature is compared with the expected one.",
    file: "src/protocols/webhooks/matches-any.ts",
    find: "timingSafeEqual(ours, theirs) ? 1 : 0",
    replace: "ours[0] === theirs[0] ? 1 : 0",
    tests: STRIPE,
  },
  {
    breaks: "The comparison of signatures takes the same time at any difference.",
    file: "src/protocols/webhooks/matches-any.ts",
    find: "timingSafeEqual(ours, theirs) ? 1 : 0",
    replace: "Buffer.compare(ours, theirs) === 0 ? 1 : 0",
    tests: ["test/architecture/constant-time.test.ts"],
  },
  {
    breaks: "The signed text of Stripe contains the timestamp.",
    file: "src/protocols/webhooks/stripe-v1.ts",
    find: ".update(`${claim.timestamp}.`)",
    replace: "",
    tests: STRIPE,
  },
  {
    breaks: "Signatures of the scheme v0 are ignored.",
    file: "src/protocols/webhooks/stripe-v1.ts",
    find: 'const texts = valuesOf(parts, "v1");',
    replace: 'const texts = [...valuesOf(parts, "v1"), ...valuesOf(parts, "v0")];',
    tests: STRIPE,
  },
  {
    breaks: "A second timestamp is refused.",
    file: "src/protocols/webhooks/stripe-v1.ts",
    find: "|| others.length > 0 ",
    replace: "",
    tests: STRIPE,
  },
  {
    breaks: "The number of signatures of one call is limited.",
    file: "src/protocols/webhooks/stripe-v1.ts",
    find: "if (parts.length > MAX_SIGNATURES) return undefined;",
    replace: "",
    tests: STRIPE,
  },
  {
    breaks: "A secret is not used after it has expired.",
    file: "src/protocols/webhooks/secrets.ts",
    find: "(expiresAtMs === undefined || nowMs < expiresAtMs)",
    replace: "true",
    tests: STRIPE,
  },
  {
    breaks: "An empty secret is not used.",
    file: "src/protocols/webhooks/secrets.ts",
    find: 'value !== "" && ',
    replace: "",
    tests: STRIPE,
  },
  {
    breaks: "A public key verifies no HMAC.",
    file: "src/protocols/webhooks/standard-webhooks.ts",
    find: 'text.startsWith("whsec_") ? decodeBase64(text.slice("whsec_".length)) : undefined',
    replace: 'decodeBase64(text.slice(text.indexOf("_") + 1))',
    tests: STANDARD,
  },
  {
    breaks: "The signed text of Standard Webhooks contains the id.",
    file: "src/protocols/webhooks/standard-webhooks.ts",
    find: "`${claim.id}.${claim.timestamp}.`",
    replace: "`.${claim.timestamp}.`",
    tests: STANDARD,
  },
  {
    breaks: "Only ES256 is accepted in a token of Plaid.",
    file: "src/protocols/webhooks/plaid-jwt.ts",
    find: 'alg !== "ES256" || ',
    replace: "",
    tests: PLAID,
  },
  {
    breaks: "A token of Plaid covers the body.",
    file: "src/protocols/webhooks/plaid-jwt.ts",
    find: 'token !== undefined && matchesAny([hash("sha256", body, "buffer")], [token.bodyHash])',
    replace: "token !== undefined",
    tests: PLAID,
  },
  {
    breaks: "The signature of a token of Plaid is verified.",
    file: "src/protocols/webhooks/plaid-jwt.ts",
    find: 'if (!verify("sha256"',
    replace: 'if (verify("sha256"',
    tests: PLAID,
  },
  {
    breaks: "A key of Plaid is not used after it has expired.",
    file: "src/protocols/webhooks/plaid-jwt.ts",
    find: ' || hasExpired(jwk["expired_at"], nowMs)',
    replace: "",
    tests: PLAID,
  },
  {
    breaks: "A flood of unknown key ids causes one fetch a minute.",
    file: "src/protocols/webhooks/key-cache.ts",
    find: " && newIds.take()",
    replace: "",
    tests: KEYS,
  },
  {
    breaks: "A key that could not be refreshed for a day is dropped.",
    file: "src/protocols/webhooks/key-cache.ts",
    find: "nowMs() - kept.fetchedAtMs < DROP_AFTER_MS ?",
    replace: "true ?",
    tests: KEYS,
  },
  {
    breaks: "Every item of a delivery of Adyen must be signed.",
    file: "src/protocols/webhooks/adyen-hmac.ts",
    find: " || !signatures.every(({ isSigned }) => isSigned)",
    replace: "",
    tests: ["src/protocols/webhooks/adyen-hmac.test.ts"],
  },
];
