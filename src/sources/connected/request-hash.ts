import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const SALT_BYTES = 16;

/**
 * Returns a hash by which a repeated request is recognised. It has a random salt, so that equal credentials of two
 * sources do not have equal hashes.
 */
export function hashRequest(request: unknown, salt: Uint8Array = randomBytes(SALT_BYTES)): Buffer {
  return Buffer.concat([salt, createHmac("sha256", salt).update(canonicalText(request)).digest()]);
}

/** Returns true if a stored hash is that of the request. */
export function isSameRequest(request: unknown, stored: Uint8Array): boolean {
  const own = hashRequest(request, stored.subarray(0, SALT_BYTES));
  return own.length === stored.length && timingSafeEqual(own, stored);
}

/** JSON with sorted keys: the order in which a caller writes them means nothing. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
