import { createArrivalLog, type LoggedArrival } from "../arrivals/arrival-log.ts";
import type { DecidedArrival } from "../arrivals/decided-arrival.ts";
import { createKeyTallies, type KeyCounts, type KeyTallies } from "../arrivals/key-tallies.ts";
import { createSlidingPeak } from "../arrivals/sliding-peak.ts";
import type { Admission } from "../limits/limits.ts";

/** Counts since the server started or was reset. */
export interface RequestCounts {
  /** Number of answered requests by `METHOD /path/:id STATUS`; status 0 is a response that was never sent. */
  readonly requests: Readonly<Record<string, number>>;
  readonly total: number;
  /** Largest number of `/v1/` requests that certainly arrived within one second, wherever it began. */
  readonly peakPerSecond: number;
  /** The same, counting only those that were not rejected with 429. */
  readonly peakAcceptedPerSecond: number;
  /** Counts by secret key, for each of the account's keys; `unknown` for all others. */
  readonly keys: Readonly<Record<string, KeyCounts>>;
}

/** A request that arrived and will be answered. */
export interface Visit {
  /** Must be called once; 0 when no response is sent. */
  answered(status: number): void;
  /** Marks the request as no longer in progress. Must be called once. */
  left(): void;
}

/** Counts in amortised O(1) per request, in bounded memory. */
export interface RequestCounters {
  /** Times must not decrease. */
  arrive(arrival: DecidedArrival): Visit;
  /** Counts a request for permits by a foreign consumer of a key. */
  foreign(key: string, admission: Admission): void;
  /** Returns the counts. `keys` are the account's, so that unused ones are included, at zero. */
  read(keys: Iterable<string>): RequestCounts;
  arrivals(key: string | undefined): Iterable<LoggedArrival>;
  reset(): void;
}

/** Counters at zero. */
export function createRequestCounters(): RequestCounters {
  let answers = new Map<string, number>();
  let [all, acceptedOnes, total] = [createSlidingPeak(), createSlidingPeak(), 0];
  const log = createArrivalLog();
  const byKey = new Map<string, KeyTallies>();
  const ofKey = (key: string): KeyTallies => {
    const tallies = byKey.get(key) ?? createKeyTallies();
    byKey.set(key, tallies);
    return tallies;
  };
  return {
    arrive(arrival) {
      const { atMs, sinceMs, key, method, path, accepted, admission } = arrival;
      const tallies = ofKey(key);
      total += 1;
      all.add(atMs, 1, sinceMs);
      if (accepted) acceptedOnes.add(atMs, 1, sinceMs);
      tallies.arrive(arrival);
      const logStatus = log.add(arrival);
      return {
        answered(status) {
          logStatus(status);
          const name = `${method} ${path} ${status}`;
          answers.set(name, (answers.get(name) ?? 0) + 1);
        },
        left() {
          if (accepted) tallies.leave(admission);
        },
      };
    },
    foreign: (key, admission) => ofKey(key).foreign(admission),
    arrivals: (key) => log.read(key),
    read: (keys) => ({
      requests: Object.fromEntries([...answers].toSorted(([left], [right]) => (left < right ? -1 : 1))),
      total,
      peakPerSecond: all.peak(),
      peakAcceptedPerSecond: acceptedOnes.peak(),
      keys: Object.fromEntries([...new Set([...keys, ...byKey.keys()])].map((key) => [key, ofKey(key).read()])),
    }),
    reset() {
      answers = new Map();
      [all, acceptedOnes, total] = [createSlidingPeak(), createSlidingPeak(), 0];
      log.reset();
      for (const tallies of byKey.values()) tallies.reset();
    },
  };
}
