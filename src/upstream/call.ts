import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import type { Lane } from "./lane.ts";

/** What one try costs and how it ended, filled in on its way down and read by `observe`. */
export interface Trace {
  /** Time spent waiting for the permit. */
  waitedMs: number;
  /** Status of the answer; undefined while there is none. */
  status: number | undefined;
}

/** A request on its way through the layers. */
export interface Call {
  readonly request: UpstreamRequest;
  readonly lane: Lane;
  /** The caller's, ended by our shutdown too. */
  readonly signal: AbortSignal;
  /** On the monotonic clock: every wait ends by then. */
  readonly deadlineMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly trace: Trace;
}

export type Send = (call: Call) => Promise<UpstreamResponse>;

/** Behaviour put around a send, of the same type as what it wraps. */
export type Layer = (next: Send) => Send;

/** `layers` around `innermost`, the first of them outermost. */
export function compose(layers: readonly Layer[], innermost: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), innermost);
}

/** True when sending the request again has the effect of sending it once. */
export function isRepeatable(request: UpstreamRequest): boolean {
  return request.method === "GET" || request.idempotencyKey !== undefined;
}
