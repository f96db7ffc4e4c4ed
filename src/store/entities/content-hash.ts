import { hash } from "node:crypto";

/**
 * Returns the identity of a record's content: 128 bits of SHA-256 over its column values; null differs from empty text.
 */
export function contentHash(values: readonly (string | null)[]): string {
  let text = "";
  for (const value of values) text += value === null ? "\0" : `${value}\u0001`;
  return hash("sha256", text, "base64url").slice(0, 22);
}
