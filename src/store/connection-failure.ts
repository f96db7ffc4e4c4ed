/**
 * SQLSTATEs after which a connection is not used again: class 08 (connection exceptions), 57P01 to 57P05 and 25P03 (the
 * server ends the session), class 58 (errors of the server's system), and 25006: a session keeps the default for
 * read-only transactions that it began with, so that only a new one can write after a failover. Source: PostgreSQL
 * appendix A.
 */
const ENDING_STATE = /^(08...|57P0[1-5]|25P03|58...|25006)$/;
const ENDING_TEXT = /connection terminated|query read timeout|connection error|not queryable|no response/i;
/** The first text is of a pool, the second one of a client without a pool. */
const UNREACHABLE_TEXT = /due to connection timeout|^timeout expired$/i;
const UNREACHABLE_SOCKET = /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/;

/**
 * True if the connection itself has failed, or no response came in time: the outcome of its work is unknown, and a
 * further statement would wait for the same network. False for a statement that the server has rejected.
 */
export function isConnectionFailure(reason: unknown): reason is Error {
  // Not `instanceof Error`: a socket's error belongs to Node's own realm, which is not always ours.
  if (typeof reason !== "object" || reason === null || !("message" in reason)) return false;
  if ("severity" in reason) return ENDING_STATE.test(textOf(reason, "code")); // a message of the server
  return "syscall" in reason || ENDING_TEXT.test(textOf(reason, "message"));
}

/** True if no connection could be opened because the server, or the way to it, does not respond. */
export function isUnreachable(reason: unknown): boolean {
  if (typeof reason !== "object" || reason === null) return false;
  return UNREACHABLE_SOCKET.test(textOf(reason, "code")) || UNREACHABLE_TEXT.test(textOf(reason, "message"));
}

function textOf(reason: object, field: string): string {
  const value: unknown = Reflect.get(reason, field);
  return typeof value === "string" ? value : "";
}
