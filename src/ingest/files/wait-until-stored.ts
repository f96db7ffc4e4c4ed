import type { Database } from "../../store/database.ts";
import type { Accepted } from "./accept.ts";
import type { ReceivedFile } from "./file.ts";
import { findFile, receivedOf } from "./find-file.ts";
import type { Notifier } from "../../runtime/notifier.ts";

export interface WaitUntilStoredInput {
  readonly db: Database;
  readonly tenantId: string;
  readonly accepted: Accepted;
  /** Fires when this process has attempted a file of the source. */
  readonly tried: Notifier;
  readonly maxWaitMs: number;
  /** Aborted: the wait ends, the file remains stored. */
  readonly signal: AbortSignal;
}

/** Interval between checks for the results of other processes. */
const LOOK_MS = 500;

/**
 * Waits until a file is stored, or will not be stored for now. Never rejects: an accepted file is stored, even if the
 * store is now unavailable.
 */
export async function waitUntilStored(input: WaitUntilStoredInput): Promise<ReceivedFile> {
  const { db, tenantId, accepted, signal } = input;
  const untilMs = performance.now() + input.maxWaitMs;
  let { state } = accepted;
  let count = -1; // there may have been an attempt since it was accepted
  while (state.status === "ACCEPTED" && !state.hasFailed && !state.isPaused) {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0 || signal.aborted) break;
    await input.tried.wait(count, { ms: Math.min(LOOK_MS, leftMs), signal });
    count = input.tried.count();
    state = await db
      .read(tenantId, (tx) => findFile(tx, state.id))
      .then(
        (found) => found ?? state,
        () => state,
      );
  }
  return receivedOf(state, accepted.isRepeat ? "REPEATED" : "STORED");
}
