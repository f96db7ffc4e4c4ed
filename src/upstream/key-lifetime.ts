import type { UpstreamRequest } from "../connector-api/client.ts";
import { ServiceError } from "../domain/error.ts";
import type { Fate } from "./call.ts";

/** Whether the upstream has forgotten the request's key by then: what had an effect would have it again. */
export function isKeyForgotten({ idempotencyKeyExpiresAtMs }: UpstreamRequest, epochMs: number): boolean {
  return idempotencyKeyExpiresAtMs !== undefined && epochMs >= idempotencyKeyExpiresAtMs;
}

/** What a write ends with that may not leave any more because its key is forgotten. */
export function keyForgotten(fate: Fate | undefined, cause?: ServiceError): ServiceError {
  if (fate?.mayBeDone === true) {
    return new ServiceError(
      "OUTCOME_UNKNOWN",
      "the write was sent, no answer came, and its idempotency key has expired; look it up before sending it again",
      { detail: `the idempotency key expired after ${cause?.message ?? "a try of unknown outcome"}`, cause },
    );
  }
  return new ServiceError(
    "CONFLICT",
    "the idempotency key has expired; look the write up before sending it under a new one",
    { cause },
  );
}
