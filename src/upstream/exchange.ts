import type { BudgetPolicy } from "../connector-api/budget.ts";
import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError, type ErrorCode } from "../domain/error.ts";
import { classifyStatus } from "../protocols/rest/classify.ts";
import { neverLeft } from "../protocols/rest/failure.ts";
import type { Http } from "../protocols/rest/http.ts";
import { readJson } from "../protocols/rest/read-json.ts";
import { type Call, isAboutOneObject, isRepeatable, type Send } from "./call.ts";
import { canceled, type Clock } from "../runtime/clock.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";

/** Largest response: a page of a hundred large objects is below 2 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Sends the request once and converts everything except an accepted response to a ServiceError. */
export function exchange(http: Http, clock: Clock, policy: Pick<BudgetPolicy, "refusedBy">): Send {
  return async (call) => {
    const { request, signal } = call;
    // before anything was sent, so that the outcome of a write is not reported as unknown
    if (signal.aborted) throw canceled();
    if (isKeyForgotten(request, clock.epochMs())) throw keyForgotten(call.writeOutcome);
    call.trace.sentAtMs = clock.monotonicMs();
    const timeoutMs = Math.max(1, call.deadlineMs - call.trace.sentAtMs);
    try {
      const response = await http.send(request, { signal, timeoutMs, maxBytes: MAX_BYTES });
      call.trace.status = response.status;
      call.trace.headers = response.headers;
      if (response.status === 429) call.trace.refusedBy = policy.refusedBy?.(response);
      return read(call, response, clock.epochMs());
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (!leavesOpen(call.trace.status, error)) throw error;
      if (call.writeOutcome !== undefined) call.writeOutcome.maybeApplied = true;
      throw isRepeatable(request) ? error : unknown(request, error);
    }
  };
}

function read({ request, trace }: Call, response: UpstreamResponse, nowMs: number): UpstreamResponse {
  const accepted = request.acceptStatus?.includes(response.status) ?? false;
  const refusal = accepted ? undefined : classifyStatus(response, nowMs, !isAboutOneObject(trace));
  if (refusal !== undefined) throw refusal;
  return request.expect === "json" ? { ...response, json: readJson(response) } : response;
}

/** Failures after which the effect of a write at the upstream is unknown. */
const OPEN: readonly ErrorCode[] = ["UPSTREAM_UNAVAILABLE", "UPSTREAM_GARBLED", "UPSTREAM_MALFORMED", "CANCELED"];
/**
 * Statuses with a retryable code that mean that nothing was applied: the request took too long to arrive, or the object
 * is locked.
 */
const NOTHING_DONE: readonly (number | undefined)[] = [408, 409, 429];

/** Returns true if a write that was sent and ended like this may have been applied. */
function leavesOpen(status: number | undefined, error: ServiceError): boolean {
  return OPEN.includes(error.code) && !NOTHING_DONE.includes(status) && !neverLeft(error);
}

/** Returns the error for a write that cannot be repeated: it must not be reported as failed. */
function unknown({ method }: UpstreamRequest, error: ServiceError): ServiceError {
  return new ServiceError(
    "OUTCOME_UNKNOWN",
    "the write was sent and no response was received; look it up before sending it again",
    { detail: `the outcome of a ${method} is unknown: ${error.message}`, cause: error },
  );
}
