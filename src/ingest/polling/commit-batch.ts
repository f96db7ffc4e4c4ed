import { apply, type Applied } from "../apply/apply.ts";
import { reportConditions } from "../apply/report-conditions.ts";
import { linkPayoutLines } from "../apply/link-payout-lines.ts";
import { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { setChangeCause } from "../../store/entities/change-cause.ts";
import type { LeasedChange } from "../../store/lease.ts";
import { recordAccessEnd } from "../../sources/access-end.ts";
import type { Source } from "../../sources/source.ts";
import { takesWebhooks } from "../../sources/takes-webhooks.ts";
import type { MessageBatch } from "./ranges/batches.ts";
import { noteListed } from "../webhooks/health/note-listed.ts";
import type { RangeCheckpoint } from "./ranges/range.ts";
import type { RangeCommit } from "./ranges/range-set.ts";
import { dropWalk, saveRanges } from "./ranges/store-walk.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { advanceRunStream, completeRunStream, saveRunCursor } from "../runs/run-streams.ts";
import type { StreamClaim } from "./claim-stream.ts";
import { completeRead, completeStream, type RecordedResponse, recordRead } from "./end-stream.ts";
import { leasedStreams } from "./stream-lease.ts";
import { recordListed } from "./missing-objects/record-listed.ts";

export interface CommitInput {
  readonly claim: StreamClaim;
  readonly source: Source;
  readonly batch: MessageBatch<RangeCheckpoint>;
  /** Changes by the batch's checkpoints. */
  readonly position: RangeCommit;
  /** True if this commit also publishes the run's progress to subscribers. */
  readonly announce: boolean;
  /** True if the stream ends with this batch. */
  readonly isEnd: boolean;
}

export interface Committed {
  /** Number of objects that need to be fetched again. */
  readonly refetches: number;
  readonly changed: number;
}

/**
 * Commits one transaction: fence, records, tombstones, quarantine, raw bytes, checkpoint, progress, events. All or
 * nothing. With the last batch, the end of the stream too.
 * @throws ServiceError LEASE_LOST | CANCELED (the run was canceled meanwhile) | STORE_UNAVAILABLE
 */
export async function commitBatch(tx: Transaction, input: CommitInput): Promise<Committed> {
  const { source, batch, position } = input;
  const { work, lease } = input.claim;
  const isEnd = input.isEnd && work.mode === "INCREMENTAL";
  const leased = isEnd
    ? leasedStreams.release(tx, lease, lastCheckpointOf(position))
    : leasedStreams.extend(tx, lease, checkpointOf(work, position));
  await Promise.all([leased, setChangeCause(tx, work.runId)]);
  const applied = await apply(tx, {
    sourceId: work.sourceId,
    via: "POLL",
    items: batch.messages.map((message) => ({ message, deliveryId: undefined })),
    runId: work.runId,
    renames: source.connector.renames ?? [],
    requestedAt: undefined,
    payloads: batch.payloads,
  });
  const linked = await linkedEvents(tx, input, applied);
  if (work.mode === "FULL") await recordListed(tx, source.connector, work.runId, applied.outcomes);
  if (takesWebhooks(source)) await noteListed(tx, source.id, batch.listed);
  if (position.isOver) await dropWalk(tx, work);
  else if (position.ranges.length > 0) await saveRanges(tx, work, position);
  // A run that reads independently of the stream's own cursor keeps a cursor of its own.
  if (work.mode !== "INCREMENTAL" && position.cursor !== undefined)
    await saveRunCursor(tx, work, JSON.stringify(position.cursor));
  // In one round trip, in this order: the source is locked before its run.
  const [response, progress, findings] = await Promise.all([
    isEnd ? recordRead(tx, work.sourceId) : undefined,
    advance(tx, input, applied, isEnd),
    reportConditions(tx, work, batch.conditions),
    recordAccessEnd(tx, source.id, batch.conditions),
  ]);
  const ended = input.isEnd ? await end(tx, input, response) : [];
  const progressed = input.announce ? [progress] : [];
  await appendEvents(tx, [...applied.events, ...linked, ...findings, ...progressed, ...ended], { last: true });
  const hints = batch.messages.filter(({ type }) => type === "hint").length;
  const conflicts = applied.outcomes.filter(({ result }) => result === "conflict").length;
  return { refetches: hints + conflicts, changed: applied.changed };
}

/**
 * Returns one event for each object that only became part of a payout: other changes of the batch already have events.
 */
async function linkedEvents(tx: Transaction, { claim, batch }: CommitInput, applied: Applied): Promise<NewEvent[]> {
  const { sourceId } = claim.work;
  const changes = await linkPayoutLines(tx, sourceId, batch.payoutLines);
  const announced = new Set(
    applied.events.flatMap(({ body }) => (body.kind === "EntityChanged" ? [body.entityId] : [])),
  );
  return changes
    .filter(({ id }) => !announced.has(id))
    .map(({ entityType, id, change }) => ({
      sourceId,
      body: { kind: "EntityChanged", entityType, entityId: id, change },
    }));
}

/** Returns the change of the stream's own cursor; undefined if the batch does not move it. */
function checkpointOf({ mode }: ClaimedStream, { cursor }: RangeCommit): LeasedChange | undefined {
  if (mode !== "INCREMENTAL" || cursor === undefined) return undefined;
  return { set: "cursor = $1, cursor_at = now()", values: [JSON.stringify(cursor)] };
}

/** Ends the stream, unless its lease and its part of the run have ended with the batch: then only the rest of it. */
function end(
  tx: Transaction,
  { claim, source: { connector } }: CommitInput,
  response: RecordedResponse | undefined,
): Promise<readonly NewEvent[]> {
  if (response === undefined) return completeStream(tx, claim, connector);
  return completeRead(tx, claim, connector, response);
}

/** The last batch of a read of changes: the stream reflects the upstream at the start of the read. */
function lastCheckpointOf({ cursor }: RangeCommit): LeasedChange {
  const set = "last_success_at = now()";
  if (cursor === undefined) return { set, values: [] };
  return { set: `cursor = $1, cursor_at = now(), ${set}`, values: [JSON.stringify(cursor)] };
}

async function advance(
  tx: Transaction,
  { claim: { work }, batch, position }: CommitInput,
  applied: { readonly changed: number; readonly quarantined: number },
  isEnd: boolean,
): Promise<NewEvent> {
  const row = await (isEnd ? completeRunStream : advanceRunStream)(tx, work, {
    records: batch.messages.length,
    changed: applied.changed,
    quarantined: applied.quarantined,
    progress: position.progress,
  });
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
