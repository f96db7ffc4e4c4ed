/**
 * Maximum difference between the signed time and ours, in either direction. Source: Stripe, "Webhook signatures"; svix
 * and Plaid have the same.
 */
export const TOLERANCE_SECONDS = 300;

/**
 * Digits only: no sign, fraction, exponent or space, which `parseInt` and `Number` interpret differently. Twelve digits
 * reach the year 33 658, and milliseconds, which have thirteen, are not accepted as seconds.
 */
const TIMESTAMP = /^[0-9]{1,12}$/;

/** Returns true if a text is a time in seconds within the tolerance of ours. */
export function isTimelyText(timestamp: string, nowMs: number): boolean {
  return TIMESTAMP.test(timestamp) && isTimely(Number(timestamp), nowMs);
}

/**
 * Returns true if a time is within the tolerance of ours. A future time beyond it is rejected like a past one:
 * otherwise a leaked header would not expire.
 * @param seconds since the epoch; anything but a safe integer is not timely
 */
export function isTimely(seconds: number, nowMs: number): boolean {
  return Number.isSafeInteger(seconds) && Math.abs(Math.floor(nowMs / 1000) - seconds) <= TOLERANCE_SECONDS;
}
