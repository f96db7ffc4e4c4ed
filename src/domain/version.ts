/**
 * What is known about *when* an observed state was true, on the upstream's own clock or sequence: at no moment before
 * `from`, at no moment after `until`. An exact sequence (an LSN, an updated-at in microseconds) has both equal; a list
 * page read between two ticks of a one-second clock has them apart.
 *
 * Two observations whose spans do not overlap are ordered for certain. Where they overlap, only `finality` or a fresh
 * look at the upstream can tell: guessing is how a store ends up with the older state for good.
 */
export interface Version {
  readonly from: bigint;
  readonly until: bigint;
  readonly finality: Finality;
}

/**
 * What the upstream's rules say about the state: the first one ever, one of many, or one that nothing follows. `last`
 * is for upstreams that never give a deleted object's id to another one: whatever overlaps it came before it.
 */
export type Finality = (typeof FINALITY)[keyof typeof FINALITY];
export const FINALITY = { first: 0, ordinary: 1, last: 2 } as const;

export type VersionOrder = "newer" | "older" | "doubt";

/** Order of `incoming` against `stored`. Mirrored in SQL by `newerThanStored` in src/store/gate.ts. */
export function compareVersions(incoming: Version, stored: Version): VersionOrder {
  if (incoming.from > stored.until) return "newer";
  if (incoming.until < stored.from) return "older";
  if (incoming.finality > stored.finality) return "newer";
  if (incoming.finality < stored.finality) return "older";
  return "doubt";
}
