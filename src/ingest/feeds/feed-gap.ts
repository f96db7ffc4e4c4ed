import type { FeedGapMessage } from "../../connector-api/change-feed.ts";
import type { FailureCause } from "../../domain/error.ts";
import { RUN } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";
import { closeFindings, type Finding, findingId, openFindings } from "../apply/findings.ts";
import { startSync } from "../runs/start-sync.ts";
import type { EndedRun } from "../runs/run-status.ts";

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
  { reason }: FeedGapMessage,
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
    summary: `changes of ${source.id} were lost (${streams.join(", ")}): ${reason}`,
    evidence: { streams, reason, runId },
    remedy: REMEDY,
  };
  return { events: await openFindings(tx, source.id, [finding], "refresh"), startedRun: waiting === undefined };
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

/**
 * Closes the finding about a gap if a run, which has ended successfully and was full, has read all that may be missing.
 * The finding then says what the run changed.
 */
export async function closeGap(
  tx: Transaction,
  { runId, sourceId }: { readonly runId: string; readonly sourceId: string },
  { records, changed }: Pick<EndedRun, "records" | "changed">,
): Promise<NewEvent[]> {
  const closed = await tx.query(
    `update change_feeds as feed set gap_at = null, gap_run_id = null from sync_runs as run
     where feed.source_id = $1 and feed.gap_at is not null and run.id = $2
       and (run.id = feed.gap_run_id or run.created_at >= feed.gap_at)
       and feed.streams <@ (select array_agg(stream) from sync_run_streams where run_id = $2)
     returning 1 as closed`,
    [sourceId, runId],
  );
  if (closed.length === 0) return [];
  const id = findingId(tx.tenantId, sourceId, KIND);
  const [open] = await tx.query<{ finding: Finding }>(
    "select to_jsonb(findings) as finding from findings where id = $1 and closed_at is null",
    [id],
  );
  if (open === undefined) return [];
  const { kind, cause, summary, evidence, remedy } = open.finding;
  const result = {
    id,
    kind,
    cause,
    summary: `${summary}; a full read of ${records} records has changed ${changed} objects`,
    evidence: { ...evidence, records: Number(records), changed: Number(changed) },
    remedy,
  };
  return [...(await openFindings(tx, sourceId, [result], "refresh")), ...(await closeFindings(tx, sourceId, [id]))];
}
