import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { decodeBase64Url, decodeSha256Hex } from "./encodings.ts";
import { isKeyId } from "./key-id.ts";
import { matchesAny } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import { type Proof, signedAtOf } from "./proof.ts";
import { type SignedCall, signatureInvalid } from "./signed-call.ts";
import { isTimely } from "./timely.ts";

/** Both halves of an ECDSA signature on P-256. Source: RFC 7518, section 3.4. */
const SIGNATURE_BYTES = 64;
const COORDINATE_BYTES = 32;

/** A key as Plaid's `/webhook_verification_key/get` answers with: JSON from outside, of which only what is checked counts. */
export type PlaidJwk = Readonly<Record<string, unknown>>;

/** What `verifyPlaidJwt` needs. */
export interface PlaidInput extends SignedCall {
  readonly nowMs: number;
  /** The key of a `kid` that has been fetched; undefined when there is none: the call is refused. */
  readonly keyOf: (kid: string) => PlaidJwk | undefined;
}

interface Token {
  readonly kid: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  /** What is signed: the first two parts as they came. */
  readonly signed: string;
  readonly signature: Buffer;
}

/**
 * Plaid's scheme: a compact JWS in `Plaid-Verification`, signed with ES256, whose claims hold the SHA-256 of the body.
 * Refused: any `alg` but ES256 (`none` and HS256 with the public key as its secret among them), a `crit` header, a key
 * that has expired or is not one of P-256 for signatures, an `iat` more than 300 s off either way, a body with another
 * hash, encodings that are not canonical. Keys in the header itself (`jwk`, `x5c`, `jku`) are never looked at.
 * Source: Plaid docs, "Verify webhooks"; RFC 7515, section 5.2; RFC 8725, section 3.1.
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
 */
export function verifyPlaidJwt(input: PlaidInput): Proof & { readonly key: string } {
  const token = readToken(input);
  const jwk = token === undefined ? undefined : input.keyOf(token.kid);
  const key = jwk === undefined || token === undefined ? undefined : readKey(jwk, token.kid, input.nowMs);
  if (token === undefined || key === undefined) throw signatureInvalid();
  const { signed, signature } = token;
  if (!verify("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, signature)) throw signatureInvalid();
  return { scheme: "plaid-jwt", key: token.kid, signedAt: signedAtOf(token.iat) };
}

/**
 * The key that a call needs, so that it can be fetched before `verifyPlaidJwt` is asked. Undefined when no key would
 * help: everything but the signature is wrong already, and a fetch would be wasted.
 */
export function plaidKeyId(input: Omit<PlaidInput, "keyOf">): string | undefined {
  return readToken(input)?.kid;
}

/** Everything that can be checked without the key. */
function readToken({ body, headers, nowMs }: Omit<PlaidInput, "keyOf">): Token | undefined {
  const [head = "", claims = "", end = "", ...rest] = (oneHeader(headers, "plaid-verification") ?? "").split(".", 4);
  const signature = decodeBase64Url(end);
  if (rest.length > 0 || signature?.length !== SIGNATURE_BYTES) return undefined;
  const { alg, kid, crit } = jsonObject(head);
  if (alg !== "ES256" || crit !== undefined || typeof kid !== "string" || !isKeyId(kid)) return undefined;
  const { iat, request_body_sha256: bodyHash } = jsonObject(claims);
  if (typeof iat !== "number" || !isTimely(iat, nowMs) || !isHashOf(bodyHash, body)) return undefined;
  return { kid, iat, signed: `${head}.${claims}`, signature };
}

function isHashOf(claim: unknown, body: Uint8Array): boolean {
  const claimed = typeof claim === "string" ? decodeSha256Hex(claim) : undefined;
  return claimed !== undefined && matchesAny([hash("sha256", body, "buffer")], [claimed]);
}

/** Empty for what is no object in JSON. */
function jsonObject(part: string): Readonly<Record<string, unknown>> {
  const bytes = decodeBase64Url(part);
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // Not JSON: refused like any other token, with the words for all.
    return {};
  }
}

/** Undefined: it is not the key that was asked for, not for this algorithm, or has expired. */
function readKey(jwk: PlaidJwk, kid: string, nowMs: number): KeyObject | undefined {
  const { kty, crv, x, y, alg, use } = jwk;
  const isOurs = jwk["kid"] === kid && kty === "EC" && crv === "P-256" && alg === "ES256" && use === "sig";
  if (!isOurs || !isCoordinate(x) || !isCoordinate(y) || hasExpired(jwk["expired_at"], nowMs)) return undefined;
  try {
    return createPublicKey({ format: "jwk", key: { kty, crv, x, y } });
  } catch {
    // A point that is not on the curve.
    return undefined;
  }
}

function isCoordinate(text: unknown): text is string {
  return typeof text === "string" && decodeBase64Url(text)?.length === COORDINATE_BYTES;
}

/** `expired_at` is in seconds, and null while the key is in use. Of any other form, it counts as past. */
function hasExpired(expiredAt: unknown, nowMs: number): boolean {
  if (expiredAt === null || expiredAt === undefined) return false;
  return typeof expiredAt !== "number" || !(nowMs < expiredAt * 1000);
}
