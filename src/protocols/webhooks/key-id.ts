/**
 * Returns true if a text may be a `kid`. It comes from a call that is not verified yet and is inserted into a request
 * of ours, so it must be a short name without characters that have a special meaning in a URL, a log or JSON. Plaid's
 * are UUIDs.
 */
export function isKeyId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
