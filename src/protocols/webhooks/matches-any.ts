import { timingSafeEqual } from "node:crypto";

/** Signatures that one call may carry. A sender that rotates writes two; each is compared with each secret's. */
export const MAX_SIGNATURES = 20;

/**
 * The first of the expected values that is among the given ones, by its index; undefined when none is. Each is compared
 * with each, whichever fits first, so that the time taken says nothing about them but how many there are.
 */
export function indexOfMatch(expected: readonly Uint8Array[], given: readonly Uint8Array[]): number | undefined {
  let first: number | undefined;
  for (const [index, ours] of expected.entries()) {
    let matches = 0;
    // A length is no secret: it is the same for all values of a scheme.
    for (const theirs of given) matches += ours.length === theirs.length && timingSafeEqual(ours, theirs) ? 1 : 0;
    if (matches > 0) first ??= index;
  }
  return first;
}

/** Whether any expected value is among the given ones; as much work as `indexOfMatch`. */
export function matchesAny(expected: readonly Uint8Array[], given: readonly Uint8Array[]): boolean {
  return indexOfMatch(expected, given) !== undefined;
}
