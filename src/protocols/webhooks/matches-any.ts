import { timingSafeEqual } from "node:crypto";

/** Signatures that one call may carry. A sender that rotates writes two; each is compared with each secret's. */
export const MAX_SIGNATURES = 20;

/**
 * Whether any expected value is among the given ones. Each is compared with each, whichever fits first, so that the
 * time taken says nothing about them but how many there are.
 */
export function matchesAny(expected: readonly Uint8Array[], given: readonly Uint8Array[]): boolean {
  let matches = 0;
  for (const ours of expected) {
    // A length is no secret: it is the same for all values of a scheme.
    for (const theirs of given) matches += ours.length === theirs.length && timingSafeEqual(ours, theirs) ? 1 : 0;
  }
  return matches > 0;
}
