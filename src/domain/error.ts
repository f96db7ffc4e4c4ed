import { inertText } from "./inert-text.ts";

/** The five reasons for which platforms lose consistency with their sources; DESIGN section 1. */
export const FAILURE_CAUSES = ["RATE_LIMIT", "FORMAT_MISMATCH", "ASYNC_BOTTLENECK", "DATABASE", "WEBHOOK"] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

interface ErrorPolicy {
  /** `backoff`: the same call may succeed later, and may be sent again if it is a read or has an idempotency key. */
  readonly retry: "never" | "backoff";
  readonly http: number;
  readonly cause: FailureCause | null;
}

/** Every way a call can fail. Retry, HTTP status and cause follow from the code; no other place decides them. */
export const ERROR_CODES = {
  INVALID_INPUT: { retry: "never", http: 400, cause: null },
  INVALID_CURSOR: { retry: "never", http: 400, cause: null },
  UNAUTHENTICATED: { retry: "never", http: 401, cause: null },
  // the graph is for its gateway alone, which sends a secret
  ROUTER_SECRET_REQUIRED: { retry: "never", http: 401, cause: null },
  FORBIDDEN: { retry: "never", http: 403, cause: null },
  NOT_FOUND: { retry: "never", http: 404, cause: null },
  CONFLICT: { retry: "never", http: 409, cause: null },
  SUBSCRIPTION_TRANSPORT_UNSUPPORTED: { retry: "never", http: 400, cause: null },
  // the text of this hash is not stored: clients of Apollo's protocol send it again, and expect the status 200
  PERSISTED_QUERY_NOT_FOUND: { retry: "never", http: 200, cause: null },
  PERSISTED_QUERY_HASH_MISMATCH: { retry: "never", http: 400, cause: null },
  TRUSTED_DOCUMENT_NOT_FOUND: { retry: "never", http: 404, cause: null },
  TRUSTED_DOCUMENT_REQUIRED: { retry: "never", http: 400, cause: null }, // texts of clients are not executed here
  // the provider did not sign these bytes, or not recently
  SIGNATURE_INVALID: { retry: "never", http: 401, cause: "WEBHOOK" },
  PAYLOAD_TOO_LARGE: { retry: "never", http: 413, cause: null },
  // not a file that its source can read: stored, but none of its content is used
  FILE_REFUSED: { retry: "never", http: 422, cause: "FORMAT_MISMATCH" },
  DELIVERY_MALFORMED: { retry: "never", http: 422, cause: "WEBHOOK" }, // signed and stored, but not understood: parked
  UPSTREAM_UNAUTHORIZED: { retry: "never", http: 502, cause: null }, // the credentials are wrong or were revoked
  UPSTREAM_REJECTED: { retry: "never", http: 502, cause: null }, // the upstream understood the request and declined it
  // bytes do not match the documented shape
  UPSTREAM_MALFORMED: { retry: "never", http: 502, cause: "FORMAT_MISMATCH" },
  // a 2xx whose body is truncated or is not JSON
  UPSTREAM_GARBLED: { retry: "backoff", http: 502, cause: "FORMAT_MISMATCH" },
  UPSTREAM_RATE_LIMITED: { retry: "backoff", http: 503, cause: "RATE_LIMIT" },
  UPSTREAM_UNAVAILABLE: { retry: "backoff", http: 503, cause: "ASYNC_BOTTLENECK" }, // refused, 5xx, or a read timed out
  // one operation requests more fresh objects than it may
  UPSTREAM_CALL_LIMIT: { retry: "never", http: 400, cause: "RATE_LIMIT" },
  // a write was sent and got no response: look it up
  OUTCOME_UNKNOWN: { retry: "never", http: 504, cause: "ASYNC_BOTTLENECK" },
  STORE_UNAVAILABLE: { retry: "backoff", http: 503, cause: "DATABASE" },
  // another process took over the stream; the fence rejected our write
  LEASE_LOST: { retry: "backoff", http: 503, cause: "DATABASE" },
  // an operation, or the execution of one event, took longer than the setting allows
  OPERATION_TIMEOUT: { retry: "backoff", http: 504, cause: "ASYNC_BOTTLENECK" },
  OVERLOADED: { retry: "backoff", http: 503, cause: "ASYNC_BOTTLENECK" },
  // the caller's limit of operations, not an upstream's
  RATE_LIMITED: { retry: "backoff", http: 429, cause: "RATE_LIMIT" },
  // no key encrypts the credentials of connected sources, or the key of stored ones is not set
  SECRETS_KEY_MISSING: { retry: "never", http: 503, cause: null },
  CANCELED: { retry: "never", http: 499, cause: null },
  INTERNAL: { retry: "never", http: 500, cause: null }, // our bug
} as const satisfies Record<string, ErrorPolicy>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Facts about a failed call to an upstream that its code does not state. */
export interface CallFailure {
  /** True if the upstream certainly did not process the call: even a write without a key may be sent again. */
  readonly notProcessed?: true;
  /** True if the upstream says that the object of a read does not exist. */
  readonly isNotFound?: true;
  /** True if one object is locked at present: that gives no information about the upstream itself or its limits. */
  readonly isAboutOneObject?: true;
  /** True if `retryAfterMs` concerns this call only, and not the limits that it shares with others. */
  readonly pausesOnlyCall?: true;
}

export interface ServiceErrorOptions {
  /** For the log only: may name the upstream and its response, never a secret. */
  readonly detail?: string;
  readonly cause?: unknown;
  /** Earliest useful time for a retry, in milliseconds from now, if the upstream or Sluice knows it. */
  readonly retryAfterMs?: number;
  /** Source at which the failure happened. */
  readonly sourceId?: string;
  /** True if the connector reports the failure with a finding of its own: it affects more than the requested object. */
  readonly isReported?: true;
  /** For failures of calls to an upstream. */
  readonly call?: CallFailure;
}

/** The only error class of the service. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  /** Safe for API clients. `message` is for logs and may name the upstream and its response. */
  readonly publicMessage: string;
  readonly retryAfterMs: number | undefined;
  readonly sourceId: string | undefined;
  readonly isReported: boolean;
  readonly call: CallFailure;

  constructor(code: ErrorCode, publicMessage: string, options: ServiceErrorOptions = {}) {
    super(`[${code}] ${options.detail ?? publicMessage}`, { cause: options.cause });
    this.code = code;
    this.publicMessage = inertText(publicMessage); // it may quote an upstream
    this.retryAfterMs = options.retryAfterMs;
    this.sourceId = options.sourceId;
    this.isReported = options.isReported === true;
    this.call = options.call ?? {};
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retry === "backoff";
  }

  /** Converts any thrown value to a ServiceError. An unknown value becomes INTERNAL and is kept as `cause`. */
  static from(reason: unknown): ServiceError {
    if (reason instanceof ServiceError) return reason;
    return new ServiceError("INTERNAL", "internal error", { detail: String(reason), cause: reason });
  }
}
