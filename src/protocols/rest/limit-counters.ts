import { answerClockMs } from "./http-date.ts";
import { isSound, type LimitSignal } from "./limit-signal.ts";
import { parseItems } from "./structured-field.ts";

/** Spelling of a family of three headers (limit, remaining, reset). */
export interface CounterHeaders {
  /** Prefix of `limit`, `remaining` and `reset`; lower case. */
  readonly prefix: string;
  /** True if a reset may be a time since 1970, in seconds or milliseconds, and not only seconds from now. */
  readonly resetMayBeMoment: boolean;
}

/** One member of a header's list, with its window if it names one. */
interface Count {
  readonly value: number;
  readonly windowMs: number | undefined;
}

/**
 * Reads the signals of three headers that count down. The first limit is the one in force, to which the other two
 * headers refer; those after it (`100, 100;w=60, 5000;w=3600`) and in a `RateLimit-Policy` of that draft are the
 * existing windows. Lists of equal length are read in parallel. Source: draft-ietf-httpapi-ratelimit-headers-00 to -06;
 * the `X-` spellings have no document.
 */
export function countedLimits(
  headers: Readonly<Record<string, string>>,
  spelling: CounterHeaders,
  nowMs: number,
): readonly LimitSignal[] {
  const { prefix } = spelling;
  const limits = counts(headers[`${prefix}limit`]);
  const remaining = counts(headers[`${prefix}remaining`]);
  const resets = counts(headers[`${prefix}reset`]);
  if (!fits(remaining, limits) || !fits(resets, limits)) return [];
  const length = Math.max(limits.length, remaining.length, resets.length);
  const clockMs = answerClockMs(headers, nowMs);
  const signals = Array.from({ length }, (_, index) => {
    const reset = resets[index];
    return {
      ...windowSignal(limits[index]),
      remaining: remaining[index]?.value,
      resetMs: reset === undefined ? undefined : untilReset(reset.value, spelling, clockMs),
    };
  });
  const stated = counts(headers["ratelimit-policy"]).map(windowSignal);
  return withWindows(signals, stated).filter(isSound);
}

/** Parses a list; empty for a header that is not a list of non-negative integers: it is ignored completely. */
function counts(text: string | undefined): readonly Count[] {
  const items = parseItems(text ?? "") ?? [];
  const found = items.map(([value, parameters]) => {
    const window = parameters.get("w");
    return {
      value: Number.isInteger(value) ? Number(value) : Number.NaN,
      windowMs: Number.isInteger(window) ? Number(window) * 1000 : undefined,
    };
  });
  return found.every(({ value }) => value >= 0) ? found : [];
}

function windowSignal(limit: Count | undefined): LimitSignal {
  return {
    policy: undefined,
    quota: limit?.value,
    windowMs: limit?.windowMs,
    remaining: undefined,
    resetMs: undefined,
  };
}

/**
 * Returns true if the values match the limits: one value applies to the limit in force, as many as there are limits
 * apply to one each; any other number is ambiguous.
 */
function fits(values: readonly Count[], limits: readonly Count[]): boolean {
  return values.length <= 1 || values.length === limits.length;
}

function untilReset(value: number, { resetMayBeMoment }: CounterHeaders, clockMs: number): number {
  if (!resetMayBeMoment || value < 1e9) return value * 1000; // 1e9 s from now is 31 years, 1e9 s since 1970 is 2001
  return (value < 1e11 ? value * 1000 : value) - clockMs; // 1e11 s since 1970 is the year 5138, 1e11 ms is 1973
}

/** Assigns the limit in force its window, which is listed after it under the same quota, and adds the other windows. */
function withWindows(signals: readonly LimitSignal[], stated: readonly LimitSignal[]): readonly LimitSignal[] {
  const [current, ...behind] = signals;
  if (current === undefined) return [];
  const others = [...behind, ...stated];
  const isOwn = ({ quota, windowMs, remaining }: LimitSignal): boolean =>
    quota === current.quota && windowMs !== undefined && remaining === undefined;
  const own = current.windowMs === undefined ? others.find(isOwn) : undefined;
  if (own === undefined) return [current, ...others];
  return [{ ...current, windowMs: own.windowMs }, ...others.filter((other) => other !== own)];
}
