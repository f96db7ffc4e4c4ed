import { createHash, createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { parseExactJson } from "../rest/exact-json.ts";
import { decodeBase64Url, decodeSha256Hex } from "./encodings.ts";
import { isKeyId } from "./key-id.ts";
import { matchesAny } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import { type Proof, signedAtOf } from "./proof.ts";
import { type BodyCheck, type SignedCall, signatureInvalid } from "./signed-call.ts";
import { isTimely } from "./timely.ts";

/** Both halves of an ECDSA signature on P-256. Source: RFC 7518, section 3.4. */
const SIGNATURE_BYTES = 64;
const COORDINATE_BYTES = 32;

/**
 * A key from the response of Plaid's `/webhook_verification_key/get`: untrusted JSON, of which only the verified fields
 * are used.
 */
export type PlaidJwk = Readonly<Record<string, unknown>>;

/** Input of `verifyPlaidJwt`. */
export interface PlaidInput extends SignedCall {
  readonly nowMs: number;
  /** Returns the fetched key of a `kid`; undefined if there is none: the call is rejected. */
  readonly keyOf: (kid: string) => PlaidJwk | undefined;
}

interface Token {
  readonly kid: string;
  /** Hash of the body that the token was made for. */
  readonly bodyHash: Buffer;
  /** Seconds since the epoch. */
  readonly iat: number;
  /** The signed text: the first two parts as received. */
  readonly signed: string;
  readonly signature: Buffer;
}

/**
 * Verifies Plaid's scheme: a compact JWS in `Plaid-Verification`, signed with ES256, whose claims contain the SHA-256
 * of the body. Rejected: any `alg` but ES256 (including `none`, and HS256 with the public key as its secret), a `crit`
 * header, a key that has expired or is not one of P-256 for signatures, an `iat` more than 300 s off in either
 * direction, a body with another hash, encodings that are not canonical. Keys in the header itself (`jwk`, `x5c`,
 * `jku`) are never used. Source: Plaid docs, "Verify webhooks"; RFC 7515, section 5.2; RFC 8725, section 3.1.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
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
 * Returns the key id that a call needs, so that the key can be fetched before `verifyPlaidJwt` is called. Undefined
 * when no key would help: something other than the signature is invalid already, and a fetch would be wasted.
 */
export function plaidKeyId(input: Omit<PlaidInput, "keyOf">): string | undefined {
  return readToken(input)?.kid;
}

/**
 * Refuses a forged call by its header alone, or by the hash of its body, which is computed while the body arrives.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function beginPlaidJwt(input: Pick<PlaidInput, "headers" | "nowMs">): BodyCheck {
  const token = readHeader(input);
  if (token === undefined) throw signatureInvalid();
  const hashing = createHash("sha256");
  return {
    update: (piece) => void hashing.update(piece),
    end() {
      if (!matchesAny([hashing.digest()], [token.bodyHash])) throw signatureInvalid();
    },
  };
}

/** Checks everything that can be checked without the key. */
function readToken({ body, ...input }: Omit<PlaidInput, "keyOf">): Token | undefined {
  const token = readHeader(input);
  return token !== undefined && matchesAny([hash("sha256", body, "buffer")], [token.bodyHash]) ? token : undefined;
}

/** Checks everything that can be checked without the key and the body. */
function readHeader({ headers, nowMs }: Pick<PlaidInput, "headers" | "nowMs">): Token | undefined {
  const [head = "", claims = "", end = "", ...rest] = (oneHeader(headers, "plaid-verification") ?? "").split(".", 4);
  const signature = decodeBase64Url(end);
  if (rest.length > 0 || signature?.length !== SIGNATURE_BYTES) return undefined;
  const { alg, kid, crit } = jsonObject(head);
  if (alg !== "ES256" || crit !== undefined || typeof kid !== "string" || !isKeyId(kid)) return undefined;
  const { iat, request_body_sha256: claimed } = jsonObject(claims);
  const bodyHash = typeof claimed === "string" ? decodeSha256Hex(claimed) : undefined;
  if (typeof iat !== "number" || !isTimely(iat, nowMs) || bodyHash === undefined) return undefined;
  return { kid, iat, bodyHash, signed: `${head}.${claims}`, signature };
}

/** Parses a JSON object; empty if the part is not one. */
function jsonObject(part: string): Readonly<Record<string, unknown>> {
  const bytes = decodeBase64Url(part);
  if (bytes === undefined) return {};
  try {
    const value = parseExactJson(bytes);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // Not JSON, or with a duplicate parameter, which RFC 7515 forbids (section 4): rejected like any other token, with
    // the common message.
    return {};
  }
}

/** Reads a key. Undefined: it is not the requested key, not for this algorithm, or has expired. */
function readKey(jwk: PlaidJwk, kid: string, nowMs: number): KeyObject | undefined {
  const { kty, crv, x, y, alg, use } = jwk;
  const isOurs = jwk["kid"] === kid && kty === "EC" && crv === "P-256" && alg === "ES256" && use === "sig";
  if (!isOurs || !isCoordinate(x) || !isCoordinate(y) || hasExpired(jwk["expired_at"], nowMs)) return undefined;
  try {
    return createPublicKey({ format: "jwk", key: { kty, crv, x, y } });
  } catch {
    // The point is not on the curve.
    return undefined;
  }
}

function isCoordinate(text: unknown): text is string {
  return typeof text === "string" && decodeBase64Url(text)?.length === COORDINATE_BYTES;
}

/**
 * Returns true if the key has expired. `expired_at` is in seconds, and null while the key is in use. Any other form
 * counts as expired.
 */
function hasExpired(expiredAt: unknown, nowMs: number): boolean {
  if (expiredAt === null || expiredAt === undefined) return false;
  return typeof expiredAt !== "number" || !(nowMs < expiredAt * 1000);
}
