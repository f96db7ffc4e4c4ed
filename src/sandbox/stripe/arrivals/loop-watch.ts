import { steadyMs } from "./steady-clock.ts";

/** Between two looks at the loop. */
const TICK_MS = 5;
/** What it takes to answer one call: a shorter pause moves no arrival by so much that it would count. */
const PAUSE_MS = 8;

/**
 * Knows when this process's event loop stood still: a collection of garbage in a large world, or a busy machine. What came
 * meanwhile is seen together at its end, and nobody can tell when it came.
 */
export interface LoopWatch {
  /** What is seen at `atMs` cannot have come before. */
  sinceMs(atMs: number): number;
  close(): void;
}

export function watchLoop(): LoopWatch {
  let lookedMs = steadyMs();
  /** Whatever came after it is seen from now on. */
  let heardMs = lookedMs;
  const timer = setInterval(() => {
    const nowMs = steadyMs();
    // Timers come before sockets: what came during a pause is seen after the first look behind it.
    heardMs = nowMs - lookedMs > PAUSE_MS ? lookedMs : nowMs;
    lookedMs = nowMs;
  }, TICK_MS).unref();
  return {
    sinceMs: (atMs) => (atMs - heardMs > PAUSE_MS ? heardMs : atMs),
    close: () => clearInterval(timer),
  };
}
