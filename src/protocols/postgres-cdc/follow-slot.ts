import type { SlotEvent } from "./events.ts";
import type { FollowSlotOptions } from "./follow-options.ts";
import { Following } from "./following.ts";
import type { SlotPosition } from "./database/position.ts";

/** A slot that is being followed. */
export interface FollowedSlot {
  /**
   * Nothing is sent before the first event is requested. Ends only by a ServiceError; the slot is then followed again
   * from the last stored position. Read faster than it is consumed by at most about a megabyte. One consumer.
   */
  readonly events: AsyncIterable<SlotEvent>;
  /** The position was stored with everything before it: the server may forget that. Total. */
  committed(position: SlotPosition): void;
  /** Resolves when the connections are closed. */
  close(): Promise<void>;
}

/** Follows a slot: finds or creates it, and delivers its changes from the stored position on. */
export function followSlot(options: FollowSlotOptions): FollowedSlot {
  const following = new Following(options);
  return {
    events: { [Symbol.asyncIterator]: () => following },
    committed: (position) => following.committed(position),
    close: () => following.close(),
  };
}
