import type { EntityType } from "../../domain/ids.ts";
import type { FreshnessResult } from "./freshness-result.ts";

/** An object of one source, to be fetched. */
export interface Target {
  /** Global id. */
  readonly id: string;
  readonly entity: EntityType;
  readonly externalId: string;
}

/** One object's fetch, shared by all requesters while it is in progress. */
export interface SharedFetch {
  readonly target: Target;
  /** Resolves when the verdict is available; never rejects. */
  readonly resolved: Promise<void>;
  /** Returns undefined until the fetch has ended. */
  result(): FreshnessResult | undefined;
  /** Ends the fetch; further calls have no effect. */
  resolve(result: FreshnessResult): void;
  /** Adds a waiter. The returned function removes it; further calls have no effect. */
  join(): () => void;
  isAbandoned(): boolean;
}

/** @param onAbandoned called when the last waiter has left before the fetch ended */
export function createSharedFetch(target: Target, onAbandoned: () => void): SharedFetch {
  const { promise: resolved, resolve: end } = Promise.withResolvers<void>();
  let result: FreshnessResult | undefined;
  let waiting = 0;
  return {
    target,
    resolved,
    result: () => result,
    resolve(given) {
      result ??= given;
      end();
    },
    join() {
      let isWaiting = true;
      waiting += 1;
      return () => {
        if (!isWaiting) return;
        isWaiting = false;
        waiting -= 1;
        if (waiting === 0 && result === undefined) onAbandoned();
      };
    },
    isAbandoned: () => waiting === 0,
  };
}
