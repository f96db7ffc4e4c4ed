import { steadyMs } from "./steady-clock.ts";

/** Interval between two checks of the event loop. */
const TICK_MS = 5;
/** Time needed to answer one call: a shorter pause does not shift an arrival by a relevant amount. */
const PAUSE_MS = 8;

/**
 * Detects when this process's event loop was blocked, by a garbage collection in a large world or by a busy machine.
 * Requests that arrived meanwhile are all observed at the end of the pause, and their arrival times are unknown.
 */
export interface LoopWatch {
  /** Returns the earliest time at which a request observed at `atMs` can have arrived. */
  sinceMs(atMs: number): number;
  close(): void;
}

export function watchLoop(): LoopWatch {
  let lookedMs = steadyMs();
  /** Requests that arrived after this time are observed from now on. */
  let aliveMs = lookedMs;
  const timer = setInterval(() => {
    const nowMs = steadyMs();
    // Timers run before sockets: requests that arrived during a pause are observed after the first check that follows
    // it.
    aliveMs = nowMs - lookedMs > PAUSE_MS ? lookedMs : nowMs;
    lookedMs = nowMs;
  }, TICK_MS).unref();
  return {
    sinceMs: (atMs) => (atMs - aliveMs > PAUSE_MS ? aliveMs : atMs),
    close: () => clearInterval(timer),
  };
}
