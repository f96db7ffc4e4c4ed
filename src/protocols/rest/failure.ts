import { errors } from "undici";
import { type CallFailure, ServiceError } from "../../domain/error.ts";

interface Failure {
  /** Completes "the upstream cannot be used: …". */
  readonly what: string;
  /** False: no byte of the request can have reached the upstream. */
  readonly mayHaveLeft: boolean;
}

const UNKNOWN_ISSUER = certificate("is not from a trusted issuer");

function certificate(fault: string): Failure {
  return { what: `its TLS certificate ${fault}`, mayHaveLeft: false };
}

/** Failures by the `code` of Node's and undici's errors. */
const FAILURES: ReadonlyMap<string, Failure> = new Map([
  ["ECONNREFUSED", { what: "connection refused", mayHaveLeft: false }],
  ["ENOTFOUND", { what: "its name does not resolve", mayHaveLeft: false }],
  ["EAI_AGAIN", { what: "its name does not resolve at the moment", mayHaveLeft: false }],
  ["EHOSTUNREACH", { what: "no route to it", mayHaveLeft: false }],
  ["ENETUNREACH", { what: "no route to it", mayHaveLeft: false }],
  ["UND_ERR_CONNECT_TIMEOUT", { what: "timeout while connecting", mayHaveLeft: false }],
  ["ERR_SOCKET_CLOSED_BEFORE_CONNECTION", { what: "connection closed at once", mayHaveLeft: false }],
  ["CERT_HAS_EXPIRED", certificate("has expired")],
  ["CERT_NOT_YET_VALID", certificate("is not valid yet")],
  ["CERT_REVOKED", certificate("was revoked")],
  ["CERT_SIGNATURE_FAILURE", certificate("is forged or damaged")],
  ["INVALID_PURPOSE", certificate("is not for a server")],
  ["ERR_TLS_CERT_ALTNAME_INVALID", certificate("is for another host")],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", UNKNOWN_ISSUER],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNKNOWN_ISSUER],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNKNOWN_ISSUER],
  ["UNABLE_TO_GET_ISSUER_CERT", UNKNOWN_ISSUER],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNKNOWN_ISSUER],
  ["ECONNRESET", { what: "connection reset", mayHaveLeft: true }],
  ["EPIPE", { what: "connection reset", mayHaveLeft: true }],
  ["UND_ERR_SOCKET", { what: "connection closed before the response was complete", mayHaveLeft: true }],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", { what: "the response is shorter than announced", mayHaveLeft: true }],
  ["ETIMEDOUT", { what: "timeout of the connection", mayHaveLeft: true }],
  ["UND_ERR_HEADERS_TIMEOUT", { what: "no response for too long", mayHaveLeft: true }],
  ["UND_ERR_BODY_TIMEOUT", { what: "the response stopped before its end", mayHaveLeft: true }],
  ["UND_ERR_HEADERS_OVERFLOW", { what: "the response's headers are too large", mayHaveLeft: true }],
]);

/**
 * Returns the failure on the way to the upstream or back, found by walking the chain of causes. A request that undici
 * itself rejects is a bug of ours; every other failure may be temporary.
 * @param call what is known besides, for `ServiceError.call`
 */
export function transportFailure(reason: unknown, call: CallFailure = {}): ServiceError {
  if (reason instanceof ServiceError) return reason;
  if (reason instanceof errors.HTTPParserError) {
    // Not kept as a cause: it contains the received bytes.
    return unreachable("the response is not HTTP", undefined, call);
  }
  const codes = [...errorCodes(reason)];
  if (codes.includes("UND_ERR_INVALID_ARG")) {
    return new ServiceError("INTERNAL", "internal error", { detail: "undici refused the request", cause: reason });
  }
  const known = codes.map((code) => FAILURES.get(code)?.what).find((what) => what !== undefined);
  const what = known ?? `${tlsOrOther(codes)} failure`;
  return unreachable(codes.length > 0 ? `${what} (${codes.join(", ")})` : what, reason, call);
}

function unreachable(what: string, cause: unknown, call: CallFailure): ServiceError {
  const detail = `the upstream cannot be used: ${what}`;
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream cannot be reached", { detail, cause, call });
}

/**
 * Returns true if the request certainly never reached the upstream, so that even a write without a key may be repeated.
 */
export function neverLeft(error: ServiceError): boolean {
  return [...errorCodes(error.cause)].some((code) => FAILURES.get(code)?.mayHaveLeft === false);
}

function tlsOrOther(codes: readonly string[]): string {
  const isTls = (code: string): boolean =>
    code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO";
  return codes.some(isTls) ? "TLS" : "transport";
}

/** Maximum depth of the inspected chain: no real one is longer, and a chain may be circular. */
const MAX_CHAIN = 8;

/**
 * Yields the string `code`s of an error, its causes and, for a connection tried at several addresses, its first error.
 * Recognized by their properties and not by `instanceof`, which fails for an error of another realm (a worker's, a vm
 * context's).
 */
function* errorCodes(reason: unknown): Generator<string> {
  let error = reason;
  for (let depth = 0; depth < MAX_CHAIN && typeof error === "object" && error !== null; depth++) {
    if ("code" in error && typeof error.code === "string") yield error.code;
    const attempts: unknown = "errors" in error && Array.isArray(error.errors) ? error.errors[0] : undefined;
    error = "cause" in error ? error.cause : attempts;
  }
}
