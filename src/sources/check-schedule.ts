import type { Database } from "../store/database.ts";

/** A source that receives webhooks is checked when it can be silent at the earliest: after so many intervals. */
const FIRST_INTERVALS = 10;
/** A source that has received nothing for long is checked after a tenth of that time, and at the latest after these. */
const MAX_INTERVALS = 30;

/**
 * Claims due checks of sources' webhooks over all tenants: no other process gets them before the next ones, which are
 * set by the time of the last webhook. A source whose webhooks have stopped is checked in every interval, so that their
 * return is noticed.
 * @param everyMs shortest interval between two checks of a source
 */
export async function claimDueChecks(db: Database, limit: number, everyMs: number): Promise<readonly string[]> {
  const rows = await db.acrossTenants<{ sourceId: string }>(CLAIM, [limit, everyMs]);
  return rows.map(({ sourceId }) => sourceId);
}

const EVERY = "$2 * interval '1 millisecond'";
const SINCE = "now() - source.webhook_received_at";

const CLAIM = `
  with due as (
    select source_id, tenant_id from source_schedules where check_due_at <= now()
    order by check_due_at limit $1 for update skip locked
  )
  update source_schedules as schedule set check_due_at = now() + case
      when source.webhook_silent_since is not null then ${EVERY}
      when ${SINCE} < ${FIRST_INTERVALS} * ${EVERY} then greatest(${EVERY}, ${FIRST_INTERVALS} * ${EVERY} - (${SINCE}))
      else least(${MAX_INTERVALS} * ${EVERY}, greatest(${EVERY}, (${SINCE}) / 10)) end
  from due join sources as source on source.tenant_id = due.tenant_id and source.id = due.source_id
  where schedule.source_id = due.source_id
  returning schedule.source_id as "sourceId"`;
