import { ServiceError } from "../domain/error.ts";
import { isConnectionFailure, isUnreachable } from "./connection-failure.ts";

/**
 * SQLSTATEs after which the same statement may succeed on a new connection or a little later: 53 is a full disk or
 * memory; 57014 and 55P03 are PostgreSQL's own time limits; 40001 and 40P01 still fail after they were repeated. Source:
 * PostgreSQL appendix A.
 */
const UNAVAILABLE_STATE = /^(08...|53...|57P0[1-5]|57014|55P03|25P03|58...|25006|40001|40P01)$/;
/** Error codes of a socket or the resolver for an unreachable server. */
const UNAVAILABLE_SOCKET =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/;
const UNAVAILABLE_TEXT =
  /connection terminated|query read timeout|not queryable|connection ended|calling end on the pool/i;
/** Error of a pool whose connections were all in use for too long. */
const POOL_EXHAUSTED = /timeout exceeded when trying to connect/i;
/** Policy that refuses rows of a source whose data is or was erased: late work. Migration 0019. */
const ERASED_POLICY = '"source_not_erased"';
/** 0A000: the form of a prepared statement's result has changed, see tenant-read.ts. */
const REPEATABLE = /^(40001|40P01|0A000)$/;

function codeOf(reason: unknown): string {
  // Not `instanceof Error`: a socket's error belongs to Node's own realm, which is not always ours.
  const code: unknown = typeof reason === "object" && reason !== null && "code" in reason ? reason.code : undefined;
  return typeof code === "string" ? code : "";
}

function messageOf(reason: unknown): string {
  return typeof reason === "object" && reason !== null && "message" in reason ? String(reason.message) : String(reason);
}

/** Returns true for a deadlock or serialization failure: the whole transaction can be run again. */
export function isRepeatable(reason: unknown): boolean {
  return REPEATABLE.test(codeOf(reason));
}

/** Error for work that found all connections of its share in use for too long. */
export function connectionsBusy(detail: string, cause?: unknown): ServiceError {
  return new ServiceError("OVERLOADED", "more work for the database is waiting than it can do at the moment", {
    detail,
    cause,
    retryAfterMs: 1_000,
  });
}

/**
 * Returns true if a transaction failed because the database could not be used: it was unavailable, or every connection
 * was in use for too long. The same transaction may succeed later.
 */
export function isStoreAway(reason: unknown): boolean {
  return reason instanceof ServiceError && (reason.code === "STORE_UNAVAILABLE" || reason.code === "OVERLOADED");
}

/**
 * Converts any error thrown by `pg` to a ServiceError. A statement that the server rejected for its content stays
 * INTERNAL: our bug.
 */
export function storeError(reason: unknown): ServiceError {
  if (reason instanceof ServiceError) return reason;
  const text = messageOf(reason);
  if (POOL_EXHAUSTED.test(text)) return connectionsBusy(text, reason);
  const code = codeOf(reason);
  const isUnavailable = UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SOCKET.test(code) || UNAVAILABLE_TEXT.test(text);
  if (isUnavailable || isConnectionFailure(reason) || isUnreachable(reason)) {
    return new ServiceError("STORE_UNAVAILABLE", "the database is not available", {
      detail: text,
      cause: reason,
      retryAfterMs: 1_000,
    });
  }
  if (code === "42501" && text.includes(ERASED_POLICY)) {
    return new ServiceError("NOT_FOUND", "the source was disconnected, and its data is erased", {
      detail: text,
      cause: reason,
    });
  }
  return new ServiceError("INTERNAL", "internal error", { detail: `${code} ${text}`.trim(), cause: reason });
}
