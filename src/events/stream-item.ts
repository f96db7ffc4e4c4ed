import type { LoggedEvent } from "./event.ts";

/**
 * Why a stream could not go on from its position. `RETENTION`: events after it were deleted. `UNKNOWN_POSITION`: the
 * log ends before it; the database was set back to an older copy, or is another one.
 */
export type ResetReason = "RETENTION" | "UNKNOWN_POSITION";

/** What a subscriber receives. Each carries the position to resume from: everything up to it was delivered or not wanted. */
export type StreamItem =
  | { readonly type: "event"; readonly seq: bigint; readonly at: string; readonly event: LoggedEvent }
  /** Nothing happened: only the position is newer. */
  | { readonly type: "position"; readonly seq: bigint; readonly at: string }
  /** Events may have been missed: read the state again, the stream goes on after `seq`, which is the log's head. */
  | {
      readonly type: "reset";
      readonly seq: bigint;
      readonly at: string;
      readonly reason: ResetReason;
      readonly floor: bigint;
    };
