import type { EntityType } from "../domain/ids.ts";
import type { Verdict } from "./verdict.ts";

/** An object of one source, to be fetched. */
export interface Target {
  /** Global id. */
  readonly id: string;
  readonly entity: EntityType;
  readonly externalId: string;
}

/** One object's fetch, shared by all who want it while it is under way. */
export interface Flight {
  readonly target: Target;
  /** Resolves when the verdict is there; never rejects. */
  readonly landed: Promise<void>;
  /** Undefined until it has landed. */
  verdict(): Verdict | undefined;
  /** Ends it; again has no effect. */
  land(verdict: Verdict): void;
  /** One more waits. The function returned says that it waits no more; again has no effect. */
  board(): () => void;
  isAbandoned(): boolean;
}

/** @param onAbandoned called when the last of those who waited has left before it landed */
export function createFlight(target: Target, onAbandoned: () => void): Flight {
  const { promise: landed, resolve } = Promise.withResolvers<void>();
  let verdict: Verdict | undefined;
  let waiting = 0;
  return {
    target,
    landed,
    verdict: () => verdict,
    land(given) {
      verdict ??= given;
      resolve();
    },
    board() {
      let aboard = true;
      waiting += 1;
      return () => {
        if (!aboard) return;
        aboard = false;
        waiting -= 1;
        if (waiting === 0 && verdict === undefined) onAbandoned();
      };
    },
    isAbandoned: () => waiting === 0,
  };
}
