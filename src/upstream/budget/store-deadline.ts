import { ServiceError } from "../../domain/error.ts";
import type { Clock } from "../../runtime/clock.ts";

/**
 * Maximum wait for the store: for a caller that waits for a permit, the local share is better than a store that does
 * not respond.
 */
const STORE_DEADLINE_MS = 1_000;

/**
 * Limits the wait: a store that does not respond in time counts as unavailable; the pool's own limits are far longer.
 */
export function inTime<T>(answer: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(STORE_DEADLINE_MS, () =>
      reject(new ServiceError("STORE_UNAVAILABLE", "the store does not answer in time")),
    );
    answer.then(resolve, reject).finally(cancel);
  });
}
