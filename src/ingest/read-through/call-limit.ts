import { ServiceError } from "../../domain/error.ts";

/**
 * Maximum calls to upstreams that one operation may need: a page of objects at an upstream that returns one object per
 * call. Calls that it shares with other operations count in full, so that a failure does not depend on concurrent
 * operations.
 */
const MAX_CALLS = 100;

/** Counts the calls of one operation. */
export interface CallLimit {
  /** Returns how many of the given number of objects may still be fetched; counts the calls for them. */
  admit(objects: number, idsPerCall: number): number;
  /** Returns the error for the remaining objects. */
  error(): ServiceError;
}

/** Creates a limit without calls. */
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
        `one operation may cause at most ${MAX_CALLS} upstream calls: request fewer objects with maxAge`,
      ),
  };
}
