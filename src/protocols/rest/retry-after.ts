import { parseHttpDate } from "./http-date.ts";

/** Longest pause that an upstream can impose on us; then it is asked once whether it still stands. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Milliseconds from now that `Retry-After` asks for, in whole seconds or as an HTTP date (RFC 9110, section 10.2.3), at
 * most `MAX_RETRY_AFTER_MS`. Undefined where it is absent, garbage, negative or past: our own backoff decides then.
 * A date is read against the answer's own `Date`, so that a difference between the two clocks does not count.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const text = headers["retry-after"]?.trim() ?? "";
  const pauseMs = /^\d+$/.test(text) ? Number(text) * 1000 : untilDate(text, headers["date"], nowMs);
  if (pauseMs === undefined || pauseMs <= 0) return undefined;
  return Math.min(pauseMs, MAX_RETRY_AFTER_MS);
}

function untilDate(text: string, date: string | undefined, nowMs: number): number | undefined {
  const untilMs = parseHttpDate(text);
  if (untilMs === undefined) return undefined;
  return untilMs - (parseHttpDate(date ?? "") ?? nowMs);
}
