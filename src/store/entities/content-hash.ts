import { hash } from "node:crypto";

/**
 * Returns the identity of a record's content: 128 bits of SHA-256 over its column values; null differs from empty text.
 */
export function contentHash(values: readonly (string | null)[]): string {
  const parts: string[] = [];
  for (const value of values) {
    if (value === null) parts.push("\0");
    else parts.push(value, "\u0001");
  }
  return hash("sha256", parts.join(""), "base64url").slice(0, 22);
}
