import { apply } from "../apply/apply.ts";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { takesWebhooks } from "../upstream/takes-webhooks.ts";
import type { Batch } from "./batches.ts";
import { noteListed } from "./missed/note-listed.ts";
import type { RangeCheckpoint } from "./ranges/range.ts";
import type { RangeCommit } from "./ranges/range-set.ts";
import { dropWalk, saveRanges } from "./ranges/store-walk.ts";
import type { ClaimedStream } from "./run.ts";
import { fence, type StreamLease } from "./stream-lease.ts";
import { noteShown } from "./unseen/note-shown.ts";

export interface CommitInput {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  readonly source: Source;
  readonly batch: Batch<RangeCheckpoint>;
  /** What the batch's checkpoints say. */
  readonly position: RangeCommit;
  /** Whether this commit also tells subscribers how far the run is. */
  readonly announce: boolean;
}

export interface Committed {
  readonly doubts: number;
  readonly changed: number;
}

/**
 * One transaction: fence, records, tombstones, quarantine, raw bytes, checkpoint, progress, events. All or nothing.
 * @throws ServiceError LEASE_LOST | CANCELED (the run was canceled meanwhile) | STORE_UNAVAILABLE
 */
export async function commitBatch(tx: Transaction, input: CommitInput): Promise<Committed> {
  const { work, lease, source, batch, position } = input;
  await fence(tx, lease);
  const applied = await apply(tx, {
    sourceId: work.sourceId,
    via: "POLL",
    items: batch.messages.map((message) => ({ message, deliveryId: undefined })),
    runId: work.runId,
    renames: source.connector.renames ?? [],
    asked: undefined,
    payloads: batch.payloads,
  });
  if (work.mode === "FULL") await noteShown(tx, source.connector, work.runId, applied.outcomes);
  if (takesWebhooks(source)) await noteListed(tx, source.id, batch.listed);
  if (position.isOver) await dropWalk(tx, work);
  else if (position.ranges.length > 0) await saveRanges(tx, work, position);
  if (position.cursor !== undefined) await checkpoint(tx, work, position.cursor);
  const progress = await advance(tx, input, applied);
  await appendEvents(tx, input.announce ? [...applied.events, progress] : applied.events);
  return { doubts: applied.outcomes.filter(({ result }) => result === "doubt").length, changed: applied.changed };
}

/** The cursor goes where the mode keeps it: with the stream, or with the run that reads on its own. */
async function checkpoint(tx: Transaction, work: ClaimedStream, cursor: unknown): Promise<void> {
  const text = JSON.stringify(cursor);
  if (work.mode === "INCREMENTAL") {
    await tx.query("update stream_states set cursor = $3, cursor_at = now() where source_id = $1 and stream = $2", [
      work.sourceId,
      work.stream,
      text,
    ]);
  } else {
    await tx.query("update sync_run_streams set cursor = $3 where run_id = $1 and stream = $2", [
      work.runId,
      work.stream,
      text,
    ]);
  }
}

async function advance(
  tx: Transaction,
  { work, batch, position }: CommitInput,
  applied: { readonly changed: number; readonly quarantined: number },
): Promise<NewEvent> {
  const rows = await tx.query<{ records: bigint; changed: bigint; progress: number | null; canceled: boolean }>(
    `update sync_run_streams streams set records = records + $3, changed = changed + $4,
       quarantined = quarantined + $5, progress = greatest(progress, $6::real), attempts = 0, error_code = null, error_message = null
     from sync_runs runs where streams.run_id = $1 and streams.stream = $2 and runs.id = $1
     returning records, changed, progress, runs.cancel_requested as canceled`,
    [work.runId, work.stream, batch.messages.length, applied.changed, applied.quarantined, position.progress ?? null],
  );
  const row = rows[0];
  if (row === undefined || row.canceled) throw new ServiceError("CANCELED", "the run was canceled");
  return {
    sourceId: work.sourceId,
    body: {
      kind: "RunProgressed",
      runId: work.runId,
      stream: work.stream,
      records: Number(row.records),
      changed: Number(row.changed),
      progress: row.progress,
    },
  };
}
