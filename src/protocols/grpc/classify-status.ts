import { ServiceError, type ErrorCode } from "../../domain/error.ts";
import { MAX_PAUSE_MS, pauseOf } from "../pause.ts";
import type { Pushback } from "./pushback.ts";

interface Rule {
  readonly name: string;
  readonly code: ErrorCode;
  /** Completes "the upstream answered …": for API clients. */
  readonly meaning: string;
}

const NOT_FOUND = 5;
const ABORTED = 10;
const REJECTED = "that it rejects the request";
const FAILED = "with an internal failure";

const UNKNOWN_RULE: Rule = { name: "UNKNOWN", code: "UPSTREAM_UNAVAILABLE", meaning: FAILED };

/** Rules by status number; the meaning for REST is decided in the same way. Source: gRPC, doc/statuscodes.md. */
const RULES: ReadonlyMap<number, Rule> = new Map([
  // not canceled by us: in that case no status arrives
  [1, { name: "CANCELLED", code: "UPSTREAM_UNAVAILABLE", meaning: "that the call was canceled" }],
  [2, UNKNOWN_RULE],
  [3, { name: "INVALID_ARGUMENT", code: "UPSTREAM_REJECTED", meaning: REJECTED }],
  [4, { name: "DEADLINE_EXCEEDED", code: "UPSTREAM_UNAVAILABLE", meaning: "that its deadline was exceeded" }],
  [NOT_FOUND, { name: "NOT_FOUND", code: "UPSTREAM_REJECTED", meaning: REJECTED }],
  [6, { name: "ALREADY_EXISTS", code: "UPSTREAM_REJECTED", meaning: REJECTED }],
  [7, { name: "PERMISSION_DENIED", code: "UPSTREAM_UNAUTHORIZED", meaning: "that the credentials do not permit it" }],
  [8, { name: "RESOURCE_EXHAUSTED", code: "UPSTREAM_RATE_LIMITED", meaning: "that its rate limit is reached" }],
  [9, { name: "FAILED_PRECONDITION", code: "UPSTREAM_REJECTED", meaning: REJECTED }],
  [ABORTED, { name: "ABORTED", code: "UPSTREAM_UNAVAILABLE", meaning: "that the object is locked" }],
  [11, { name: "OUT_OF_RANGE", code: "UPSTREAM_REJECTED", meaning: REJECTED }],
  [12, { name: "UNIMPLEMENTED", code: "UPSTREAM_REJECTED", meaning: "that it has no such method" }],
  [13, { name: "INTERNAL", code: "UPSTREAM_UNAVAILABLE", meaning: FAILED }],
  [14, { name: "UNAVAILABLE", code: "UPSTREAM_UNAVAILABLE", meaning: "that it is not available" }],
  // permanent, by definition
  [15, { name: "DATA_LOSS", code: "UPSTREAM_REJECTED", meaning: "that it has lost the data" }],
  [16, { name: "UNAUTHENTICATED", code: "UPSTREAM_UNAUTHORIZED", meaning: "that the credentials are not accepted" }],
]);

const TOO_LARGE: Rule = {
  name: "RESOURCE_EXHAUSTED",
  code: "UPSTREAM_REJECTED",
  meaning: "that a message is too large",
};

/** Libraries return RESOURCE_EXHAUSTED for this too, and no pause makes a message smaller. */
const TOO_LARGE_MESSAGE = /message (?:is )?(?:larger than max|exceeds (?:the )?max|too large)/i;

/**
 * Returns the failure that a status means; undefined for 0. A number that the specification does not define counts as
 * UNKNOWN. Pushback is passed on as the pause, "never" as the longest possible: longer than any call lives, so that
 * none is sent again, while a write with an unknown outcome remains unknown; it says nothing of other calls. The message is untrusted text: it is
 * inspected, not repeated.
 */
export function classifyGrpcStatus(code: number, message: string, pushback?: Pushback): ServiceError | undefined {
  if (code === 0) return undefined;
  const { name, code: errorCode, meaning } = ruleOf(code, message);
  const pauseMs = pushback === "never" ? MAX_PAUSE_MS : pauseOf(pushback ?? 0)?.pauseMs;
  const never = pushback === "never" ? ", and asked not to be called again" : "";
  return new ServiceError(errorCode, `the upstream answered ${meaning}`, {
    detail: `the upstream answered ${code} (${name}), ${meaning}${never}`,
    ...(pauseMs !== undefined && { retryAfterMs: pauseMs }),
    call: {
      ...(code === NOT_FOUND && { isNotFound: true }),
      ...(code === ABORTED && { isAboutOneObject: true, pausesOnlyCall: true }),
      ...(pushback === "never" && { pausesOnlyCall: true }),
    },
  });
}

function ruleOf(code: number, message: string): Rule {
  const rule = RULES.get(code) ?? UNKNOWN_RULE;
  return rule.code === "UPSTREAM_RATE_LIMITED" && TOO_LARGE_MESSAGE.test(message) ? TOO_LARGE : rule;
}
