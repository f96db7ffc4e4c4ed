/** Answer to one call of a bulk operation. */
export interface BulkStep {
  /** Number of items that the call has changed. */
  readonly count: number;
  /** Number of items that it could not change. */
  readonly skipped?: number;
  /** Where the next call continues; null if no more items match. */
  readonly endCursor: string | null;
}

/** Changes a bounded number of items behind a position. */
export type BulkCall = (after: string | null, signal: AbortSignal) => Promise<BulkStep>;

/** How far a bulk operation is. */
export interface BulkProgress {
  readonly count: number;
  readonly skipped: number;
  /** Where it continues; null at its beginning, and at its end. */
  readonly after: string | null;
  readonly state: "running" | "stopped" | "failed" | "done";
  /** Why it has failed. */
  readonly reason?: unknown;
}

export const BEGINNING: BulkProgress = { count: 0, skipped: 0, after: null, state: "running" };

/**
 * Repeats a call until no more items match, it fails, or it is to be stopped, which ends it after the call that runs. It
 * can continue from the progress that it returns: each call names the position of the one before, so that no item is
 * changed twice.
 */
export async function runBulkOperation(
  call: BulkCall,
  from: BulkProgress,
  stopped: AbortSignal,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  let progress: BulkProgress = { ...from, state: "running", reason: undefined };
  onProgress(progress);
  while (progress.state === "running") {
    if (stopped.aborted) progress = { ...progress, state: "stopped" };
    else
      try {
        const { count, skipped = 0, endCursor } = await call(progress.after, stopped);
        progress = {
          count: progress.count + count,
          skipped: progress.skipped + skipped,
          after: endCursor,
          state: endCursor === null ? "done" : "running",
        };
      } catch (reason) {
        progress = { ...progress, state: "failed", reason };
      }
    onProgress(progress);
  }
  return progress;
}
