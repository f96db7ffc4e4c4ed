import { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { CompareStreamOptions } from "../../ingest/polling/compare-stream.ts";
import { leasedStreams } from "../../ingest/polling/stream-lease.ts";
import { advanceRunStream, saveRunCursor } from "../../ingest/runs/run-streams.ts";
import type { Transaction } from "../../store/database.ts";
import { setChangeCause } from "../../store/entities/change-cause.ts";
import type { ComparisonState } from "./comparison-state.ts";

/** What a step of a comparison has done. */
export interface StepResult {
  /** Where the comparison is after it. */
  readonly state: ComparisonState;
  /** Number of listed records. */
  readonly records: number;
  /** Number of repaired objects. */
  readonly changed: number;
  /** Share of the comparison that is done, 0 to 1; undefined: not known. */
  readonly progress: number | undefined;
  readonly events: readonly NewEvent[];
}

/** Parts of the result of a step that has only moved on. */
export const NOTHING = { records: 0, changed: 0, progress: undefined, events: [] } as const;

/** Minimum time between two progress events of one comparison. */
const ANNOUNCE_MS = 250;
const announcedAtMs = new WeakMap<object, number>();

/**
 * Commits one step of a comparison: the fence, what it has found, where it continues, its progress and events. All or
 * nothing.
 * @throws ServiceError LEASE_LOST | CANCELED (the run was canceled meanwhile) | STORE_UNAVAILABLE
 */
export async function commitStep(
  options: CompareStreamOptions,
  work: (tx: Transaction) => Promise<StepResult>,
): Promise<ComparisonState> {
  const { batchDb, claim, onCheckpoint } = options;
  const state = await batchDb.transaction(claim.work.tenantId, async (tx) => {
    await leasedStreams.extend(tx, claim.lease);
    await setChangeCause(tx, claim.work.runId);
    const result = await work(tx);
    await saveRunCursor(tx, claim.work, JSON.stringify(result.state));
    const { records, changed, progress } = result;
    const row = await advanceRunStream(tx, claim.work, { records, changed, quarantined: 0, progress });
    if (row === undefined || row.canceled) throw new ServiceError("CANCELED", "the run was canceled");
    const { sourceId, runId, stream } = claim.work;
    const progressed: NewEvent = {
      sourceId,
      body: {
        kind: "RunProgressed",
        runId,
        stream,
        records: Number(row.records),
        changed: Number(row.changed),
        progress: row.progress,
      },
    };
    await appendEvents(tx, [...result.events, ...(isAnnounced(options) ? [progressed] : [])]);
    return result.state;
  });
  onCheckpoint();
  return state;
}

function isAnnounced({ claim, nowMs }: CompareStreamOptions): boolean {
  const isDue = nowMs() - (announcedAtMs.get(claim) ?? 0) >= ANNOUNCE_MS;
  if (isDue) announcedAtMs.set(claim, nowMs());
  return isDue;
}
