/** Number of tenants from which a round is followed by a rest. */
const MANY_TENANTS = 20;
/** Rest after a round, in durations of it. */
const REST_FACTOR = 3;
/** A round that took long because the machine was busy must not put off the next one by many minutes. */
const MAX_REST_MS = 30_000;

/**
 * Returns the rest after a round of background work over tenants, in milliseconds: 0 if there were few. While thousands of
 * sources are read for the first time, every tenant always has something new to evaluate; without a rest that would take as
 * much of the processor as the reading, and evaluate each tenant after every few changes instead of after many.
 * @param durationMs duration of the round
 * @param tenants number of tenants in it
 */
export function restAfter(durationMs: number, tenants: number): number {
  return tenants < MANY_TENANTS ? 0 : Math.min(REST_FACTOR * durationMs, MAX_REST_MS);
}
