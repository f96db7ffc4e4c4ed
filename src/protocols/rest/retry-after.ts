import { pauseOf, type Pause } from "../pause.ts";
import { answerClockMs, parseHttpDate } from "./http-date.ts";

/** Sent twice, by the upstream and by a proxy before it, a header comes as a list: who waits the longest offends neither. */
const SECONDS = /^\d+(?: *, *\d+)*$/;

/**
 * The pause that `Retry-After` asks for, in whole seconds or as an HTTP date (RFC 9110, section 10.2.3). Undefined where
 * it is absent, garbage, negative or past: our own backoff decides then. A date is read against the answer's own `Date`,
 * so that a difference between the two clocks does not count.
 */
export function retryPause(headers: Readonly<Record<string, string>>, nowMs: number): Pause | undefined {
  const text = headers["retry-after"]?.trim() ?? "";
  if (SECONDS.test(text)) return pauseOf(Math.max(...text.split(",").map(Number)) * 1000);
  const untilMs = parseHttpDate(text);
  return untilMs === undefined ? undefined : pauseOf(untilMs - answerClockMs(headers, nowMs));
}

/** Milliseconds from now that `retryPause` gives, for `ServiceError.retryAfterMs`. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  return retryPause(headers, nowMs)?.pauseMs;
}
