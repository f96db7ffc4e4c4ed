import { createPerSecond, type SecondCount } from "./per-second.ts";
import { createSlidingPeak } from "./sliding-peak.ts";

/** Requests of one key, or of one key at one limit, as they arrived at the server. */
export interface TallyCounts {
  readonly arrived: number;
  readonly accepted: number;
  readonly refused: number;
  /** Number of permits that the accepted ones took; equal to `accepted` where no weight is above 1. */
  readonly permits: number;
  /** Accepted requests of the foreign consumer, which no other figure here includes. */
  readonly foreignAccepted: number;
  readonly foreignRefused: number;
  /**
   * Largest number of permits of requests that certainly arrived within one second, wherever it began. See
   * loop-watch.ts.
   */
  readonly peakPerSecond: number;
  /** The same for accepted requests only. */
  readonly peakAcceptedPerSecond: number;
  /** Largest number of accepted requests in progress at the same time. */
  readonly concurrentPeak: number;
  /** Arrival times of the first and the last request, milliseconds since 1970; null without any. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly perSecond: readonly SecondCount[];
}

/** Counts in O(1); stores one second of arrivals and ten minutes of sums. */
export interface Tally {
  /**
   * Counts a request that arrived and was checked. Times must not decrease.
   * @param sinceMs earliest possible time of its arrival. Default: `atMs`
   */
  arrive(atMs: number, accepted: boolean, permits: number, sinceMs?: number): void;
  /** Marks an accepted request as no longer in progress. */
  leave(): void;
  foreign(accepted: boolean): void;
  read(): TallyCounts;
  /** Resets everything to zero; requests in progress remain in progress. */
  reset(): void;
}

/** Creates a tally at zero. */
export function createTally(): Tally {
  let counted = zero();
  let inWork = 0;
  return {
    arrive(atMs, accepted, permits, sinceMs = atMs) {
      counted.firstAtMs ??= atMs;
      counted.lastAtMs = atMs;
      counted.all.add(atMs, permits, sinceMs);
      counted.perSecond.add(atMs, accepted);
      if (!accepted) {
        counted.refused += 1;
        return;
      }
      counted.acceptedOnes.add(atMs, permits, sinceMs);
      counted.accepted += 1;
      counted.permits += permits;
      inWork += 1;
      counted.concurrentPeak = Math.max(counted.concurrentPeak, inWork);
    },
    leave() {
      inWork -= 1;
    },
    foreign(accepted) {
      counted[accepted ? "foreignAccepted" : "foreignRefused"] += 1;
    },
    read() {
      const { all, acceptedOnes, perSecond, ...counts } = counted;
      return {
        ...counts,
        arrived: counts.accepted + counts.refused,
        peakPerSecond: all.peak(),
        peakAcceptedPerSecond: acceptedOnes.peak(),
        perSecond: perSecond.read(),
      };
    },
    reset() {
      counted = { ...zero(), concurrentPeak: inWork };
    },
  };
}

// The first arrival replaces the nulls.
const zero = () => ({
  accepted: 0,
  refused: 0,
  permits: 0,
  foreignAccepted: 0,
  foreignRefused: 0,
  concurrentPeak: 0,
  firstAtMs: null as number | null,
  lastAtMs: null as number | null,
  all: createSlidingPeak(),
  acceptedOnes: createSlidingPeak(),
  perSecond: createPerSecond(),
});
