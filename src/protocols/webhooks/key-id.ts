/**
 * Whether a text may be a `kid`. It comes from a call that nobody has verified yet and goes into a request of ours, so
 * it is a short name and nothing that a URL, a log or JSON reads in another way. Plaid's are UUIDs.
 */
export function isKeyId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
