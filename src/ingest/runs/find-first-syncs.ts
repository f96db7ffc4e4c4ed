import type { Transaction } from "../../store/database.ts";

/** How far the first sync of a source is. */
export interface FirstSync {
  readonly sourceId: string;
  /** `synced`: it had ended before `sinceMs`. `waiting`: it has not begun, or stands still for now, see `reason`. */
  readonly state: "synced" | "waiting" | "reading" | "succeeded" | "failed" | "canceled";
  readonly records: number;
  /** Number of files that are stored; a source of files has no other records. */
  readonly files: number;
  /** 0 to 1, over all streams; undefined: the upstream gives no way to know. */
  readonly share: number | undefined;
  /** Since the run was created, until its end. */
  readonly elapsedMs: number;
  /** Why it waits or has failed; undefined: no reason is known. */
  readonly reason: string | undefined;
}

interface Row extends Record<string, unknown> {
  readonly source_id: string;
  readonly synced: boolean;
  readonly paused: boolean;
  readonly source_reason: string | null;
  readonly run_status: string | null;
  readonly elapsed_ms: number | null;
  readonly records: bigint | null;
  readonly files: bigint;
  readonly share: number | null;
  readonly is_reading: boolean | null;
  readonly stream_reason: string | null;
}

/**
 * The first sync of a source is its oldest run that was open at `since` or began later, unless the source had been
 * synced by then. The progress of streams that have ended counts as whole.
 */
const FIND = `
  select sources.id as source_id, sources.paused, sources.status_reason as source_reason,
    coalesce(sources.last_success_at < $2, false) as synced, run.status as run_status,
    (extract(epoch from coalesce(run.finished_at, clock_timestamp()) - run.created_at) * 1000)::float8 as elapsed_ms,
    streams.records, streams.share,
    (select count(*) from files where source_id = sources.id and files.status = 'STORED') as files,
    streams.is_reading, streams.reason as stream_reason
  from sources
  left join lateral (
    select id, status, created_at, finished_at from sync_runs
    where source_id = sources.id and trigger <> 'WEBHOOK' and (finished_at is null or finished_at >= $2)
    order by created_at, id limit 1
  ) as run on true
  left join lateral (
    select sum(records)::bigint as records, bool_or(status = 'RUNNING' and error_code is null) as is_reading,
      case when bool_or(progress is not null or finished_at is not null)
        then avg(case when finished_at is null then coalesce(progress, 0) else 1 end)::float8 end as share,
      min(error_message) filter (where status <> 'SUCCEEDED') as reason
    from sync_run_streams where run_id = run.id
  ) as streams on true
  where sources.id = any($1)
  order by sources.id`;

/** @param since RFC 3339, by the database's clock */
export async function findFirstSyncs(
  tx: Transaction,
  sourceIds: readonly string[],
  since: string,
): Promise<readonly FirstSync[]> {
  return (await tx.query<Row>(FIND, [sourceIds, since])).map((row) => ({
    sourceId: row.source_id,
    state: stateOf(row),
    records: Number(row.records ?? 0n),
    files: Number(row.files),
    share: row.share ?? undefined,
    elapsedMs: row.elapsed_ms ?? 0,
    reason: row.stream_reason ?? row.source_reason ?? (row.paused ? "the source is paused" : undefined),
  }));
}

const ENDED = { SUCCEEDED: "succeeded", FAILED: "failed", CANCELED: "canceled" } as const;

function stateOf({ synced, run_status: status, is_reading: isReading }: Row): FirstSync["state"] {
  if (synced) return "synced";
  if (status === "SUCCEEDED" || status === "FAILED" || status === "CANCELED") return ENDED[status];
  return isReading === true ? "reading" : "waiting";
}

/** Returns the database's time. */
export async function timeOfDatabase(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ now: string }>("select now()::text as now");
  return rows[0]?.now ?? ""; // a select without a table has one row
}
