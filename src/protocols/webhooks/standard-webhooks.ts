import { createHmac, createPublicKey, type KeyObject, verify } from "node:crypto";
import { decodeBase64 } from "./encodings.ts";
import { indexOfMatch, MAX_SIGNATURES } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import { type SecretProof, signedAtOf } from "./proof.ts";
import { type CurrentSecret, type Secret, secretsAt } from "./secrets.ts";
import { type Headers, type SignedCall, signatureInvalid } from "./signed-call.ts";
import { isTimelyText } from "./timely.ts";

/**
 * Verifying with ed25519 hashes the whole body for each pair of key and signature, 2 ms a megabyte, so far fewer are
 * accepted: enough for one rotation.
 */
const MAX_ED25519 = 2;
const ED25519_KEY_BYTES = 32;
const ED25519_SIGNATURE_BYTES = 64;
/** Source: the specification has 24 to 64; Svix's API accepts texts of up to 100 characters, which are 75 bytes. */
const SECRET_BYTES = { min: 24, max: 75 };

/**
 * Printable ASCII without `.`, which separates the signed fields: with it in the id, a signed text could be split in
 * two ways. Source: the specification, "Signature scheme".
 */
const MESSAGE_ID = /^[!-\x2d/-~]{1,256}$/;

/** Input of `verifyStandardWebhook`. */
export interface StandardWebhookInput extends SignedCall {
  /** `whsec_…` verifies `v1`, `whpk_…` verifies `v1a`. One that is neither is not used: settings should reject it. */
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
}

interface Key<Material> {
  readonly material: Material;
  /** Index in the list of secrets. */
  readonly index: number;
}

interface Keys {
  readonly symmetric: readonly Key<Buffer>[];
  readonly asymmetric: readonly Key<KeyObject>[];
}

/**
 * Verifies Standard Webhooks: `v1` is HMAC-SHA-256, `v1a` is ed25519, both over `id.timestamp.body`; the header
 * contains several signatures, separated by a space, while keys are rotated. Headers are `webhook-*` or, as Svix names
 * them, `svix-*`. The key decides which scheme applies, never the header, so that a public key verifies no HMAC.
 * Rejected: a time more than 300 s off in either direction, a header sent twice, a `v1` or `v1a` that is not canonical
 * base64 of its length. Source: standard-webhooks/standard-webhooks, spec/standard-webhooks.md 1.0.0, "Signature
 * scheme" and "Webhook headers".
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifyStandardWebhook({ body, headers, secrets, nowMs }: StandardWebhookInput): SecretProof {
  const claim = readHeaders(headers);
  if (claim === undefined || !MESSAGE_ID.test(claim.id) || !isTimelyText(claim.timestamp, nowMs)) {
    throw signatureInvalid();
  }
  const { symmetric, asymmetric } = readKeys(secretsAt(secrets, nowMs));
  const prefix = `${claim.id}.${claim.timestamp}.`;
  const expected = symmetric.map(({ material }) => createHmac("sha256", material).update(prefix).update(body).digest());
  const hmac = symmetric[indexOfMatch(expected, claim.v1) ?? -1];
  const ed25519 = signerOf(asymmetric, claim.v1a, () => Buffer.concat([Buffer.from(prefix), body]));
  const signedAt = signedAtOf(Number(claim.timestamp));
  if (hmac !== undefined) return { scheme: "standard-webhooks-v1", secret: hmac.index, signedAt };
  if (ed25519 !== undefined) return { scheme: "standard-webhooks-v1a", secret: ed25519.index, signedAt };
  throw signatureInvalid();
}

/** Returns true if a text is a secret or public key of this scheme, for a connector's settings. */
export function isStandardWebhooksKey(text: string): boolean {
  return secretBytes(text) !== undefined || publicKey(text) !== undefined;
}

/**
 * Reads the three headers of one family: no sender mixes the families. Svix's own come second, because the others are
 * the standard.
 */
function readHeaders(headers: Headers) {
  const family = ["id", "timestamp", "signature"].some((name) => headers.has(`webhook-${name}`)) ? "webhook" : "svix";
  const id = oneHeader(headers, `${family}-id`);
  const timestamp = oneHeader(headers, `${family}-timestamp`);
  const signatures = readSignatures(oneHeader(headers, `${family}-signature`) ?? "");
  if (id === undefined || timestamp === undefined || signatures === undefined) return undefined;
  return { id, timestamp, ...signatures };
}

/** Reads the signatures by their scheme. Unknown schemes are ignored, as the specification requires. */
function readSignatures(header: string) {
  const parts = header.split(" ", MAX_SIGNATURES + 1);
  if (parts.length > MAX_SIGNATURES) return undefined;
  const v1 = valuesOf(parts, "v1").map(decodeBase64);
  const v1a = valuesOf(parts, "v1a").map(decodeBase64);
  if (!hasOnly(v1, 32) || !hasOnly(v1a, ED25519_SIGNATURE_BYTES) || v1a.length > MAX_ED25519) return undefined;
  return { v1, v1a };
}

function valuesOf(parts: readonly string[], scheme: string): readonly string[] {
  return parts.filter((part) => part.split(",", 1)[0] === scheme).map((part) => part.slice(scheme.length + 1));
}

function hasOnly(values: readonly (Buffer | undefined)[], bytes: number): values is readonly Buffer[] {
  return values.every((value) => value?.length === bytes);
}

function readKeys(secrets: readonly CurrentSecret[]): Keys {
  const asymmetric = keysOf(secrets, publicKey);
  return {
    symmetric: keysOf(secrets, secretBytes),
    // More than the maximum count as none, as in `secretsAt`.
    asymmetric: asymmetric.length > MAX_ED25519 ? [] : asymmetric,
  };
}

function keysOf<Material>(secrets: readonly CurrentSecret[], read: (text: string) => Material | undefined) {
  return secrets.flatMap(({ value, index }): readonly Key<Material>[] => {
    const material = read(value);
    return material === undefined ? [] : [{ material, index }];
  });
}

function secretBytes(text: string): Buffer | undefined {
  const bytes = text.startsWith("whsec_") ? decodeBase64(text.slice("whsec_".length)) : undefined;
  return bytes !== undefined && bytes.length >= SECRET_BYTES.min && bytes.length <= SECRET_BYTES.max
    ? bytes
    : undefined;
}

function publicKey(text: string): KeyObject | undefined {
  const bytes = text.startsWith("whpk_") ? decodeBase64(text.slice("whpk_".length)) : undefined;
  if (bytes?.length !== ED25519_KEY_BYTES) return undefined;
  const x = bytes.toString("base64url");
  return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
}

/**
 * Returns the first key that made one of the signatures; each is tried with each, as in `indexOfMatch`.
 * @param signed called only when there is something to verify: it copies the body
 */
function signerOf(
  keys: readonly Key<KeyObject>[],
  signatures: readonly Buffer[],
  signed: () => Buffer,
): Key<KeyObject> | undefined {
  if (keys.length === 0 || signatures.length === 0) return undefined;
  const bytes = signed();
  const tried = keys.map(({ material }) => signatures.filter((signature) => verify(null, bytes, material, signature)));
  return keys.find((_, index) => (tried[index]?.length ?? 0) > 0);
}
