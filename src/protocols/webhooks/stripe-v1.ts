import { createHmac } from "node:crypto";
import { decodeSha256Hex } from "./encodings.ts";
import { indexOfMatch, MAX_SIGNATURES } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import { type SecretProof, signedAtOf } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type BodyCheck, type Headers, signatureInvalid } from "./signed-call.ts";
import { isTimelyText } from "./timely.ts";

/** Content of a signature header, not verified yet. */
interface StripeSignature {
  /** Digits exactly as they were signed. */
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/** Input of `verifyStripeV1`. */
export interface StripeV1Input extends StripeV1Headers {
  /** The body, byte for byte as received. */
  readonly body: Uint8Array;
}

/** Input of `beginStripeV1`. */
export interface StripeV1Headers {
  readonly headers: Headers;
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
  /** Header name, lower case. Default: Stripe's own; others that copied the scheme changed the name only. */
  readonly header?: string;
}

/**
 * Verifies Stripe's scheme: HMAC-SHA-256 over `timestamp.body`, in a header `t=…,v1=…`. Rejected: a time more than 300
 * s off in either direction, a header sent twice, a second timestamp, and a `v1` that Stripe would not have written.
 * Source: Stripe docs, "Resolve webhook signature verification errors" and "Verify webhook signatures manually".
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifyStripeV1({ body, ...input }: StripeV1Input): SecretProof {
  const hashing = startHashing(input);
  hashing.update(body);
  return hashing.end();
}

/**
 * Refuses a forged call by its header alone, or by a hash of its body that is computed while the body arrives.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function beginStripeV1(input: StripeV1Headers): BodyCheck {
  return startHashing(input);
}

function startHashing({ headers, secrets, nowMs, header = "stripe-signature" }: StripeV1Headers) {
  const claim = parseHeader(oneHeader(headers, header) ?? "");
  if (claim === undefined || claim.signatures.length === 0 || !isTimelyText(claim.timestamp, nowMs))
    throw signatureInvalid();
  const current = secretsAt(secrets, nowMs);
  const hashes = current.map(({ value }) => createHmac("sha256", value).update(`${claim.timestamp}.`));
  return {
    update(piece: Uint8Array): void {
      for (const one of hashes) one.update(piece);
    },
    end(): SecretProof {
      const expected = hashes.map((one) => one.digest());
      const secret = current[indexOfMatch(expected, claim.signatures) ?? -1];
      if (secret === undefined) throw signatureInvalid();
      return { scheme: "stripe-v1", secret: secret.index, signedAt: signedAtOf(Number(claim.timestamp)) };
    },
  };
}

/**
 * Parses the header: exactly one `t`; each `v1` of 64 lower-case hex digits, otherwise Stripe did not write it. Other
 * schemes are ignored, including `v0`: Stripe marks test events with it, and accepting it would bypass `v1`.
 */
function parseHeader(header: string): StripeSignature | undefined {
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
