import type { OperationDefinitionNode } from "graphql";

type Variables = Readonly<Record<string, unknown>>;

const known = new WeakMap<Variables, { readonly operation: OperationDefinitionNode; readonly coerced: Variables }>();

/**
 * Keeps variables in the form of their types, which the gate has found, for the execution that follows it: lists of
 * representations are long.
 * @param given as received, and not changed afterwards
 */
export function keepCoerced(given: Variables, operation: OperationDefinitionNode, coerced: Variables): void {
  known.set(given, { operation, coerced });
}

/** Returns the variables that were kept for this operation, once; undefined if there are none. */
export function takeCoerced(given: Variables, operation: OperationDefinitionNode): Variables | undefined {
  const kept = known.get(given);
  known.delete(given);
  return kept?.operation === operation ? kept.coerced : undefined;
}
