/** The five reasons for which platforms fall out of step; DESIGN section 1. */
export type FailureCause = "RATE_LIMIT" | "FORMAT_MISMATCH" | "ASYNC_BOTTLENECK" | "DATABASE" | "WEBHOOK";

interface ErrorPolicy {
  /** `backoff`: the same call may succeed later, and may be sent again if it is a read or carries a key. */
  readonly retry: "never" | "backoff";
  readonly http: number;
  readonly cause: FailureCause | null;
}

/** Every way a call can fail. Retry, status and cause follow from the code; nobody decides them again elsewhere. */
export const ERROR_CODES = {
  INVALID_INPUT: { retry: "never", http: 400, cause: null },
  INVALID_CURSOR: { retry: "never", http: 400, cause: null },
  UNAUTHENTICATED: { retry: "never", http: 401, cause: null },
  FORBIDDEN: { retry: "never", http: 403, cause: null },
  NOT_FOUND: { retry: "never", http: 404, cause: null },
  CONFLICT: { retry: "never", http: 409, cause: null },
  SUBSCRIPTION_TRANSPORT_UNSUPPORTED: { retry: "never", http: 400, cause: null },
  SIGNATURE_INVALID: { retry: "never", http: 401, cause: "WEBHOOK" }, // the bytes were not signed by the provider, or not now
  PAYLOAD_TOO_LARGE: { retry: "never", http: 413, cause: null },
  FILE_REFUSED: { retry: "never", http: 422, cause: "FORMAT_MISMATCH" }, // no file that its source reads: kept, and nothing of it used
  DELIVERY_MALFORMED: { retry: "never", http: 422, cause: "WEBHOOK" }, // signed, stored, and not understood: parked
  UPSTREAM_UNAUTHORIZED: { retry: "never", http: 502, cause: null }, // the credentials are wrong or were revoked
  UPSTREAM_REJECTED: { retry: "never", http: 502, cause: null }, // the upstream understood and said no
  UPSTREAM_MALFORMED: { retry: "never", http: 502, cause: "FORMAT_MISMATCH" }, // bytes do not match the documented shape
  UPSTREAM_GARBLED: { retry: "backoff", http: 502, cause: "FORMAT_MISMATCH" }, // a 2xx that is truncated or no JSON at all
  UPSTREAM_RATE_LIMITED: { retry: "backoff", http: 503, cause: "RATE_LIMIT" },
  UPSTREAM_UNAVAILABLE: { retry: "backoff", http: 503, cause: "ASYNC_BOTTLENECK" }, // refused, 5xx, or a read timed out
  UPSTREAM_CALL_LIMIT: { retry: "never", http: 400, cause: "RATE_LIMIT" }, // one operation asks for more fresh objects than it may
  OUTCOME_UNKNOWN: { retry: "never", http: 504, cause: "ASYNC_BOTTLENECK" }, // a write was sent, no answer came: look it up
  STORE_UNAVAILABLE: { retry: "backoff", http: 503, cause: "DATABASE" },
  LEASE_LOST: { retry: "backoff", http: 503, cause: "DATABASE" }, // another process took the stream over; its fence refused us
  OVERLOADED: { retry: "backoff", http: 503, cause: "ASYNC_BOTTLENECK" },
  CANCELED: { retry: "never", http: 499, cause: null },
  INTERNAL: { retry: "never", http: 500, cause: null }, // our bug
} as const satisfies Record<string, ErrorPolicy>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ServiceErrorOptions {
  /** For the log only: may name the upstream and its answer, never a secret. */
  readonly detail?: string;
  readonly cause?: unknown;
  /** Earliest useful moment for another try, counted from now, when the upstream or we know it. */
  readonly retryAfterMs?: number;
  /** The source that it happened at. */
  readonly sourceId?: string;
}

/** The one error class. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  /** Safe for API clients. `message` is for logs and may name the upstream and its answer. */
  readonly publicMessage: string;
  readonly retryAfterMs: number | undefined;
  readonly sourceId: string | undefined;

  constructor(code: ErrorCode, publicMessage: string, options: ServiceErrorOptions = {}) {
    super(`[${code}] ${options.detail ?? publicMessage}`, { cause: options.cause });
    this.code = code;
    this.publicMessage = publicMessage;
    this.retryAfterMs = options.retryAfterMs;
    this.sourceId = options.sourceId;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retry === "backoff";
  }

  /** Any thrown value as a ServiceError. An unknown value becomes INTERNAL and stays reachable as `cause`. */
  static from(reason: unknown): ServiceError {
    if (reason instanceof ServiceError) return reason;
    return new ServiceError("INTERNAL", "internal error", { detail: String(reason), cause: reason });
  }
}
