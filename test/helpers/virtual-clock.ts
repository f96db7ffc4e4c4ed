import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/runtime/clock.ts";

/** A clock that only advances on request; both of its times start at 1,000,000. */
export interface VirtualClock extends Clock {
  /** Advances by `durationMs`, timer by timer; everything that a timer triggers has run before the next one fires. */
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
