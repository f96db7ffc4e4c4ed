import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header: one `v1` for each secret, so that a receiver verifies during a rotation with the
 * old one or the new one, and a `v0` that must be ignored, as Stripe sends for test events.
 */
export function signatureHeader(body: string, secrets: readonly string[], atS: number): string {
  const sign = (secret: string): string => createHmac("sha256", secret).update(`${atS}.${body}`).digest("hex");
  return [`t=${atS}`, ...secrets.map((secret) => `v1=${sign(secret)}`), `v0=${sign("whsec_test_events_only")}`].join(
    ",",
  );
}
