import { STREAM } from "../../domain/lifecycles.ts";
import type { Database } from "../../store/database.ts";
import { shareOf } from "../../store/find-due-sources.ts";
import { isUnleased } from "../../store/lease.ts";
import { allows } from "../../store/status-sql.ts";

/** A stream of a run that is due and that nobody reads. */
export interface DueStream {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly stream: string;
  /** 1 for the stream of its tenant that has waited longest, and so on. */
  readonly turn: number;
}

export interface FoundStreams {
  readonly streams: readonly DueStream[];
  /** True if more may be due. */
  readonly hasMore: boolean;
}

/** Rows read for each stream that is returned: several runs may wait for the same one. */
const READ_FACTOR = 8;

const IS_OPEN = allows("due.status", STREAM, "claim");

/**
 * Finds due streams without an active lease over all tenants, each tenant with the same share of the limit and those
 * first that have waited longest. One row per stream, however many runs wait for it. The streams of a canceled run are
 * due even while its source is paused: they only have to be ended.
 * @param exceptSourceIds sources of which no further stream can be read at the moment
 */
export async function findDueStreams(
  db: Database,
  limit: number,
  exceptSourceIds: readonly string[],
): Promise<FoundStreams> {
  const streams = await db.acrossTenants<Found & Record<string, unknown>>(FIND, [limit, exceptSourceIds]);
  return { streams, hasMore: streams.length >= limit || streams.some(({ turn, share }) => turn === share) };
}

interface Found extends DueStream {
  /** Last turn that the search looked for. */
  readonly share: number;
}

/** Jumps from one tenant to the next in the index of open streams, so that tenants without any cost nothing. */
const FIND = `
  with recursive tenants as (
    (select tenant_id from sync_run_streams due where ${IS_OPEN} order by tenant_id limit 1)
    union all
    select (
      select due.tenant_id from sync_run_streams due where ${IS_OPEN} and due.tenant_id > tenants.tenant_id
      order by due.tenant_id limit 1
    ) from tenants where tenants.tenant_id is not null
  ), sharing as (
    select ${shareOf("count(tenant_id)")} as share from tenants
  )
  select tenant_id as "tenantId", source_id as "sourceId", run_id as "runId", stream, turn::integer as turn, share from (
    select tenants.tenant_id, own.*, row_number() over (partition by tenants.tenant_id order by own.next_attempt_at, own.run_id) as turn
    from tenants cross join lateral (
      select * from (
        select distinct on (source_id, stream) source_id, stream, run_id, next_attempt_at from (
          select due.source_id, due.stream, due.run_id, due.next_attempt_at
          from sync_run_streams due
          join sync_runs runs on runs.tenant_id = due.tenant_id and runs.id = due.run_id
          join sources on sources.tenant_id = due.tenant_id and sources.id = due.source_id
            and (not sources.paused or runs.cancel_requested)
          left join stream_states existing on existing.tenant_id = due.tenant_id
            and existing.source_id = due.source_id and existing.stream = due.stream
          where ${IS_OPEN} and due.tenant_id = tenants.tenant_id and due.next_attempt_at <= now()
            and not (due.source_id = any($2::text[])) and ${isUnleased("existing")}
          order by due.next_attempt_at, due.run_id limit (select share * ${READ_FACTOR} from sharing)
        ) as waiting order by source_id, stream, next_attempt_at, run_id
      ) as first order by next_attempt_at, run_id limit (select share from sharing)
    ) as own
    where tenants.tenant_id is not null
  ) as found cross join sharing
  order by turn, random() limit $1`;
