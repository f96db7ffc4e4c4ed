import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/upstream/clock.ts";

/** A clock that stands still until it is told to go on; both of its times start at 1,000,000. */
export interface VirtualClock extends Clock {
  /** Goes on by `durationMs`, timer by timer; what a timer sets off has run before the next one fires. */
  advance(durationMs: number): Promise<void>;
  /** Timers that have neither fired nor been cancelled. */
  pending(): number;
}

interface Timer {
  readonly atMs: number;
  readonly task: () => void;
}

export function createVirtualClock(): VirtualClock {
  let nowMs = 1_000_000;
  const timers = new Set<Timer>();
  const nextBy = (untilMs: number): Timer | undefined =>
    [...timers].filter((timer) => timer.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  return {
    monotonicMs: () => nowMs,
    epochMs: () => nowMs,
    schedule: (delayMs, task) => {
      const timer = { atMs: nowMs + Math.max(0, delayMs), task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (durationMs) => {
      const untilMs = nowMs + durationMs;
      await setImmediate(); // all promise jobs run before it
      for (let timer = nextBy(untilMs); timer !== undefined; timer = nextBy(untilMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.task();
        await setImmediate();
      }
      nowMs = untilMs;
    },
    pending: () => timers.size,
  };
}
