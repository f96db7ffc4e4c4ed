import { ServiceError, type ErrorCode } from "../domain/error.ts";
import { neverLeft } from "../protocols/rest/failure.ts";

/** The known outcome of a write over all its attempts. */
export interface WriteOutcome {
  /** True if an attempt was sent and not clearly refused: the upstream may have applied the write. */
  maybeApplied: boolean;
}

/** Failures after which the effect of a write at the upstream is unknown. */
const OPEN: readonly ErrorCode[] = ["UPSTREAM_UNAVAILABLE", "UPSTREAM_GARBLED", "UPSTREAM_MALFORMED", "CANCELED"];

/** Returns true if a write that was sent and failed like this may have been applied. */
export function leavesOpen(error: ServiceError): boolean {
  const { notProcessed, isAboutOneObject } = error.call;
  return OPEN.includes(error.code) && notProcessed !== true && isAboutOneObject !== true && !neverLeft(error);
}

/**
 * Returns the error for a write that cannot be repeated: it must not be reported as failed.
 * @param what completes "the outcome of a …": its method
 */
export function outcomeUnknown(what: string, error: ServiceError): ServiceError {
  return new ServiceError(
    "OUTCOME_UNKNOWN",
    "the write was sent and no response was received; look it up before sending it again",
    { detail: `the outcome of a ${what} is unknown: ${error.message}`, cause: error },
  );
}
