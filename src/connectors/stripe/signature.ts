import { createHmac, timingSafeEqual } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";

/** How far the signed time may be off ours, either way. Source: Stripe docs, "Webhook signatures". */
const TOLERANCE_SECONDS = 300;
const MAX_HEADER_CHARS = 4096;
const MAX_PARTS = 20;

/** What a signature header claims. */
interface Claim {
  /** Digits exactly as they were signed. */
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/** What `verifySignature` needs. */
export interface SignedBody {
  readonly body: Uint8Array;
  /** Values of `Stripe-Signature`, one for each time that it was sent. */
  readonly header: readonly string[];
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

/**
 * Stripe's scheme: HMAC-SHA-256 over `timestamp.body`. Each secret is compared with each signature, whichever fits
 * first, so that the time taken says nothing about them.
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
 */
export function verifySignature({ body, header, secrets, nowMs }: SignedBody): void {
  const claim = header.length === 1 ? parseHeader(header[0] ?? "") : undefined;
  if (claim === undefined || !isTimely(claim, nowMs) || !isSigned(claim, body, secrets)) {
    throw new ServiceError("SIGNATURE_INVALID", "the webhook signature is not valid");
  }
}

/**
 * Exactly one `t` of plain digits; each `v1` of 64 lower-case hex digits, or Stripe did not write it. Other schemes are
 * passed over, `v0` with them: Stripe marks test events with it, and accepting it would be a way around `v1`.
 */
function parseHeader(header: string): Claim | undefined {
  if (header.length > MAX_HEADER_CHARS) return undefined;
  const parts = header.split(",");
  if (parts.length > MAX_PARTS) return undefined;
  const timestamps = parts.filter((part) => part.split("=", 1)[0] === "t");
  const timestamp = /^t=([0-9]{1,12})$/.exec(timestamps[0] ?? "")?.[1];
  if (timestamp === undefined || timestamps.length > 1) return undefined;
  const signatures = parts.filter((part) => part.split("=", 1)[0] === "v1");
  if (!signatures.every((part) => /^v1=[0-9a-f]{64}$/.test(part))) return undefined;
  return { timestamp, signatures: signatures.map((part) => Buffer.from(part.slice(3), "hex")) };
}

function isTimely({ timestamp }: Claim, nowMs: number): boolean {
  return Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) <= TOLERANCE_SECONDS;
}

function isSigned({ timestamp, signatures }: Claim, body: Uint8Array, secrets: readonly string[]): boolean {
  let matches = 0;
  for (const secret of secrets) {
    const expected = createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest();
    for (const signature of signatures) matches += timingSafeEqual(expected, signature) ? 1 : 0;
  }
  return matches > 0;
}
