import { timingSafeEqual } from "node:crypto";

/** Maximum signatures of one call. A sender that rotates writes two; each is compared with each secret's. */
export const MAX_SIGNATURES = 20;

/**
 * Returns the index of the first expected value that is among the received ones; undefined if none is. Each is compared
 * with each, regardless of earlier matches, so that the time taken reveals only their number.
 */
export function indexOfMatch(expected: readonly Uint8Array[], given: readonly Uint8Array[]): number | undefined {
  let first: number | undefined;
  for (const [index, ours] of expected.entries()) {
    let matches = 0;
    // A length is not secret: it is the same for all values of a scheme.
    for (const theirs of given) matches += ours.length === theirs.length && timingSafeEqual(ours, theirs) ? 1 : 0;
    if (matches > 0) first ??= index;
  }
  return first;
}

/** Returns true if any expected value is among the received ones; takes as much work as `indexOfMatch`. */
export function matchesAny(expected: readonly Uint8Array[], given: readonly Uint8Array[]): boolean {
  return indexOfMatch(expected, given) !== undefined;
}
