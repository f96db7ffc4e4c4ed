import type { Channel, ChannelCall, ChannelStream } from "./channel.ts";

/** One call to an upstream. */
export interface UpstreamRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path and query below the source's base URL; never another host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * True for a POST that changes nothing, as in an API in which every call is a POST: it may be repeated like a GET.
   */
  readonly isRead?: true;
  /**
   * Makes a write repeatable: the connector sends it in the header that its upstream expects, and sets it here for the
   * retry rule.
   */
  readonly idempotencyKey?: string;
  /**
   * Time at which the upstream forgets `idempotencyKey`, epoch milliseconds of our clock, minus a margin for
   * transmission and clock differences: a repeat after it could take effect twice, so none is sent. Undefined: the key
   * never expires.
   */
  readonly idempotencyKeyExpiresAtMs?: number;
  /** Non-2xx statuses that the connector handles itself: `[404]` if an absent object is a valid result. */
  readonly acceptStatus?: readonly number[];
  /** True if it reads history while other calls read changes: it waits behind those, whatever the client's lane. */
  readonly isBackfill?: true;
  /**
   * The response must be one complete JSON document, accepted statuses included (a proxy's HTML 404 does not mean an
   * absent object). Checked inside the retry, so that a truncated page or an HTML error page is requested again before
   * any caller sees it.
   */
  readonly expect?: "json";
}

/**
 * A complete response. A status other than 2xx or an accepted one is never returned: it is thrown as a ServiceError.
 */
export interface UpstreamResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /**
   * Body as parsed by `parseExactJsonParts`, with `expect: "json"` only. `readJson(response)` returns it in either
   * case.
   */
  readonly json?: unknown;
  /** Time at which the request was sent, epoch milliseconds of our clock. */
  readonly sentAtMs: number;
  /** Time from the request's first byte to the response's last, on a monotonic clock. */
  readonly durationMs: number;
}

/**
 * The only way in which a connector makes calls. Deadline, budget, retry, breaker and metrics wrap it and are never in
 * the connector.
 */
export interface UpstreamClient {
  /**
   * @throws ServiceError UPSTREAM_* | OVERLOADED | CANCELED, and for writes
   * - OUTCOME_UNKNOWN: without a key, it was sent and got no clear response; or its key expired after such an attempt
   * - CONFLICT: its key had expired before any attempt of this call was sent, so only an earlier call may have taken
   * effect
   *
   * After either of them, query the upstream for the outcome of the write before sending it under a new key.
   */
  send(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse>;
  /**
   * Makes a call through the connector's channel, with the budget, retries and errors of `send`.
   * @throws ServiceError as `send`
   */
  call<Opened extends Channel, Answer>(call: ChannelCall<Opened, Answer>, signal: AbortSignal): Promise<Answer>;
  /**
   * Follows a stream of the connector's channel. Nothing is sent before the first message is requested. Opening it is a
   * call as above, repeated like a read; the opened stream holds no permit and no slot of concurrent calls, has no
   * deadline, and is not repeated: it throws the ServiceError that ended it. It also ends, as unavailable, when the
   * settings of the source change.
   */
  follow<Opened extends Channel, Message>(
    stream: ChannelStream<Opened, Message>,
    signal: AbortSignal,
  ): AsyncIterable<Message>;
}
