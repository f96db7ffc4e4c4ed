import { NO_LIMIT, type BudgetPolicy } from "../connector-api/budget.ts";
import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError } from "../domain/error.ts";
import { classifyStatus } from "../protocols/rest/classify.ts";
import type { Http } from "../protocols/rest/http.ts";
import { readJson } from "../protocols/rest/read-json.ts";
import type { Perform, RequestTraits, Trace } from "./call.ts";
import { canceled, type Clock } from "../runtime/clock.ts";
import { currentTraceparent } from "../runtime/tracing.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";
import { leavesOpen, outcomeUnknown } from "./write-outcome.ts";

/** Largest response: a page of a hundred large objects is below 2 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

export interface Exchange {
  readonly http: Http;
  readonly clock: Clock;
  readonly policy: Pick<BudgetPolicy, "refusedBy">;
  /** True if the upstream may learn the ids of our traces. */
  readonly sendsTraces: boolean;
}

/** Returns the attempt that sends the request and converts everything except an accepted response to a ServiceError. */
export function exchange(
  { http, clock, policy, sendsTraces }: Exchange,
  request: UpstreamRequest,
): Perform<UpstreamResponse> {
  return async (call) => {
    const { signal } = call;
    // before anything was sent, so that the outcome of a write is not reported as unknown
    if (signal.aborted) throw canceled();
    if (isKeyForgotten(request, clock.epochMs())) throw keyForgotten(call.writeOutcome);
    call.trace.sentAtMs = clock.monotonicMs();
    const timeoutMs = Math.max(1, call.deadlineMs - call.trace.sentAtMs);
    try {
      const response = await http.send(sendsTraces ? withTraceparent(request) : request, {
        signal,
        timeoutMs,
        maxBytes: MAX_BYTES,
      });
      call.trace.status = response.status;
      call.trace.headers = response.headers;
      if (response.status === 429) call.trace.refusedBy = policy.refusedBy?.(response);
      call.trace.isAboutOneObject = isAboutOneObject(call.trace);
      return read(request, call.trace, response, clock.epochMs());
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (NOTHING_DONE.includes(call.trace.status) || !leavesOpen(error)) throw error;
      if (call.writeOutcome !== undefined) call.writeOutcome.maybeApplied = true;
      throw call.request.isRepeatable ? error : outcomeUnknown(request.method, error);
    }
  };
}

function withTraceparent(request: UpstreamRequest): UpstreamRequest {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? request : { ...request, headers: { ...request.headers, traceparent } };
}

/** Returns what the layers have to know of a request. */
export function traitsOf(request: UpstreamRequest): RequestTraits {
  const { method, isRead, idempotencyKey } = request;
  return {
    ...request,
    target: request,
    isRepeatable: method === "GET" || isRead === true || idempotencyKey !== undefined,
  };
}

function isAboutOneObject({ status, refusedBy }: Trace): boolean {
  return status === 409 || (status === 429 && refusedBy === NO_LIMIT);
}

function read(request: UpstreamRequest, trace: Trace, response: UpstreamResponse, nowMs: number): UpstreamResponse {
  const accepted = request.acceptStatus?.includes(response.status) ?? false;
  const refusal = accepted ? undefined : classifyStatus(response, nowMs, !trace.isAboutOneObject);
  if (refusal !== undefined) throw refusal;
  return request.expect === "json" ? { ...response, json: readJson(response) } : response;
}

/**
 * Statuses with a retryable code that mean that nothing was applied: the request took too long to arrive, or the object
 * is locked.
 */
const NOTHING_DONE: readonly (number | undefined)[] = [408, 409, 429];
