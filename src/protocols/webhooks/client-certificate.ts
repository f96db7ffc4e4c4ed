import { indexOfMatch } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import type { SecretProof } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type Headers, signatureInvalid } from "./signed-call.ts";

/** Input of `verifyClientCertificate`. */
export interface ClientCertificateInput {
  readonly headers: Headers;
  /** The header that the proxy sets, lower case. */
  readonly header: string;
  /** SHA-256 fingerprints of the sender's certificates, old and new during a renewal: 64 hex digits each. */
  readonly fingerprints: readonly Secret[];
  readonly nowMs: number;
}

/**
 * Verifies mutual TLS that terminates at a proxy in front of this service: the proxy has verified the sender's
 * certificate, and passes on the SHA-256 fingerprint of its DER bytes as 64 hex digits (HAProxy
 * `%[ssl_c_der,sha2(256),hex]`, Envoy's `Hash` extracted from `x-forwarded-client-cert`; nginx's
 * `$ssl_client_fingerprint` is SHA-1 and never matches). HAProxy writes upper case and Envoy lower, and a fingerprint
 * is not a signature, so that either case is accepted; colons are not.
 * Trust: the fingerprint is public and the header is only text. It proves the sender if, and only if, this service is
 * reachable only through the proxy, and the proxy overwrites the header on every request, including those without a
 * certificate. If that is not certain, the proxy adds a secret of its own, and `verifySharedHeader` is called first.
 * Certificates are pinned and not their issuer: an issuer also signs for others. The proof does not cover the body
 * beyond what TLS did up to the proxy. Rejected: a header sent twice, a fingerprint that is not pinned. Source: RFC
 * 9440, section 4, "Security Considerations", for what a proxy must do with such a header.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifyClientCertificate({ headers, header, fingerprints, nowMs }: ClientCertificateInput): SecretProof {
  const given = readFingerprint(oneHeader(headers, header) ?? "");
  if (given === undefined) throw signatureInvalid();
  const pinned = secretsAt(fingerprints, nowMs);
  // An invalid fingerprint is represented by zero bytes, which match nothing.
  const expected = pinned.map(({ value }) => readFingerprint(value) ?? new Uint8Array());
  const fingerprint = pinned[indexOfMatch(expected, [given]) ?? -1];
  if (fingerprint === undefined) throw signatureInvalid();
  return { scheme: "client-certificate", secret: fingerprint.index };
}

function readFingerprint(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{64}|[0-9A-F]{64})$/.test(text) ? Buffer.from(text, "hex") : undefined;
}
