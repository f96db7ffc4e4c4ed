import type { DatabaseAddress } from "./database/connection.ts";
import type { SlotPosition } from "./database/position.ts";
import type { LagEvent } from "./events.ts";

export interface FollowSlotOptions {
  readonly address: DatabaseAddress;
  /** Created if it does not exist: lower case letters, digits and underscores, at most 63. */
  readonly slot: string;
  /** They must exist. */
  readonly publications: readonly string[];
  /** Last stored position; undefined: none, begin at the present. */
  readonly position: SlotPosition | undefined;
  readonly nowMs: () => number;
  /** Aborted: the iterator throws its reason promptly. */
  readonly signal: AbortSignal;
  /**
   * How long the server waits for a sign of life of us, in milliseconds; it is set for our session. A consumer whose
   * machine is lost occupies the slot for so long. Default 8,000.
   */
  readonly walSenderTimeoutMs?: number;
  /** While there are no changes for us, a position is delivered this often. Default 10,000. */
  readonly idlePositionIntervalMs?: number;
  /** How often the lag and what is published are read, in milliseconds. Default 5,000. */
  readonly reportIntervalMs?: number;
  /**
   * Called with the lag in each interval, also while no event is taken. Default: the lag is an event, which waits like the
   * others until it is taken.
   */
  readonly onLag?: ((lag: LagEvent) => void) | undefined;
}
