import type { UpstreamRequest } from "../connector-api/client.ts";
import { ServiceError } from "../domain/error.ts";
import type { WriteOutcome } from "./write-outcome.ts";

/**
 * Returns true if the upstream has dropped the request's idempotency key by then: a write that was applied would be
 * applied again.
 */
export function isKeyForgotten(
  { idempotencyKeyExpiresAtMs }: Pick<UpstreamRequest, "idempotencyKeyExpiresAtMs">,
  epochMs: number,
): boolean {
  return idempotencyKeyExpiresAtMs !== undefined && epochMs >= idempotencyKeyExpiresAtMs;
}

/** Returns the error of a write that must not be sent any more because its key has expired. */
export function keyForgotten(writeOutcome: WriteOutcome | undefined, cause?: ServiceError): ServiceError {
  if (writeOutcome?.maybeApplied === true) {
    return new ServiceError(
      "OUTCOME_UNKNOWN",
      "the write was sent, no response was received, and its idempotency key has expired; look it up before sending it again",
      { detail: `the idempotency key expired after ${cause?.message ?? "an attempt of unknown outcome"}`, cause },
    );
  }
  return new ServiceError(
    "CONFLICT",
    "the idempotency key has expired; look the write up before sending it under a new one",
    { cause },
  );
}
