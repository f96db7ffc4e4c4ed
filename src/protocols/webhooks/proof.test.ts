import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { verifyClientCertificate } from "./client-certificate.ts";
import { headersOf } from "./fixtures/refusal.ts";
import { GITHUB_HMAC, verifyHmacBody } from "./hmac-body.ts";
import type { Secret } from "./secrets.ts";
import { verifySharedHeader } from "./shared-header.ts";
import { verifyStandardWebhook } from "./standard-webhooks.ts";
import { verifyStripeV1 } from "./stripe-v1.ts";

const NOW_MS = 1_763_800_000_000;
const SIGNED_AT = new Date(NOW_MS).toISOString();
const SECONDS = String(NOW_MS / 1000);
const BODY = Buffer.from('{"id":1}');
/** The secrets before the matching one in each list; they count in its index. */
const EXPIRED: Secret = { value: "expired", expiresAtMs: NOW_MS };

const hex = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");

function standardHeaders(signature: string) {
  return headersOf({ "webhook-id": "m1", "webhook-timestamp": SECONDS, "webhook-signature": signature });
}

describe("the proof contains the index of the matching secret and the signed time (F52)", () => {
  test("of a Stripe signature", () => {
    const headers = headersOf({ "stripe-signature": `t=${SECONDS},v1=${hex("b", `${SECONDS}.${String(BODY)}`)}` });
    const proof = verifyStripeV1({ body: BODY, headers, secrets: [EXPIRED, "a", "b"], nowMs: NOW_MS });
    expect(proof).toEqual({ scheme: "stripe-v1", secret: 2, signedAt: SIGNED_AT });
  });

  test("of two equal or two matching secrets, the first", () => {
    const both = ["b", "a"].map((secret) => `v1=${hex(secret, `${SECONDS}.${String(BODY)}`)}`);
    const headers = headersOf({ "stripe-signature": `t=${SECONDS},${both.join(",")}` });
    const secretOf = (secrets: readonly Secret[]) =>
      verifyStripeV1({ body: BODY, headers, secrets, nowMs: NOW_MS }).secret;
    expect([secretOf(["a", "b"]), secretOf(["b", "a"]), secretOf(["x", "a", "a"])]).toEqual([0, 0, 1]);
  });

  test("of an HMAC of the body, which signs no time", () => {
    const headers = headersOf({ "x-hub-signature-256": `sha256=${hex("b", String(BODY))}` });
    const call = { body: BODY, headers, scheme: GITHUB_HMAC, secrets: [EXPIRED, "b"], nowMs: NOW_MS };
    expect(verifyHmacBody(call)).toEqual({ scheme: "github-hmac", secret: 1 });
  });

  test("of Standard Webhooks, with either kind of key", () => {
    const key = Buffer.alloc(24, 7);
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
    const secrets = [EXPIRED, `whpk_${raw.toString("base64")}`, "neither", `whsec_${key.toString("base64")}`];
    const text = Buffer.from(`m1.${SECONDS}.${String(BODY)}`);
    const verify = (signature: string) =>
      verifyStandardWebhook({ body: BODY, headers: standardHeaders(signature), secrets, nowMs: NOW_MS });
    const v1 = createHmac("sha256", key).update(text).digest("base64");
    expect(verify(`v1,${v1}`)).toEqual({ scheme: "standard-webhooks-v1", secret: 3, signedAt: SIGNED_AT });
    const v1a = sign(null, text, privateKey).toString("base64");
    expect(verify(`v1a,${v1a}`)).toEqual({ scheme: "standard-webhooks-v1a", secret: 1, signedAt: SIGNED_AT });
  });

  test("of a shared header and of a client certificate", () => {
    const headers = headersOf({ "x-key": "b", "x-fingerprint": "ab".repeat(32) });
    expect(verifySharedHeader({ headers, header: "x-key", secrets: [EXPIRED, "a", "b"], nowMs: NOW_MS })).toEqual({
      scheme: "shared-header",
      secret: 2,
    });
    const fingerprints = ["none", "AB".repeat(32)];
    expect(verifyClientCertificate({ headers, header: "x-fingerprint", fingerprints, nowMs: NOW_MS })).toEqual({
      scheme: "client-certificate",
      secret: 1,
    });
  });
});
