import type { Database } from "../store/database.ts";
import type { Accepted } from "./accept.ts";
import type { TakenFile } from "./file.ts";
import { findFile, takenOf } from "./find-file.ts";
import type { Pulse } from "./pulse.ts";

export interface SettledInput {
  readonly db: Database;
  readonly tenantId: string;
  readonly accepted: Accepted;
  /** Fires when this process has tried a file of the source. */
  readonly tried: Pulse;
  readonly maxWaitMs: number;
  /** Aborted: the wait ends, the file stays. */
  readonly signal: AbortSignal;
}

/** Between looks for what another process has done. */
const LOOK_MS = 500;

/** Waits until a file is stored, or will not be for now. Never rejects: what was accepted is kept, whatever the store says now. */
export async function settled(input: SettledInput): Promise<TakenFile> {
  const { db, tenantId, accepted, signal } = input;
  const untilMs = performance.now() + input.maxWaitMs;
  let { state } = accepted;
  let count = -1; // it may have been tried since it was accepted
  while (state.status === "ACCEPTED" && !state.hasFailed && !state.isPaused) {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0 || signal.aborted) break;
    await input.tried.wait(count, Math.min(LOOK_MS, leftMs), signal);
    count = input.tried.count();
    state = await db
      .read(tenantId, (tx) => findFile(tx, state.id))
      .then(
        (found) => found ?? state,
        () => state,
      );
  }
  return takenOf(state, accepted.isRepeat ? "REPEATED" : "STORED");
}
