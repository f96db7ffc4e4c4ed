import { ServiceError } from "../domain/error.ts";

/**
 * Server states after which the same statement may succeed on a new connection or a little later; 57014, 55P03 and
 * 25P03 are its own time limits. Source: PostgreSQL appendix A.
 */
const UNAVAILABLE_STATE = /^(08...|53...|57P0[1-5]|57014|55P03|25P03|58...|25006)$/;
/** What a socket or the resolver says of a server that can't be reached. */
const UNAVAILABLE_SOCKET =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/;
const UNAVAILABLE_TEXT =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|connection ended/i;
const REPEATABLE = /^(40001|40P01)$/;

function codeOf(reason: unknown): string {
  // Not `instanceof Error`: a socket's error belongs to Node's own realm, which is not always ours.
  const code: unknown = typeof reason === "object" && reason !== null && "code" in reason ? reason.code : undefined;
  return typeof code === "string" ? code : "";
}

function messageOf(reason: unknown): string {
  return typeof reason === "object" && reason !== null && "message" in reason ? String(reason.message) : String(reason);
}

/** True for a deadlock or serialization failure: the whole transaction may simply be run again. */
export function isRepeatable(reason: unknown): boolean {
  return REPEATABLE.test(codeOf(reason));
}

/** Whatever `pg` threw, as a ServiceError. A statement that the server refused for its content stays INTERNAL: our bug. */
export function storeError(reason: unknown): ServiceError {
  if (reason instanceof ServiceError) return reason;
  const text = messageOf(reason);
  const code = codeOf(reason);
  if (UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SOCKET.test(code) || UNAVAILABLE_TEXT.test(text)) {
    return new ServiceError("STORE_UNAVAILABLE", "the database is not available", {
      detail: text,
      cause: reason,
      retryAfterMs: 1_000,
    });
  }
  return new ServiceError("INTERNAL", "internal error", { detail: `${code} ${text}`.trim(), cause: reason });
}
