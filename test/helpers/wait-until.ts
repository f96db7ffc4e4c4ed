import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks until the answer is true.
 * @throws after `deadlineMs`, naming what was waited for
 */
export async function waitUntil(
  what: string,
  holds: () => Promise<boolean> | boolean,
  deadlineMs = 15_000,
): Promise<void> {
  const until = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await sleep(10);
  }
}
