import type { NewEvent } from "../../events/event.ts";
import type { ChangedResult } from "./store-decided.ts";

/** Returns an event for each changed result, of payouts and of transactions. */
export function eventsOf(changes: readonly ChangedResult[]): readonly NewEvent[] {
  return changes.map(({ objectId, sourceId, state, previous }) => ({
    sourceId,
    body: { kind: "PayoutMatchChanged", objectId, state, previous },
  }));
}
