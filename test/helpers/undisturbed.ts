import { monitorEventLoopDelay } from "node:perf_hooks";

/** Delay at which a late call exceeds the limit of the following second, both at 25 and at 1,000 calls per second. */
const TOO_LATE_MS = 40;
const ATTEMPTS = 3;

/**
 * Measures, and repeats the measurement when this idle process was not scheduled for so long that the measured
 * processes must have been delayed too: late calls then prove nothing about them. The third measurement counts in any
 * case.
 */
export async function undisturbed<T>(measure: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const measured = await measure();
    delay.disable();
    if (delay.max / 1e6 < TOO_LATE_MS || attempt === ATTEMPTS) return measured;
  }
}
