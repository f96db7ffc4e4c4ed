import { createPerSecond, type SecondCount } from "./per-second.ts";
import { createSlidingPeak } from "./sliding-peak.ts";

/** Requests of one key, or of one key at one limit, as the server saw them arrive. */
export interface TallyCounts {
  readonly arrived: number;
  readonly accepted: number;
  readonly refused: number;
  /** Permits that the accepted ones took; equal to `accepted` where nothing weighs more than 1. */
  readonly permits: number;
  /** Of the foreign consumer, in no other figure here. */
  readonly foreignAccepted: number;
  readonly foreignRefused: number;
  /** Most that arrived within one second for certain, wherever it began; in permits. See loop-watch.ts. */
  readonly peakPerSecond: number;
  /** The same of the accepted ones. */
  readonly peakAcceptedPerSecond: number;
  /** Most accepted requests in work at once. */
  readonly concurrentPeak: number;
  /** Arrival of the first and the last, milliseconds since 1970; null without any. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly perSecond: readonly SecondCount[];
}

/** Counts in O(1); remembers one second of arrivals and ten minutes of sums. */
export interface Tally {
  /**
   * A request arrived and was judged. Times must not go back.
   * @param sinceMs it cannot have arrived before. Default: `atMs`
   */
  arrive(atMs: number, accepted: boolean, permits: number, sinceMs?: number): void;
  /** An accepted request is no longer in work. */
  leave(): void;
  foreign(accepted: boolean): void;
  read(): TallyCounts;
  /** Everything to zero; requests in work stay in work. */
  reset(): void;
}

/** A tally at zero. */
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

// The nulls are filled by the first arrival.
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
