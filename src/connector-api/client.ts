/** One call to the outside. */
export interface UpstreamRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path and query below the source's base URL; never another host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A POST that changes nothing, as where all of an API is called by POST: it may be sent again like a GET. */
  readonly isRead?: true;
  /** Makes a write repeatable: sent by the connector in the header that its upstream wants, and named here for the retry rule. */
  readonly idempotencyKey?: string;
  /**
   * When the upstream forgets `idempotencyKey`, epoch milliseconds of our clock, less a margin for the way and for clocks that
   * differ: a repeat after it could be a second effect, so none leaves. Undefined: the key is remembered for ever.
   */
  readonly idempotencyKeyExpiresAtMs?: number;
  /** Answers other than 2xx that the connector handles itself: `[404]` where an absent object is an answer. */
  readonly acceptStatus?: readonly number[];
  /**
   * The answer must be one whole JSON document, accepted statuses included (a proxy's HTML 404 is no absent object).
   * Checked inside the retry, so that a truncated page or an HTML error page is asked for again before anyone sees it.
   */
  readonly expect?: "json";
}

/** A whole answer. Anything but 2xx or an accepted status never arrives here: it was thrown as a ServiceError. */
export interface UpstreamResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** With `expect: "json"`: the body as `parseExactJson` gives it. `readJson(response)` gives it in either case. */
  readonly json?: unknown;
  /** Our clock, epoch milliseconds, when the request left. */
  readonly sentAtMs: number;
  /** From the request's first byte to the answer's last, on a monotonic clock. */
  readonly durationMs: number;
}

/** The only way out for a connector. Deadline, budget, retry, breaker and metrics are around it, never in the connector. */
export interface UpstreamClient {
  /**
   * @throws ServiceError UPSTREAM_* | OVERLOADED | CANCELED, and of writes
   * - OUTCOME_UNKNOWN: without a key, it left and got no clear answer; or its key expired after such a try
   * - CONFLICT: its key had expired before anything of this call left, so that only an earlier call may have had an effect
   *
   * After either one the upstream is to be asked what became of the write, before it is sent under a new key.
   */
  send(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse>;
}
