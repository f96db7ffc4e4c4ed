/** How a call ended. */
export interface GrpcStatus {
  /** 0 is success. Source: gRPC, doc/statuscodes.md. */
  readonly code: number;
  /** The upstream's own words: outside text, never for clients. */
  readonly message: string;
}

/** UNKNOWN, which stands for every status that nobody understands. */
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
 * The status in an answer's trailers (or headers, where it consists of these alone), names in lower case. Without a
 * status something other than the service has answered, a proxy mostly: the HTTP status says what it meant, and a 200
 * says nothing, so that a call which was cut off never counts as a success.
 */
export function grpcStatus(metadata: Readonly<Record<string, string>>, httpStatus: number): GrpcStatus {
  const text = metadata["grpc-status"];
  if (text === undefined) {
    return { code: BY_HTTP_STATUS.get(httpStatus) ?? UNKNOWN, message: `HTTP status ${httpStatus} and no gRPC status` };
  }
  const code = /^\d{1,2}$/.test(text) ? Number(text) : UNKNOWN;
  return { code, message: percentDecoded(metadata["grpc-message"] ?? "") };
}

/** A message that is badly encoded is kept as it came. Source: gRPC, doc/PROTOCOL-HTTP2.md, "Status-Message". */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // the status counts, not its words
  }
}
