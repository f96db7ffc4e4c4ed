import { NO_LIMIT } from "../connector-api/budget.ts";
import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import type { Lane } from "./budget/lane.ts";
import type { Need } from "./budget/permits.ts";

/** Cost and result of one attempt, filled in by the lower layers and read by the layers above. */
export interface Trace {
  /** Time spent waiting for the permit. */
  waitedMs: number;
  /** Time at which the attempt was sent, on the monotonic clock; undefined before. */
  sentAtMs: number | undefined;
  /** Status of the response; undefined while there is none. */
  status: number | undefined;
  /** The response's headers, lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** Result of `BudgetPolicy.refusedBy` for a 429. */
  refusedBy: string | undefined;
}

/** Returns a trace of an attempt of which nothing is known yet. */
export function freshTrace(): Trace {
  return { waitedMs: 0, sentAtMs: undefined, status: undefined, headers: {}, refusedBy: undefined };
}

/**
 * Returns true if the upstream refused the attempt because one object is locked. That gives no information about the
 * upstream itself.
 */
export function isAboutOneObject({ status, refusedBy }: Trace): boolean {
  return status === 409 || (status === 429 && refusedBy === NO_LIMIT);
}

/** The known outcome of a write over all its attempts. */
export interface WriteOutcome {
  /** True if an attempt was sent and not clearly refused: the upstream may have applied the write. */
  maybeApplied: boolean;
}

/** A request on its way through the layers. */
export interface Call {
  readonly request: UpstreamRequest;
  readonly lane: Lane;
  /** Tenant that the work belongs to: tenants that share a credential take turns. */
  readonly tenantId: string;
  /** Permits that it takes from the credential's budget. */
  readonly needs: readonly Need[];
  /** The caller's signal, also aborted by our shutdown. */
  readonly signal: AbortSignal;
  /** Time on the monotonic clock: every wait ends by then. */
  readonly deadlineMs: number;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  readonly trace: Trace;
  /** Outcome shared by all attempts; undefined outside of the retry layer. */
  readonly writeOutcome?: WriteOutcome;
}

export type Send = (call: Call) => Promise<UpstreamResponse>;

/** Behaviour that wraps a send and has the same type as it. */
export type Layer = (next: Send) => Send;

/** Composes `layers` around `innermost`; the first layer is the outermost. */
export function compose(layers: readonly Layer[], innermost: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), innermost);
}

/** Returns true if sending the request again has the same effect as sending it once. */
export function isRepeatable(request: UpstreamRequest): boolean {
  return request.method === "GET" || request.isRead === true || request.idempotencyKey !== undefined;
}
