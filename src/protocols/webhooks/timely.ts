/** How far the signed time may be off ours, either way. Source: Stripe, "Webhook signatures"; svix and Plaid have the same. */
export const TOLERANCE_SECONDS = 300;

/**
 * Digits only: no sign, fraction, exponent or space, which `parseInt` and `Number` read each in their own way. Twelve
 * reach the year 33 658, and milliseconds, which have thirteen, are no seconds.
 */
const TIMESTAMP = /^[0-9]{1,12}$/;

/** Whether a text is a time in seconds and within the tolerance of ours. */
export function isTimelyText(timestamp: string, nowMs: number): boolean {
  return TIMESTAMP.test(timestamp) && isTimely(Number(timestamp), nowMs);
}

/**
 * Whether a time is within the tolerance of ours. A future beyond it is refused as the past is: a header that leaked
 * would not run out.
 * @param seconds since the epoch; anything but a safe integer is not timely
 */
export function isTimely(seconds: number, nowMs: number): boolean {
  return Number.isSafeInteger(seconds) && Math.abs(Math.floor(nowMs / 1000) - seconds) <= TOLERANCE_SECONDS;
}
