import { ServiceError } from "../domain/error.ts";
import { CALL_DEADLINE_MS } from "./call.ts";
import type { Flight } from "./flight.ts";

/** Longest wait of one operation: for an answer, and for its commit. */
const MAX_WAIT_MS = CALL_DEADLINE_MS + 1_000;

/** All waiting of one operation: fields that wait for each other, level below level, do not add up to more than one wait. */
export interface OneWait {
  /** From then on nothing is worth fetching. */
  isOver(): boolean;
  /**
   * Resolves when all have landed, at the latest MAX_WAIT_MS after the operation's first wait began.
   * @throws ServiceError CANCELED as soon as the signal is aborted
   */
  waitFor(flights: ReadonlySet<Flight>): Promise<void>;
}

/** @param signal aborted when nobody wants the answer any more */
export function createOneWait(signal: AbortSignal): OneWait {
  let endsAtMs = Infinity;
  return {
    isOver: () => performance.now() >= endsAtMs,
    async waitFor(flights) {
      if (flights.size === 0) return;
      endsAtMs = Math.min(endsAtMs, performance.now() + MAX_WAIT_MS);
      const leave = [...flights].map((flight) => flight.board());
      const { promise: over, resolve, reject } = Promise.withResolvers<void>();
      const abort = (): void => reject(new ServiceError("CANCELED", "the request was canceled"));
      const timer = setTimeout(resolve, endsAtMs - performance.now());
      signal.addEventListener("abort", abort, { once: true });
      if (signal.aborted) abort();
      try {
        await Promise.race([over, Promise.all([...flights].map(({ landed }) => landed))]);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        for (const each of leave) each();
      }
    },
  };
}
