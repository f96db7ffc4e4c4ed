import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError, type ErrorCode } from "../domain/error.ts";
import { classifyStatus } from "../protocols/rest/classify.ts";
import { neverLeft } from "../protocols/rest/failure.ts";
import type { Http } from "../protocols/rest/http.ts";
import { readJson } from "../protocols/rest/read-json.ts";
import { isRepeatable, type Send } from "./call.ts";
import { canceled, type Clock } from "./clock.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";

/** Largest answer: a page of a hundred large objects is below 2 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Sends the request once and turns anything but an answer that the connector asked for into a ServiceError. */
export function exchange(http: Http, clock: Clock): Send {
  return async (call) => {
    const { request, signal } = call;
    if (signal.aborted) throw canceled(); // before anything left, so that a write is not called unknown
    if (isKeyForgotten(request, clock.epochMs())) throw keyForgotten(call.fate);
    call.trace.sentAtMs = clock.monotonicMs();
    const timeoutMs = Math.max(1, call.deadlineMs - call.trace.sentAtMs);
    try {
      const response = await http.send(request, { signal, timeoutMs, maxBytes: MAX_BYTES });
      call.trace.status = response.status;
      call.trace.headers = response.headers;
      return read(request, response, clock.epochMs());
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (!leavesOpen(call.trace.status, error)) throw error;
      if (call.fate !== undefined) call.fate.mayBeDone = true;
      throw isRepeatable(request) ? error : unknown(request, error);
    }
  };
}

function read(request: UpstreamRequest, response: UpstreamResponse, nowMs: number): UpstreamResponse {
  const accepted = request.acceptStatus?.includes(response.status) ?? false;
  const refusal = accepted ? undefined : classifyStatus(response, nowMs);
  if (refusal !== undefined) throw refusal;
  return request.expect === "json" ? { ...response, json: readJson(response) } : response;
}

/** Failures that leave open what the upstream did. */
const OPEN: readonly ErrorCode[] = ["UPSTREAM_UNAVAILABLE", "UPSTREAM_GARBLED", "UPSTREAM_MALFORMED", "CANCELED"];
/** Refusals with a retryable code that say that nothing was done: took too long to arrive, locked. */
const NOTHING_DONE: readonly (number | undefined)[] = [408, 409];

/** Whether a write that left and ended so may have had its effect. */
function leavesOpen(status: number | undefined, error: ServiceError): boolean {
  return OPEN.includes(error.code) && !NOTHING_DONE.includes(status) && !neverLeft(error);
}

/** Of a write that cannot be repeated: nobody may say that it failed. */
function unknown({ method }: UpstreamRequest, error: ServiceError): ServiceError {
  return new ServiceError(
    "OUTCOME_UNKNOWN",
    "the write was sent and no answer came; look it up before sending it again",
    { detail: `the outcome of a ${method} is unknown: ${error.message}`, cause: error },
  );
}
