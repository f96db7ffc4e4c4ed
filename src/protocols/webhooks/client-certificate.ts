import { indexOfMatch } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import type { SecretProof } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type Headers, signatureInvalid } from "./signed-call.ts";

/** What `verifyClientCertificate` needs. */
export interface ClientCertificateInput {
  readonly headers: Headers;
  /** The header that the proxy writes, lower case. */
  readonly header: string;
  /** SHA-256 fingerprints of the sender's certificates, old and new while one is renewed: 64 hex digits each. */
  readonly fingerprints: readonly Secret[];
  readonly nowMs: number;
}

/**
 * Mutual TLS that ends at a proxy in front: it has seen the sender prove its certificate, and passes on the SHA-256
 * fingerprint of its DER bytes as 64 hex digits (HAProxy `%[ssl_c_der,sha2(256),hex]`, Envoy's `Hash` of
 * `x-forwarded-client-cert` taken out of it; nginx's `$ssl_client_fingerprint` is SHA-1 and never fits). HAProxy writes
 * upper case and Envoy lower, and a fingerprint is no signature, so that either case is taken; colons are not.
 *
 * Trust: the fingerprint is public and the header is only text. It means something when, and only when, nobody reaches
 * this service but through the proxy, and the proxy overwrites the header on every request, those without a
 * certificate included. Where that is in doubt, the proxy adds a secret of its own, and `verifySharedHeader` is asked
 * first. Pinned are certificates and not their issuer: an issuer signs for strangers too. Nothing is said about the
 * body beyond what TLS did up to the proxy. Refused: a header sent twice, a fingerprint that is not pinned.
 * Source: RFC 9440, section 4, "Security Considerations", for what a proxy must do with such a header.
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
 */
export function verifyClientCertificate({ headers, header, fingerprints, nowMs }: ClientCertificateInput): SecretProof {
  const given = readFingerprint(oneHeader(headers, header) ?? "");
  if (given === undefined) throw signatureInvalid();
  const pinned = secretsAt(fingerprints, nowMs);
  // What is no fingerprint stands as no bytes, which are equal to none.
  const expected = pinned.map(({ value }) => readFingerprint(value) ?? new Uint8Array());
  const fingerprint = pinned[indexOfMatch(expected, [given]) ?? -1];
  if (fingerprint === undefined) throw signatureInvalid();
  return { scheme: "client-certificate", secret: fingerprint.index };
}

function readFingerprint(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{64}|[0-9A-F]{64})$/.test(text) ? Buffer.from(text, "hex") : undefined;
}
