import { hash } from "node:crypto";
import { indexOfMatch } from "./matches-any.ts";
import { oneHeader } from "./one-header.ts";
import type { SecretProof } from "./proof.ts";
import { type Secret, secretsAt } from "./secrets.ts";
import { type Headers, signatureInvalid } from "./signed-call.ts";

/** What `verifySharedHeader` needs. */
export interface SharedHeaderInput {
  readonly headers: Headers;
  /** Lower case. */
  readonly header: string;
  /** Stands before the secret, as it is: `Bearer `. */
  readonly prefix?: string;
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
}

/**
 * A secret that the sender repeats in a header, for senders that sign nothing. It says who calls and nothing about the
 * body or the time: whoever reads one call can make any other, so it needs TLS all the way, and a proxy that logs no
 * headers. Refused: a header sent twice, an empty secret. Hashes are compared, so that neither length nor a common
 * beginning shows in the time.
 * Source: RFC 6750, section 5.3, for what a bearer of a secret has to keep to.
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
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
