import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import type { Lane } from "./lane.ts";
import type { Need } from "./permits.ts";

/** What one try costs and how it ended, filled in on its way down and read by the layers above. */
export interface Trace {
  /** Time spent waiting for the permit. */
  waitedMs: number;
  /** When the try left, on the monotonic clock; undefined before. */
  sentAtMs: number | undefined;
  /** Status of the answer; undefined while there is none. */
  status: number | undefined;
  /** The answer's headers, lower-case names. */
  headers: Readonly<Record<string, string>>;
}

/** A try of which nothing is known yet. */
export function freshTrace(): Trace {
  return { waitedMs: 0, sentAtMs: undefined, status: undefined, headers: {} };
}

/** What is known of a write over all its tries. */
export interface Fate {
  /** A try left and was not clearly refused: the upstream may have done what it says. */
  mayBeDone: boolean;
}

/** A request on its way through the layers. */
export interface Call {
  readonly request: UpstreamRequest;
  readonly lane: Lane;
  /** Whose work it is: tenants that share a credential take turns. */
  readonly tenantId: string;
  /** What it draws from the credential's budget. */
  readonly needs: readonly Need[];
  /** The caller's, ended by our shutdown too. */
  readonly signal: AbortSignal;
  /** On the monotonic clock: every wait ends by then. */
  readonly deadlineMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly trace: Trace;
  /** The same for all tries; undefined outside of the retry. */
  readonly fate?: Fate;
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
  return request.method === "GET" || request.isRead === true || request.idempotencyKey !== undefined;
}
