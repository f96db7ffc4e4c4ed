import { parseHttpDate } from "./http-date.ts";

/** Fields of a response that `observedVersion` needs. */
export interface TimedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Time on our clock when the request was sent, epoch milliseconds. */
  readonly sentAtMs: number;
  readonly durationMs: number;
}

/** Time span, in epoch milliseconds, in which the state in a response was valid; the span part of a `Version`. */
export interface ObservedSpan {
  readonly from: bigint;
  readonly until: bigint;
}

/**
 * Returns when the state in a response was valid, on the upstream's clock, so that it is comparable to the times that
 * the upstream itself writes into its objects and events; our clock may differ from it by minutes.
 * `Date: D` has whole seconds: the response was created at some moment in [D, D + 1 s). The state in it cannot be newer
 * than the response, so `until` is the last millisecond of that second. It cannot be older than the request, which was
 * sent at most the duration of the exchange earlier: `from` is D − duration, rounded down. The duration comes from a
 * monotonic clock, so the span is correct regardless of errors of either wall clock.
 * Without a valid `Date` only our own clock is available: the span is between the request's first byte and the
 * response's last.
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
