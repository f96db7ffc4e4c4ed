import { ServiceError, type ErrorCode } from "../../domain/error.ts";
import { retryAfterMs } from "./retry-after.ts";

interface Rule {
  readonly matches: (status: number) => boolean;
  readonly code: ErrorCode;
  /** Completes "the upstream answered …": for API clients. */
  readonly meaning: string;
}

/** Rules; the first match applies. */
const RULES: readonly Rule[] = [
  { matches: is(401, 403), code: "UPSTREAM_UNAUTHORIZED", meaning: "that the credentials are not accepted" },
  { matches: is(429), code: "UPSTREAM_RATE_LIMITED", meaning: "that its rate limit is reached" },
  { matches: is(408), code: "UPSTREAM_UNAVAILABLE", meaning: "that the request took too long to arrive" },
  // Processors return 409 while another call uses the object or the idempotency key: a temporary condition.
  { matches: is(409), code: "UPSTREAM_UNAVAILABLE", meaning: "that the object is locked" },
  { matches: (status) => status >= 500, code: "UPSTREAM_UNAVAILABLE", meaning: "with an internal failure" },
  { matches: (status) => status >= 400, code: "UPSTREAM_REJECTED", meaning: "that it rejects the request" },
  // The credentials were sent to one host on purpose; the redirecting party chooses the target of a redirect.
  { matches: (status) => status >= 300, code: "UPSTREAM_REJECTED", meaning: "with a redirect, which is not followed" },
];

function is(...statuses: readonly number[]): (status: number) => boolean {
  return (status) => statuses.includes(status);
}

/** A 429 that the upstream marks as not caused by a limit: a temporary condition, like 409. */
const LOCKED_429: Rule = {
  matches: is(429),
  code: "UPSTREAM_UNAVAILABLE",
  meaning: "that the object is locked",
};

/** Fields of a response that `classifyStatus` needs. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Returns the failure that a status means, with the upstream's `Retry-After` if another attempt makes sense; undefined
 * for 2xx. The detail contains status and request id, by which the upstream's support finds the call; never the body.
 * @param isLimit false: a 429 concerns one object and not a limit
 */
export function classifyStatus(answer: Answer, nowMs: number, isLimit = true): ServiceError | undefined {
  const rules = isLimit ? RULES : [LOCKED_429, ...RULES];
  const rule = rules.find(({ matches }) => matches(answer.status));
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
