import { STREAM } from "../../domain/lifecycles.ts";
import type { Database } from "../../store/database.ts";
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

/** Streams of one tenant that a search returns at least, if so many are due. */
const MIN_PER_TENANT = 4;
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
): Promise<readonly DueStream[]> {
  return await db.acrossTenants<DueStream & Record<string, unknown>>(FIND, [limit, exceptSourceIds]);
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
    select greatest(${MIN_PER_TENANT}, $1::integer / greatest(1, count(tenant_id)))::integer as share from tenants
  )
  select tenant_id as "tenantId", source_id as "sourceId", run_id as "runId", stream, turn::integer as turn from (
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
  ) as found
  order by turn, random() limit $1`;
