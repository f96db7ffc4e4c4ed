import { z } from "zod";
import { ServiceError } from "../../domain/error.ts";
import { REPEATED_KEY } from "./repeated-keys.ts";

/** Position and kind of a deviation of an item from its documented format. */
export interface Problem {
  readonly path: string;
  readonly problem: string;
}

/**
 * Returns path and reason of the first fault of an item that was rejected by a schema, or by the mapping after the
 * schema. Names types, never values. Any error other than a format fault is our bug and is rethrown.
 * @param amountPath path of the amount: only amounts are rejected after the schema
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
  return issue.message; // messages of our own schemas
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    item,
  );
}

/** Returns the type name only: the value may be personal. */
function typeNameOf(value: unknown): string {
  if (value === REPEATED_KEY) return "a repeated key";
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
