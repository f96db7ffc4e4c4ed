import { parseHttpDate } from "./http-date.ts";

/** What `observedVersion` needs of an answer. */
export interface TimedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Our clock, epoch milliseconds, when the request left. */
  readonly sentAtMs: number;
  readonly durationMs: number;
}

/** Epoch milliseconds between which the state that an answer shows was true; the span part of a `Version`. */
export interface ObservedSpan {
  readonly from: bigint;
  readonly until: bigint;
}

/**
 * When the state in an answer was true, on the upstream's clock, so that it compares with the times that the upstream
 * itself writes into its objects and events; our clock may be minutes off it.
 *
 * `Date: D` has whole seconds: the answer was made at some moment in [D, D + 1 s). The state in it cannot be newer than
 * the answer, so `until` is the last millisecond of that second. It cannot be older than the request, which left at most
 * the whole exchange earlier: `from` is D − duration, rounded down. The duration comes from a monotonic clock, so the
 * span is right whatever either wall clock says.
 *
 * Without a valid `Date` all that is left is our own clock: between the request's first byte and the answer's last.
 */
export function observedVersion(answer: TimedAnswer): ObservedSpan {
  const madeAtMs = parseHttpDate(answer.headers["date"] ?? "");
  const durationMs = BigInt(Math.ceil(answer.durationMs));
  if (madeAtMs === undefined) {
    const sentAt = BigInt(Math.floor(answer.sentAtMs));
    return { from: sentAt, until: sentAt + durationMs };
  }
  return { from: BigInt(madeAtMs) - durationMs, until: BigInt(madeAtMs) + 999n };
}
