import type { BulkCall } from "../graph/bulk-operation.ts";

/** What can be done to selected items, or to all that match the filter of their list. */
export interface SelectionActions {
  /** Number and words of items: `1 delivery`, `3 deliveries`. */
  readonly names: readonly [one: string, many: string];
  /** Participle of the report of a replay of all that match: `replayed`. */
  readonly replayed: string;
  /** What a discard does, in one or two sentences. */
  readonly discardEffect: string;
  /** Replays the named items, and returns the sentence to notify with. */
  replay(ids: readonly string[]): Promise<string>;
  readonly replayMatching: BulkCall;
  discard(ids: readonly string[], reason: string): Promise<void>;
  discardMatching(reason: string): BulkCall;
}
