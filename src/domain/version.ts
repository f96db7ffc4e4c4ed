/**
 * The time at which an observed state was true, on the upstream's own clock or sequence: not before `from` and not
 * after `until`. For an exact sequence (an LSN, an updated-at in microseconds) both are equal; for a list page read
 * between two ticks of a one-second clock they differ.
 *
 * Two observations whose intervals do not overlap are ordered with certainty. If they overlap, only `finality` or a new
 * fetch from the upstream can decide: guessing could leave the older state in the store permanently.
 */
export interface Version {
  readonly from: bigint;
  readonly until: bigint;
  readonly finality: Finality;
}

/**
 * Finality of the state by the upstream's rules: the first state, one of many, or one that no other follows. `last` is
 * for upstreams that never reuse a deleted object's id: any state that overlaps it was before it.
 */
export type Finality = (typeof FINALITY)[keyof typeof FINALITY];
export const FINALITY = { first: 0, ordinary: 1, last: 2 } as const;

export type VersionOrder = "newer" | "older" | "conflict";

/** Returns the order of `incoming` relative to `stored`. Mirrored in SQL by `newerThanStored` in src/store/gate.ts. */
export function compareVersions(incoming: Version, stored: Version): VersionOrder {
  if (incoming.from > stored.until) return "newer";
  if (incoming.until < stored.from) return "older";
  if (incoming.finality > stored.finality) return "newer";
  if (incoming.finality < stored.finality) return "older";
  return "conflict";
}
