import type { UpstreamRequest } from "../connector-api/client.ts";
import type { CallTarget } from "./budget/budget.ts";
import type { Lane } from "./budget/lane.ts";
import type { Need } from "./budget/permits.ts";
import type { WriteOutcome } from "./write-outcome.ts";

/** Cost and result of one attempt, filled in by the lower layers and read by the layers above. */
export interface Trace {
  /** Time spent waiting for the permit. */
  waitedMs: number;
  /** Time at which the attempt was sent, on the monotonic clock; undefined before. */
  sentAtMs: number | undefined;
  /** HTTP status of the response; undefined while there is none. */
  status: number | undefined;
  /** The response's headers, lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** Headers and trailers of a response of another protocol than HTTP; they state no limits of it. */
  metadata: Readonly<Record<string, string>>;
  /** Result of `BudgetPolicy.refusedBy` for a 429. */
  refusedBy: string | undefined;
  /**
   * True if the upstream refused the attempt because one object is locked. That gives no information about the upstream
   * itself.
   */
  isAboutOneObject: boolean;
}

/** Returns a trace of an attempt of which nothing is known yet. */
export function freshTrace(): Trace {
  return {
    waitedMs: 0,
    sentAtMs: undefined,
    status: undefined,
    headers: {},
    metadata: {},
    refusedBy: undefined,
    isAboutOneObject: false,
  };
}

/** Properties of a request that the layers use, whatever its protocol. */
export interface RequestTraits extends Pick<UpstreamRequest, "idempotencyKey" | "idempotencyKeyExpiresAtMs"> {
  /** By which a budget knows its cost. */
  readonly target: CallTarget;
  /** True if sending the request again has the same effect as sending it once. */
  readonly isRepeatable: boolean;
}

/** A request on its way through the layers. */
export interface Call {
  readonly request: RequestTraits;
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

/** A call with its innermost step, which is the protocol's own. */
export interface PerformableCall<Answer> extends Call {
  readonly perform: Perform<Answer>;
}

/** Makes one attempt, fills in its trace, and throws a ServiceError unless it succeeds. */
export type Perform<Answer> = (call: Call) => Promise<Answer>;

export type Send = <Answer>(call: PerformableCall<Answer>) => Promise<Answer>;

/** Behaviour that wraps a send and has the same type as it. */
export type Layer = (next: Send) => Send;

/** Composes `layers` around the attempt; the first layer is the outermost. */
export function compose(layers: readonly Layer[]): Send {
  return layers.reduceRight<Send>(
    (next, layer) => layer(next),
    (call) => call.perform(call),
  );
}
