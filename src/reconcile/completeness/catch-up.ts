import { FEED, RUN, STREAM } from "../../domain/lifecycles.ts";
import { requestStreamRefresh } from "../../ingest/runs/refresh-requests.ts";
import type { Transaction } from "../../store/database.ts";
import { after, isOpen } from "../../store/status-sql.ts";
import type { ComparedStream } from "./compared-objects.ts";
import type { Comparison } from "./comparison.ts";
import type { Source } from "../../sources/source.ts";

/** Time in which a change feed that is being followed has brought what had been committed before. */
const FEED_SECONDS = 5;
/** Time after which a comparison no longer waits for the stream's own reads. */
const MAX_SECONDS = 1_800;

/**
 * Time after which other streams, one of which may be unreadable, and objects that wait to be fetched again, of which
 * there may always be some, are no longer waited for.
 */
const OTHERS_SECONDS = 30;

/**
 * Returns true if the source's own reads have brought everything that the upstream had announced at a time: reads of the
 * changes of all its streams began after it and have ended, because a stream may announce objects of another one, what
 * they announced has been fetched, and the change feed, if there is one, has been followed beyond it. `too late`: they
 * have not for so long that nobody should wait for them.
 */
export async function hasCaughtUp(
  tx: Transaction,
  { source, compared: { sourceId, stream } }: Comparison,
  since: string,
): Promise<boolean | "too late"> {
  const [row] = await tx.query<{ has_read: boolean; has_followed: boolean; is_late: boolean }>(
    `select ${hasRead("$2")} and ($3::timestamptz < now() - interval '${OTHERS_SECONDS} seconds' or (
           not exists (select from unnest($4::text[]) as name where not ${hasRead("name")})
           and not exists (select from refetches where source_id = $1 and next_attempt_at <= now()))) as has_read,
       not exists (
         select from change_feeds as feed where feed.source_id = $1 and $2 = any(feed.streams)
           and not coalesce(feed.position_at > $3::timestamptz, false)
           and not (feed.status = ${after(FEED, "receive")} and $3::timestamptz < now() - interval '${FEED_SECONDS} seconds')) as has_followed,
       $3::timestamptz < now() - interval '${MAX_SECONDS} seconds' as is_late`,
    [sourceId, stream, since, streamsOf(source)],
  );
  if (row?.has_read === true && row.has_followed) return true;
  return row?.is_late === true ? "too late" : false;
}

/** SQL condition: a read of the changes of a stream began after the time and has ended. */
const hasRead = (stream: string): string => `exists (
  select from sync_run_streams as own join sync_runs as run on run.id = own.run_id
  where run.source_id = $1 and own.source_id = $1 and own.stream = ${stream} and run.mode in ('INCREMENTAL', 'FULL')
    and own.status = ${after(STREAM, "succeed")} and own.started_at >= $3::timestamptz)`;

/** Requests that the changes of the source are read, unless that has been requested already. */
export function requestChanges(tx: Transaction, { source }: Comparison): Promise<void> {
  return requestStreamRefresh(tx, source.id, streamsOf(source));
}

const streamsOf = ({ connector }: Source): readonly string[] => connector.streams.map(({ name }) => name);

/** Time after which a comparison lets other runs read its stream. */
const TURN_MS = 2_000;

/** Returns true if the comparison should let another run read the stream. */
export async function isTurnOver(tx: Transaction, { nowMs, compared }: Comparison, beganMs: number): Promise<boolean> {
  return nowMs() - beganMs > TURN_MS && (await othersWait(tx, compared));
}

/** Returns true if another run waits for the stream, which nobody can read while it is compared. */
async function othersWait(tx: Transaction, { runId, sourceId, stream }: ComparedStream): Promise<boolean> {
  const rows = await tx.query(
    `select 1 as waits from sync_run_streams as other join sync_runs as run on run.id = other.run_id
     where run.source_id = $1 and other.source_id = $1 and other.stream = $2 and other.run_id <> $3
       and ${isOpen("run.status", RUN)} and ${isOpen("other.status", STREAM)} and other.next_attempt_at <= now() limit 1`,
    [sourceId, stream, runId],
  );
  return rows.length > 0;
}
