import { ServiceError } from "../../../domain/error.ts";

/** Returns the failure for bytes that the protocol does not define. */
export function malformedMessage(detail: string): ServiceError {
  return new ServiceError("UPSTREAM_MALFORMED", "the database sent a replication message that cannot be read", {
    detail,
  });
}
