import { type GraphQLError, locatedError, type ResponsePath, responsePathAsArray } from "graphql";
import type { FieldPlan } from "./operation-plan.ts";

/** Place of a value in the result. Values that cannot be waited for and have no children have none. */
export interface Position extends ResponsePath {
  readonly prev: Position | undefined;
  /** Object or list that contains the value under `key`. */
  readonly container: Record<string | number, unknown> | unknown[];
  /** False: an error makes the object or the list null that contains it. */
  readonly isNullable: boolean;
}

/** Errors of an operation's fields. */
export interface FieldErrors {
  readonly errors: readonly GraphQLError[];
  /**
   * Adds the error that makes a position null; undefined is the whole result. One below a position that is already null
   * is left out.
   */
  add(error: GraphQLError, position: ResponsePath | undefined): void;
}

/** Creates an empty list. */
export function createFieldErrors(): FieldErrors {
  const errors: GraphQLError[] = [];
  const nulled = new Set<ResponsePath | undefined>();

  function isNulled(position: ResponsePath | undefined): boolean {
    for (let at = position; at !== undefined; at = at.prev) if (nulled.has(at)) return true;
    return nulled.has(undefined);
  }

  return {
    errors,
    add(error, position) {
      if (nulled.size > 0 && isNulled(position)) return;
      nulled.add(position);
      errors.push(error);
    },
  };
}

/** Returns the error with the place of the field in the document and in the result. */
export function located(reason: unknown, { nodes }: FieldPlan, path: ResponsePath): GraphQLError {
  return locatedError(reason, [...nodes], responsePathAsArray(path));
}

/** Makes the nearest position null that may be null, beginning with this one; undefined: there is none. */
export function nullNearest(position: Position | undefined): Position | undefined {
  let at = position;
  while (at !== undefined && !at.isNullable) at = at.prev;
  if (at !== undefined) (at.container as Record<string | number, unknown>)[at.key] = null; // an index or a name
  return at;
}
