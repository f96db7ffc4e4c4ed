import type { ErrorCode, ServiceError } from "../domain/error.ts";
import type { StaleReason } from "../domain/freshness.ts";

/** Whether what is stored of an object is as recent as its reader wants it. */
export type Verdict = Fresh | Refusal;

/** It is. */
export interface Fresh {
  readonly kind: "fresh";
  /** It was observed since its row was read: the row is to be read again. */
  readonly fetched: boolean;
}

/** It is not, and could not be fetched. */
export interface Refusal {
  readonly kind: "refused";
  readonly reason: StaleReason;
  /** Earliest useful moment to ask again, from now; undefined when nobody knows. */
  readonly retryAfterMs: number | undefined;
}

/** A refusal of which nobody knows how long it holds. */
export function refusal(reason: StaleReason): Refusal {
  return { kind: "refused", reason, retryAfterMs: undefined };
}

const REASONS: Readonly<Partial<Record<ErrorCode, StaleReason>>> = {
  UPSTREAM_UNAUTHORIZED: "NEEDS_CREDENTIALS",
  UPSTREAM_RATE_LIMITED: "RATE_LIMITED",
  UPSTREAM_UNAVAILABLE: "UNREACHABLE",
  UPSTREAM_GARBLED: "UNREACHABLE",
  CANCELED: "UNREACHABLE", // by our own deadline: whoever leaves waits for no reason
  OVERLOADED: "OVERLOADED",
  STORE_UNAVAILABLE: "OVERLOADED", // the answer is there and could not be kept
};

/** What a failed fetch means to a reader. Whatever is not about the source as a whole is about this object. */
export function refusalOf({ code, retryAfterMs }: ServiceError): Refusal {
  return { kind: "refused", reason: REASONS[code] ?? "UPSTREAM_FAULT", retryAfterMs };
}
