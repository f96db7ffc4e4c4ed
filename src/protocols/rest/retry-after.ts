import { pauseOf, type Pause } from "../pause.ts";
import { answerClockMs, parseHttpDate } from "./http-date.ts";

/**
 * A header sent twice, by the upstream and by a proxy before it, arrives as a list: the longest wait satisfies both.
 */
const SECONDS = /^\d+(?: *, *\d+)*$/;

/**
 * Returns the pause that `Retry-After` requests, in whole seconds or as an HTTP date (RFC 9110, section 10.2.3).
 * Undefined if it is absent, invalid, negative or past: our own backoff decides then. A date is compared with the
 * response's own `Date`, so that a difference between the two clocks does not matter.
 */
export function retryPause(headers: Readonly<Record<string, string>>, nowMs: number): Pause | undefined {
  const text = headers["retry-after"]?.trim() ?? "";
  if (SECONDS.test(text)) return pauseOf(Math.max(...text.split(",").map(Number)) * 1000);
  const untilMs = parseHttpDate(text);
  return untilMs === undefined ? undefined : pauseOf(untilMs - answerClockMs(headers, nowMs));
}

/** Returns the milliseconds from now according to `retryPause`, for `ServiceError.retryAfterMs`. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  return retryPause(headers, nowMs)?.pauseMs;
}
