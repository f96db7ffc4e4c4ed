import { type EndedRunStatus, RUN, STREAM } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import type { SyncMode } from "./run.ts";
import { after, isOpen, leads } from "../../store/status-sql.ts";

/**
 * Requests the end of a run.
 * @returns the run's source; undefined if no open run has this id
 */
export async function requestCancel(tx: Transaction, runId: string): Promise<string | undefined> {
  const rows = await tx.query<{ source_id: string }>(
    `update sync_runs set cancel_requested = true where id = $1 and ${isOpen("status", RUN)} returning source_id`,
    [runId],
  );
  return rows[0]?.source_id;
}

export interface EndedRun extends Record<string, unknown> {
  readonly status: EndedRunStatus;
  readonly mode: SyncMode;
  /** Sums over the streams of the run. */
  readonly records: bigint;
  readonly changed: bigint;
  readonly quarantined: bigint;
  /** Code of the error of a failed stream. */
  readonly code: string | null;
  readonly duration_ms: number;
}

/**
 * Ends a run when none of its streams is open any more: `FAILED` if one failed, else `CANCELED` if one was canceled,
 * else `SUCCEEDED`. The transaction has locked the run by an earlier statement.
 * @returns undefined if it is still open, or had ended before
 */
export async function endRun(tx: Transaction, runId: string): Promise<EndedRun | undefined> {
  const rows = await tx.query<EndedRun>(END_RUN, [runId], { prepared: true });
  return rows[0];
}

const END_RUN = `
  update sync_runs set finished_at = now(), status = ended.status
  from (select case when bool_or(status = ${after(STREAM, "fail")}) then ${after(RUN, "fail")}
          when bool_or(status = ${after(STREAM, "cancel")}) then ${after(RUN, "cancel")}
          else ${after(RUN, "succeed")} end as status, sum(records)::bigint as records, sum(changed)::bigint as changed,
          sum(quarantined)::bigint as quarantined,
          min(error_code) filter (where status = ${after(STREAM, "fail")}) as code
        from sync_run_streams where run_id = $1
        having not bool_or(${isOpen("status", STREAM)})) as ended
  where id = $1 and ${leads("sync_runs.status", "ended.status", RUN, ["succeed", "fail", "cancel"])}
  returning ended.*, mode, (extract(epoch from now() - coalesce(started_at, created_at)) * 1000)::float8 as duration_ms`;
