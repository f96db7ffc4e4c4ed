import { ServiceError } from "../domain/error.ts";

/**
 * Calls to upstreams that one operation may need: a page of objects at an upstream that answers one by one. Calls that it
 * shares with other operations count in full, so that what fails does not depend on who else is asking.
 */
const MAX_CALLS = 100;

/** Counts the calls of one operation. */
export interface CallLimit {
  /** How many of so many objects may still be fetched; counts the calls for them. */
  admit(objects: number, idsPerCall: number): number;
  /** What the others fail with. */
  error(): ServiceError;
}

/** None made yet. */
export function createCallLimit(): CallLimit {
  let left = MAX_CALLS;
  return {
    admit(objects, idsPerCall) {
      const calls = Math.min(left, Math.ceil(objects / idsPerCall));
      left -= calls;
      return Math.min(objects, calls * idsPerCall);
    },
    error: () =>
      new ServiceError(
        "UPSTREAM_CALL_LIMIT",
        `one operation may need ${MAX_CALLS} calls to upstreams at most: ask for fewer objects with maxAge`,
      ),
  };
}
