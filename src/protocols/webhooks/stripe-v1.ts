import { createHmac } from "node:crypto";
import { decodeSha256Hex } from "./encodings.ts";
import { indexOfMatch, MAX_SIGNATURES } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import { type SecretProof, signedAtOf } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type SignedCall, signatureInvalid } from "./signed-call.ts";
import { isTimelyText } from "./timely.ts";

/** What a signature header claims. */
interface Claim {
  /** Digits exactly as they were signed. */
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/** What `verifyStripeV1` needs. */
export interface StripeV1Input extends SignedCall {
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
  /** Lower case. Default: Stripe's own; others who copied the scheme changed the name only. */
  readonly header?: string;
}

/**
 * Stripe's scheme: HMAC-SHA-256 over `timestamp.body`, in a header `t=…,v1=…`. Refused: a time more than 300 s off
 * either way, a header sent twice, a second timestamp, and a `v1` that Stripe would not have written.
 * Source: Stripe docs, "Resolve webhook signature verification errors" and "Verify webhook signatures manually".
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
 */
export function verifyStripeV1({
  body,
  headers,
  secrets,
  nowMs,
  header = "stripe-signature",
}: StripeV1Input): SecretProof {
  const claim = parseHeader(oneHeader(headers, header) ?? "");
  if (claim === undefined || !isTimelyText(claim.timestamp, nowMs)) throw signatureInvalid();
  const current = secretsAt(secrets, nowMs);
  const expected = current.map(({ value }) =>
    createHmac("sha256", value).update(`${claim.timestamp}.`).update(body).digest(),
  );
  const secret = current[indexOfMatch(expected, claim.signatures) ?? -1];
  if (secret === undefined) throw signatureInvalid();
  return { scheme: "stripe-v1", secret: secret.index, signedAt: signedAtOf(Number(claim.timestamp)) };
}

/**
 * Exactly one `t`; each `v1` of 64 lower-case hex digits, or Stripe did not write it. Other schemes are passed over,
 * `v0` with them: Stripe marks test events with it, and accepting it would be a way around `v1`.
 */
function parseHeader(header: string): Claim | undefined {
  const parts = header.split(",", MAX_SIGNATURES + 1);
  if (parts.length > MAX_SIGNATURES) return undefined;
  const [timestamp, ...others] = valuesOf(parts, "t");
  const texts = valuesOf(parts, "v1");
  const signatures = texts.map(decodeSha256Hex).filter((signature) => signature !== undefined);
  if (timestamp === undefined || others.length > 0 || signatures.length < texts.length) return undefined;
  return { timestamp, signatures };
}

function valuesOf(parts: readonly string[], key: string): readonly string[] {
  return parts.filter((part) => part.split("=", 1)[0] === key).map((part) => part.slice(key.length + 1));
}
