import { hash } from "node:crypto";
import { indexOfMatch } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import type { SecretProof } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type Headers, signatureInvalid } from "./signed-call.ts";

/** Input of `verifySharedHeader`. */
export interface SharedHeaderInput {
  readonly headers: Headers;
  /** Header name, lower case. */
  readonly header: string;
  /** Text before the secret, exactly as sent: `Bearer `. */
  readonly prefix?: string;
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
}

/**
 * Verifies a secret that the sender repeats in a header, for senders that do not sign. It proves the caller and nothing
 * about the body or the time: anyone who reads one call can make any other, so it needs TLS on the whole path, and a
 * proxy that does not log headers. Rejected: a header sent twice, an empty secret. Hashes are compared, so that the
 * time reveals neither the length nor a common prefix. Source: RFC 6750, section 5.3, for the obligations of the bearer
 * of a secret.
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifySharedHeader({ headers, header, prefix = "", secrets, nowMs }: SharedHeaderInput): SecretProof {
  const given = oneHeader(headers, header);
  if (given === undefined) throw signatureInvalid();
  const current = secretsAt(secrets, nowMs);
  const expected = current.map(({ value }) => hash("sha256", prefix + value, "buffer"));
  const secret = current[indexOfMatch(expected, [hash("sha256", given, "buffer")]) ?? -1];
  if (secret === undefined) throw signatureInvalid();
  return { scheme: "shared-header", secret: secret.index };
}
