import { ServiceError, type ErrorCode } from "../../domain/error.ts";
import { retryAfterMs } from "./retry-after.ts";

interface Rule {
  readonly matches: (status: number) => boolean;
  readonly code: ErrorCode;
  /** Completes "the upstream answered …": for API clients. */
  readonly meaning: string;
}

/** First match counts. */
const RULES: readonly Rule[] = [
  { matches: is(401, 403), code: "UPSTREAM_UNAUTHORIZED", meaning: "that the credentials are not accepted" },
  { matches: is(429), code: "UPSTREAM_RATE_LIMITED", meaning: "that its rate limit is reached" },
  { matches: is(408), code: "UPSTREAM_UNAVAILABLE", meaning: "that the request took too long to arrive" },
  // Processors answer 409 while another call holds the object or the idempotency key: it passes by itself.
  { matches: is(409), code: "UPSTREAM_UNAVAILABLE", meaning: "that the object is locked" },
  { matches: (status) => status >= 500, code: "UPSTREAM_UNAVAILABLE", meaning: "with a failure of its own" },
  { matches: (status) => status >= 400, code: "UPSTREAM_REJECTED", meaning: "that it rejects the request" },
  // The credentials went to one host on purpose; where a redirect points is the redirecting party's choice.
  { matches: (status) => status >= 300, code: "UPSTREAM_REJECTED", meaning: "with a redirect, which is not followed" },
];

function is(...statuses: readonly number[]): (status: number) => boolean {
  return (status) => statuses.includes(status);
}

/** What `classifyStatus` needs of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The failure that a status means, with the upstream's `Retry-After` where another try makes sense; undefined for 2xx.
 * The detail carries status and request id, by which the upstream's support finds the call; never the body.
 */
export function classifyStatus(answer: Answer, nowMs: number): ServiceError | undefined {
  const rule = RULES.find(({ matches }) => matches(answer.status));
  if (rule === undefined) return undefined;
  const pauseMs = retryAfterMs(answer.headers, nowMs);
  return new ServiceError(rule.code, `the upstream answered ${rule.meaning}`, {
    detail: `the upstream answered ${answer.status}, ${rule.meaning}${requestIdText(answer.headers)}`,
    ...(pauseMs !== undefined && { retryAfterMs: pauseMs }),
  });
}

const REQUEST_ID_HEADERS = ["request-id", "x-request-id", "x-correlation-id"];

function requestIdText(headers: Readonly<Record<string, string>>): string {
  const id = REQUEST_ID_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
  return id !== undefined && /^[\w.:-]{1,100}$/.test(id) ? ` (request ${id})` : "";
}
