/** Statuses that the server answers with. Source: gRPC, doc/statuscodes.md. */
export const STATUS = {
  OK: 0,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;
export type StatusName = keyof typeof STATUS;

/** A call that ends with an error status. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly status: StatusName;
  /** Trailers in addition to the status. */
  readonly trailers: Readonly<Record<string, string>>;

  constructor(status: StatusName, message: string, trailers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.trailers = trailers;
  }
}
