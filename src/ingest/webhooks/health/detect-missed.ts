import { updateFindings } from "../../apply/update-findings.ts";
import type { NewEvent } from "../../../events/event.ts";
import type { Transaction } from "../../../store/database.ts";
import { type Missed, missedFinding } from "./missed-finding.ts";

/** A delivery that arrives within this time after its event is late, not lost. */
const GRACE_SECONDS = 120;
/** More than twice the time that the list of any poll reaches back, so that no event is counted twice. */
const KEPT_DAYS = 7;

/**
 * Evaluates the events that an upstream lists and that were not delivered when it listed them. Events that arrived
 * since are removed; those older than the grace period count as missed. The finding closes once events that happened
 * later have been delivered: a single delivery among many missed ones proves nothing.
 */
export async function detectMissed(tx: Transaction, sourceId: string): Promise<readonly NewEvent[]> {
  await tx.query(
    `delete from listed_events as listed using (
       select open.id, existing.id is not null as came from listed_events as open
       left join lateral (select id from deliveries where id = open.id offset 0) as existing on true
       where open.source_id = $1 offset 0
     ) as found
     where listed.id = found.id and (found.came or missed_at < now() - $2 * interval '1 day')`,
    [sourceId, KEPT_DAYS],
  );
  const found = await tx.query(
    `update listed_events set missed_at = now()
     where source_id = $1 and missed_at is null and at < now() - $2 * interval '1 second' returning 1 as missed`,
    [sourceId, GRACE_SECONDS],
  );
  if (found.length > 0) await countMissed(tx, sourceId, found.length);
  return updateFindings(tx, sourceId, [missedFinding(sourceId, await findMissed(tx, sourceId))]);
}

async function findMissed(tx: Transaction, sourceId: string): Promise<Missed | undefined> {
  const [row] = await tx.query<{ count: bigint; first: string; last: string; types: string[] }>(
    `select count(*) as count, min(at) as first, max(at) as last, array_agg(distinct event_type) as types
     from listed_events where source_id = $1 and missed_at is not null
     having max(missed_at) >= coalesce((select max(last_at) from webhook_types where source_id = $1), '-infinity')`,
    [sourceId],
  );
  return row && { count: Number(row.count), first: row.first, last: row.last, types: row.types };
}

async function countMissed(tx: Transaction, sourceId: string, missed: number): Promise<void> {
  await tx.query(
    `insert into webhook_counts as existing (tenant_id, source_id, at, missed)
     values ($1, $2, date_trunc('minute', now()), $3)
     on conflict (tenant_id, source_id, at) do update set missed = existing.missed + excluded.missed`,
    [tx.tenantId, sourceId, missed],
  );
}
