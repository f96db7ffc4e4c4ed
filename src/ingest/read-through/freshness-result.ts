import type { ErrorCode, ServiceError } from "../../domain/error.ts";
import type { StaleReason } from "../../domain/freshness.ts";

/** Result of the check if a stored object is as recent as its reader needs it. */
export type FreshnessResult = Fresh | FreshnessRefusal;

/** The object is recent enough. */
export interface Fresh {
  readonly kind: "fresh";
  /** True if it was observed since its row was read: the row must be read again. */
  readonly fetched: boolean;
}

/** The object is not recent enough, and could not be fetched. */
export interface FreshnessRefusal {
  readonly kind: "refused";
  readonly reason: StaleReason;
  /** Milliseconds from now until another attempt is useful; undefined if that is unknown. */
  readonly retryAfterMs: number | undefined;
}

/** Returns a refusal of unknown duration. */
export function refusal(reason: StaleReason): FreshnessRefusal {
  return { kind: "refused", reason, retryAfterMs: undefined };
}

const REASONS: Readonly<Partial<Record<ErrorCode, StaleReason>>> = {
  UPSTREAM_UNAUTHORIZED: "NEEDS_CREDENTIALS",
  UPSTREAM_RATE_LIMITED: "RATE_LIMITED",
  UPSTREAM_UNAVAILABLE: "UNREACHABLE",
  UPSTREAM_GARBLED: "UNREACHABLE",
  CANCELED: "UNREACHABLE", // by our own deadline: a caller that canceled does not read the reason
  OVERLOADED: "OVERLOADED",
  STORE_UNAVAILABLE: "OVERLOADED", // the response arrived and could not be stored
};

/**
 * Translates a failed fetch for a reader. An error that does not concern the source as a whole concerns this object.
 */
export function refusalOf({ code, retryAfterMs }: ServiceError): FreshnessRefusal {
  return { kind: "refused", reason: REASONS[code] ?? "UPSTREAM_FAULT", retryAfterMs };
}
