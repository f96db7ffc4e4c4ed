/**
 * Spacing of the calls on one credential by the generic cell rate algorithm: one number, the theoretical arrival time of
 * the next call, stands for the whole bucket. No sliding second holds more than the rate and a twentieth, where a
 * counter per clock second would let twice the rate through around its edge. All times are monotonic milliseconds.
 */
export interface Pacer {
  /** Earliest moment of the next call. */
  opensAtMs(): number;
  /** Takes the call that `opensAtMs` allows. */
  take(nowMs: number): void;
  /** No call before that moment. Never shortens an earlier closure. */
  closeUntil(untilMs: number): void;
  /** Until when the upstream told us to stay away; in the past when it does not. */
  closedUntilMs(): number;
}

/** Share of a second's calls that may come early: makes up for late timers, and is an excess that upstreams bear. */
const BURST_SHARE = 0.05;

export function createPacer(requestsPerSecond: number): Pacer {
  const intervalMs = 1000 / requestsPerSecond;
  const toleranceMs = Math.floor(requestsPerSecond * BURST_SHARE) * intervalMs;
  let nextArrivalMs = -Infinity;
  let closedUntilMs = -Infinity;
  return {
    opensAtMs: () => Math.max(closedUntilMs, nextArrivalMs - toleranceMs),
    take: (nowMs) => {
      nextArrivalMs = Math.max(nextArrivalMs, nowMs) + intervalMs;
    },
    closeUntil: (untilMs) => {
      closedUntilMs = Math.max(closedUntilMs, untilMs);
    },
    closedUntilMs: () => closedUntilMs,
  };
}
