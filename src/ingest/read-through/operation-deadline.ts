import { ServiceError } from "../../domain/error.ts";
import { unlessAborted } from "../../runtime/abort.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import { CALL_DEADLINE_MS } from "./call.ts";
import type { SharedFetch } from "./shared-fetch.ts";

/** Maximum wait of one operation: for a response, and for its commit. */
const MAX_WAIT_MS = CALL_DEADLINE_MS + 1_000;

/**
 * Deadline for all waiting of one operation: fields that wait for each other, level below level, do not add up to more
 * than one wait.
 */
export interface OperationDeadline {
  /** Returns true when the deadline has passed and nothing is worth fetching any more. */
  isOver(): boolean;
  /**
   * Resolves when all fetches have ended, at the latest MAX_WAIT_MS after the operation's first wait began.
   * @throws ServiceError CANCELED as soon as the signal is aborted
   */
  waitFor(sharedFetches: ReadonlySet<SharedFetch>): Promise<void>;
}

/** @param signal aborted when the response is no longer needed */
export function createOperationDeadline(signal: AbortSignal): OperationDeadline {
  let endsAtMs = Infinity;
  return {
    isOver: () => performance.now() >= endsAtMs,
    async waitFor(sharedFetches) {
      if (sharedFetches.size === 0) return;
      endsAtMs = Math.min(endsAtMs, performance.now() + MAX_WAIT_MS);
      const leave = [...sharedFetches].map((sharedFetch) => sharedFetch.join());
      const resolved = Promise.all([...sharedFetches].map((sharedFetch) => sharedFetch.resolved));
      try {
        await waitAtMost(endsAtMs - performance.now(), unlessAborted(resolved, signal));
      } catch (reason) {
        throw signal.aborted ? new ServiceError("CANCELED", "the request was canceled") : reason;
      } finally {
        for (const each of leave) each();
      }
    },
  };
}
