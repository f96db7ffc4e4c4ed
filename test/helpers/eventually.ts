import { setTimeout as pause } from "node:timers/promises";

/**
 * How long a test waits for something that must happen. It only ends a test that would hang: far more than a busy machine
 * needs, so that no test is a measurement of the machine.
 */
export const WAIT_LIMIT_MS = 120_000;

/** Between two looks a test leaves the machine to what it waits for: looks are at most a tenth of the time. */
const LEAST_PAUSE_MS = 10;
const MOST_PAUSE_MS = 500;
const PAUSE_IN_LOOKS = 9;

/**
 * Resolves with the first result of `look` that is neither undefined nor false; rejects after the deadline with the
 * name of the awaited condition.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = WAIT_LIMIT_MS,
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const startedAtMs = performance.now();
    const answer = await look();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadlineMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    const tookMs = performance.now() - startedAtMs;
    await pause(Math.min(Math.max(LEAST_PAUSE_MS, PAUSE_IN_LOOKS * tookMs), MOST_PAUSE_MS));
  }
}
