import type { Admission } from "../limits/limits.ts";
import type { DecidedArrival } from "./decided-arrival.ts";
import { createTally, type Tally, type TallyCounts } from "./tally.ts";

/** One key's requests: all of them, and by the limits that they were subject to. */
export interface KeyCounts extends TallyCounts {
  /**
   * Counts by the name of the limit. `refused` counts those for which it had no permit; a request that another limit
   * rejected is not in this one's figures.
   */
  readonly limits: Readonly<Record<string, Omit<TallyCounts, "perSecond">>>;
}

/** Tallies of one key. */
export interface KeyTallies {
  arrive(arrival: Pick<DecidedArrival, "atMs" | "sinceMs" | "accepted" | "admission">): void;
  leave(admission: Admission): void;
  foreign(admission: Admission): void;
  read(): KeyCounts;
  reset(): void;
}

/** Creates tallies at zero. */
export function createKeyTallies(): KeyTallies {
  const own = createTally();
  const byLimit = new Map<string, Tally>();
  const ofLimit = (name: string): Tally => {
    const known = byLimit.get(name);
    if (known !== undefined) return known;
    const tally = createTally();
    byLimit.set(name, tally);
    return tally;
  };
  return {
    arrive({ atMs, sinceMs, accepted, admission: { charges, refusedBy } }) {
      own.arrive(atMs, accepted, 1, sinceMs);
      const admitted = refusedBy === undefined;
      for (const { limit, cost, waitMs } of charges)
        if (admitted || waitMs > 0) ofLimit(limit.name).arrive(atMs, admitted, cost, sinceMs);
    },
    leave({ charges }) {
      own.leave();
      for (const { limit } of charges) ofLimit(limit.name).leave();
    },
    foreign({ charges, refusedBy }) {
      const admitted = refusedBy === undefined;
      own.foreign(admitted);
      for (const { limit, waitMs } of charges) if (admitted || waitMs > 0) ofLimit(limit.name).foreign(admitted);
    },
    read: () => ({
      ...own.read(),
      limits: Object.fromEntries([...byLimit].map(([name, tally]) => [name, withoutSeconds(tally.read())])),
    }),
    reset() {
      own.reset();
      for (const tally of byLimit.values()) tally.reset();
    },
  };
}

function withoutSeconds({ perSecond: _perSecond, ...counts }: TallyCounts): Omit<TallyCounts, "perSecond"> {
  return counts;
}
