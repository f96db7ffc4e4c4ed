import type { LoggedEvent } from "./event.ts";

/**
 * Reason why a stream could not continue from its position. `RETENTION`: events after it were deleted.
 * `UNKNOWN_POSITION`: the log ends before it, because the database was restored from an older copy or is a different
 * one.
 */
export type ResetReason = "RETENTION" | "UNKNOWN_POSITION";

/**
 * Item that a subscriber receives. Each has the position to resume from: every event up to it was delivered or did not
 * match.
 */
export type StreamItem =
  | { readonly type: "event"; readonly seq: bigint; readonly at: string; readonly event: LoggedEvent }
  /** No event: only the position is newer. */
  | { readonly type: "position"; readonly seq: bigint; readonly at: string }
  /** Events may have been missed: read the state again. The stream continues after `seq`, which is the log's head. */
  | {
      readonly type: "reset";
      readonly seq: bigint;
      readonly at: string;
      readonly reason: ResetReason;
      readonly floor: bigint;
    };
