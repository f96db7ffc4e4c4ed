import { hash } from "node:crypto";

/** Identity of a record's content: 128 bits of SHA-256 over its column values; null differs from empty text. */
export function contentHash(values: readonly (string | null)[]): string {
  return hash("sha256", values.map((value) => (value === null ? "\0" : `${value}\u0001`)).join(""), "base64url").slice(
    0,
    22,
  );
}
