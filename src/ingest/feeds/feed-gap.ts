import type { FeedGapMessage } from "../../connector-api/change-feed.ts";
import type { FailureCause } from "../../domain/error.ts";
import { RUN } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction } from "../../store/database.ts";
import { after, literals } from "../../store/status-sql.ts";
import { closeFindings, type Finding, findingId, openFindings } from "../apply/findings.ts";
import { startSync } from "../runs/start-sync.ts";
import { findRepaired, namedOf, type Repaired, withChanges } from "./repaired-objects.ts";

const KIND = "FEED_GAP";
/** Which cause a gap has, by the way in which the changes came. */
const CAUSES = { CDC: "DATABASE", STREAM: "WEBHOOK" } as const satisfies Record<string, FailureCause>;

const REMEDY =
  "Nothing, if the full read ends by itself: the finding then closes. If that run failed or was canceled, start a FULL sync of these streams.";

/**
 * Records that a feed has lost changes: every stream of it is read in full, and a finding is open until that has been
 * done. A run that has not begun to read yet does so for this gap too.
 * @returns events, and whether there is a run to execute
 * @throws ServiceError OVERLOADED
 */
export async function recordGap(
  tx: Transaction,
  source: Source,
  { reason, seen }: FeedGapMessage,
  nowMs: number,
): Promise<{ readonly events: NewEvent[]; readonly startedRun: boolean }> {
  const { feed } = source.connector;
  if (feed === undefined) return { events: [], startedRun: false };
  const { streams, via } = feed;
  const waiting = await waitingRun(tx, source.id);
  const runId = waiting ?? (await startFull(tx, source, streams, nowMs));
  await tx.query("update change_feeds set gap_at = now(), gap_run_id = $2 where source_id = $1", [source.id, runId]);
  const finding = {
    id: findingId(tx.tenantId, source.id, KIND),
    kind: KIND,
    cause: CAUSES[via],
    summary: lostSentence(source.id, streams, reason),
    evidence: { streams, reason, runId, ...seen },
    remedy: REMEDY,
  };
  return { events: await openFindings(tx, source.id, [finding], "refresh"), startedRun: waiting === undefined };
}

function lostSentence(sourceId: string, streams: readonly string[], reason: string): string {
  return `changes of ${sourceId} were lost (${streams.join(", ")}): ${reason}`;
}

async function startFull(tx: Transaction, source: Source, streams: readonly string[], nowMs: number): Promise<string> {
  const request = { streams, mode: "FULL", range: undefined, idempotencyKey: undefined, trigger: "FEED_GAP" } as const;
  return (await startSync(tx, source, request, nowMs)).runId;
}

/** Finds the run of an earlier gap that has not begun; it is locked, so that it does not begin before the commit. */
async function waitingRun(tx: Transaction, sourceId: string): Promise<string | undefined> {
  const [run] = await tx.query<{ id: string }>(
    `select id from sync_runs where id = (select gap_run_id from change_feeds where source_id = $1)
       and status in (${literals(RUN.initial)}) and not cancel_requested for update`,
    [sourceId],
  );
  return run?.id;
}

/** The run that repairs a gap. */
export interface GapRepair {
  readonly runId: string;
  readonly sourceId: string;
}

/** Locks the feed of a source while it has a gap: before the objects that are repaired, as the feed's own writes do. */
export async function lockGap(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("select 1 from change_feeds where source_id = $1 and gap_at is not null for update", [sourceId]);
}

interface ReadRow extends Record<string, unknown> {
  readonly finding: Finding | null;
  readonly records: bigint;
  readonly waiting: number;
}

/** The full read that has ended successfully and has read all that may be missing, and what is still to be done for it. */
const READ = `
  select to_jsonb(finding) as finding,
    (select sum(records)::bigint from sync_run_streams where run_id = run.id) as records,
    (select count(*)::integer from refetches where run_id = run.id) as waiting
  from change_feeds as feed join sync_runs as run on run.id = $2 and run.source_id = feed.source_id
  left join findings as finding on finding.id = $3 and finding.closed_at is null
  where feed.source_id = $1 and feed.gap_at is not null
    and run.mode = 'FULL' and run.status = ${after(RUN, "succeed")}
    and (run.id = feed.gap_run_id or run.created_at >= feed.gap_at)
    and feed.streams <@ (select array_agg(stream) from sync_run_streams where run_id = run.id)`;

/**
 * Says in the finding about a gap what a full read has repaired that has read all that may be missing, and closes the
 * finding when every object that the read did not list has been fetched again. Only one transaction at a time does so,
 * which therefore sees what the others have fetched: the last one closes the finding.
 * @param fetched events of objects that this transaction has fetched again for the read
 */
export async function reportGapRepair(
  tx: Transaction,
  { runId, sourceId }: GapRepair,
  fetched: readonly NewEvent[] = [],
): Promise<NewEvent[]> {
  await lockGap(tx, sourceId);
  const id = findingId(tx.tenantId, sourceId, KIND);
  const [read] = await tx.query<ReadRow>(READ, [sourceId, runId, id]);
  if (read === undefined) return [];
  const { finding, waiting } = read;
  const isDone = waiting === 0;
  await tx.query(
    "update change_feeds set gap_at = case when not $3 then gap_at end, gap_run_id = case when not $3 then $2 end where source_id = $1",
    [sourceId, runId, isDone],
  );
  if (finding === null) return [];
  const isFirst = finding.evidence["repairedBy"] !== runId;
  // What this transaction and earlier ones have fetched for the read has the run as its cause.
  const repaired = isFirst
    ? await findRepaired(tx, { runId, sourceId })
    : withChanges(repairedOf(finding), namedOf(fetched));
  const result = withRepaired(finding, { ...repaired, runId, sourceId, records: Number(read.records), waiting });
  const events = await openFindings(tx, sourceId, [result], "refresh");
  return isDone ? [...events, ...(await closeFindings(tx, sourceId, [id]))] : events;
}

interface RepairResult extends Repaired, GapRepair {
  readonly records: number;
  /** Objects that the read did not list and that are not fetched again yet. */
  readonly waiting: number;
}

/** What the finding says of the repair so far: written by `withRepaired`. */
function repairedOf({ evidence }: Finding): Repaired {
  const { created, updated, deleted, objects } = evidence as Record<keyof Repaired, unknown>;
  return {
    created: Number(created ?? 0),
    updated: Number(updated ?? 0),
    deleted: Number(deleted ?? 0),
    objects: (objects ?? []) as Repaired["objects"], // as it was written
  };
}

function withRepaired(
  { id, kind, cause, evidence, remedy }: Finding,
  { runId, sourceId, records, waiting, ...repaired }: RepairResult,
): Finding {
  const changed = repaired.created + repaired.updated + repaired.deleted;
  const reason = String(evidence["reason"]);
  const streams = Array.isArray(evidence["streams"]) ? evidence["streams"].map(String) : [];
  const open = waiting === 0 ? "" : `; ${waiting} that it did not list are fetched again`;
  return {
    id,
    kind,
    cause,
    summary: `${lostSentence(sourceId, streams, reason)}; a full read of ${records} records has changed ${changed} objects${open}`,
    evidence: { ...evidence, repairedBy: runId, records, changed, ...repaired, waiting },
    remedy,
  };
}
