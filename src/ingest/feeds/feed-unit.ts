import type { FeedGapMessage } from "../../connector-api/change-feed.ts";
import type { ContractMessage, FindingMessage, HintMessage, ObjectMessage } from "../../connector-api/messages.ts";

/** A message of a feed that is committed with the checkpoint after it. */
export type FeedChange = ObjectMessage | HintMessage | FindingMessage | ContractMessage | FeedGapMessage;

/** Changes that are committed together with the position after them. */
export interface FeedUnit {
  /** Position after the last change; as the connector gave it. */
  readonly position: unknown;
  /** Number of changes. */
  readonly count: number;
  /** Changes in order. A transaction too large for memory is read from disk again by each call. */
  readonly parts: () => AsyncIterable<readonly FeedChange[]>;
  /** True if it has more parts than memory should have at a time. */
  readonly isLarge: boolean;
  /** Removes it from disk. */
  dispose(): Promise<void>;
}

/** Limits of what is kept in memory at a time: one unit that is committed, one that is prepared, and one that is read. */
export const UNIT_LIMITS = { maxChanges: 1_500, maxBytes: 4 * 1024 * 1024 } as const;

/** Returns a unit of changes that are in memory. */
export function unitOf(changes: readonly FeedChange[], position: unknown): FeedUnit {
  return {
    position,
    count: changes.length,
    parts: async function* () {
      yield changes;
    },
    isLarge: false,
    dispose: () => Promise.resolve(),
  };
}
