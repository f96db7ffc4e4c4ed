import { z } from "zod";
import { ServiceError } from "../../domain/error.ts";

/** Where an item is not as documented, and how. */
export interface Problem {
  readonly path: string;
  readonly problem: string;
}

/**
 * Path and reason of the first fault of an item that a schema, or what maps it behind the schema, refused. Names types, never
 * values. Anything but a format fault is a bug of ours and goes on up.
 * @param amountPath where the amount stands: only amounts are refused behind the schema
 */
export function problemOf(reason: unknown, item: unknown, amountPath: string): Problem {
  if (reason instanceof z.ZodError) {
    const [issue] = reason.issues;
    if (issue === undefined) return { path: "", problem: "does not have the documented shape" };
    const got = typeNameOf(valueAt(item, issue.path));
    return { path: issue.path.join("."), problem: `must be ${expectationOf(issue)}, got ${got}` };
  }
  if (reason instanceof ServiceError && reason.code === "UPSTREAM_MALFORMED") {
    return { path: amountPath, problem: reason.publicMessage };
  }
  throw reason;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(String(value))).join(" or ");
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  return issue.message; // what our schemas say for themselves
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    item,
  );
}

/** Names the type only: the value may be personal. */
function typeNameOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
