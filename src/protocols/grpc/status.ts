/** Result of a call. */
export interface GrpcStatus {
  /** 0 is success. Source: gRPC, doc/statuscodes.md. */
  readonly code: number;
  /** The upstream's own message: untrusted text, never for clients. */
  readonly message: string;
}

/** UNKNOWN, also used for every unrecognized status. */
const UNKNOWN = 2;

/** Source: gRPC, doc/http-grpc-status-mapping.md. */
const BY_HTTP_STATUS: ReadonlyMap<number, number> = new Map([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, 14],
  [502, 14],
  [503, 14],
  [504, 14],
]);

/**
 * Returns the status in a response's trailers (or headers, if it consists of these alone), names in lower case. Without
 * a status something other than the service has responded, usually a proxy: the HTTP status determines the result, and
 * a 200 does not count as a status, so that a call which was cut off is never a success.
 */
export function grpcStatus(metadata: Readonly<Record<string, string>>, httpStatus: number): GrpcStatus {
  const text = metadata["grpc-status"];
  if (text === undefined) {
    return { code: BY_HTTP_STATUS.get(httpStatus) ?? UNKNOWN, message: `HTTP status ${httpStatus} and no gRPC status` };
  }
  const code = /^\d{1,2}$/.test(text) ? Number(text) : UNKNOWN;
  return { code, message: percentDecoded(metadata["grpc-message"] ?? "") };
}

/**
 * Decodes a message; one that is badly encoded is kept as received. Source: gRPC, doc/PROTOCOL-HTTP2.md,
 * "Status-Message".
 */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // the status matters, not its message
  }
}
