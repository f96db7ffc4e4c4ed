import { createHmac } from "node:crypto";
import { decodeBase64, decodeSha256Hex } from "./encodings.ts";
import { indexOfMatch } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import type { SecretProof } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type SignedCall, signatureInvalid } from "./signed-call.ts";

/** Format in which a sender writes an HMAC of its body. */
export interface HmacBodyScheme {
  /** Name, as in `Proof.scheme`: `github-hmac`. */
  readonly name: string;
  /** Header name, lower case. */
  readonly header: string;
  /** Text before the signature, exactly as sent: `sha256=`. */
  readonly prefix: string;
  /** Lower-case hex, or canonical base64. */
  readonly encoding: "hex" | "base64";
}

/** Source: GitHub docs, "Validating webhook deliveries". The older `X-Hub-Signature` is SHA-1 and never read. */
export const GITHUB_HMAC: HmacBodyScheme = {
  name: "github-hmac",
  header: "x-hub-signature-256",
  prefix: "sha256=",
  encoding: "hex",
};

/** Source: Shopify docs, "Verify webhook deliveries"; the secret is the app's client secret. */
export const SHOPIFY_HMAC: HmacBodyScheme = {
  name: "shopify-hmac",
  header: "x-shopify-hmac-sha256",
  prefix: "",
  encoding: "base64",
};

/** Input of `verifyHmacBody`. */
export interface HmacBodyInput extends SignedCall {
  readonly scheme: HmacBodyScheme;
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
}

/**
 * Verifies an HMAC-SHA-256 over the body only, as used by GitHub and Shopify. Rejected: a header sent twice, another
 * prefix or encoding than the scheme's. The signature has no timestamp, so a copy is as valid as the original at any
 * later time: only the inbox, which stores a delivery once, protects from replay, and headers (GitHub's event name and
 * delivery id, Shopify's topic and shop) are not signed.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifyHmacBody({ body, headers, scheme, secrets, nowMs }: HmacBodyInput): SecretProof {
  const signature = readSignature(oneHeader(headers, scheme.header) ?? "", scheme);
  if (signature === undefined) throw signatureInvalid();
  const current = secretsAt(secrets, nowMs);
  const expected = current.map(({ value }) => createHmac("sha256", value).update(body).digest());
  const secret = current[indexOfMatch(expected, [signature]) ?? -1];
  if (secret === undefined) throw signatureInvalid();
  return { scheme: scheme.name, secret: secret.index };
}

function readSignature(header: string, { prefix, encoding }: HmacBodyScheme): Buffer | undefined {
  if (!header.startsWith(prefix)) return undefined;
  const text = header.slice(prefix.length);
  return encoding === "hex" ? decodeSha256Hex(text) : decodeBase64(text);
}
