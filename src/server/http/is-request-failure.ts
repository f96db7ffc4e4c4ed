import { GraphQLError } from "graphql";
import { type ErrorCode, ServiceError } from "../../domain/error.ts";
import { HTTP_FAILURES } from "./http-errors.ts";

/** Refusals of a request whatever its operation is: who sent it, and how much runs already. */
const OF_REQUEST: ReadonlySet<ErrorCode> = new Set(["UNAUTHENTICATED", "FORBIDDEN", "OVERLOADED", "RATE_LIMITED"]);

/**
 * Returns true for a failure that a client of a stream gets as the HTTP status: the request is not valid, or is refused
 * whatever its operation is. The others are about the operation, and are its result.
 */
export function isRequestFailure(reason: unknown): boolean {
  if (reason instanceof ServiceError) return OF_REQUEST.has(reason.code);
  return reason instanceof GraphQLError && String(reason.extensions["code"]) in HTTP_FAILURES;
}
