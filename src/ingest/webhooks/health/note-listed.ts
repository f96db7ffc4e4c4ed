import type { ListedEventMessage } from "../../../connector-api/messages.ts";
import { deliveryId, deliveryKey } from "../../../domain/delivery-id.ts";
import type { Transaction } from "../../../store/database.ts";

/** An endpoint that has received no event of a type for this long may no longer be registered for it. */
const KNOWN_DAYS = 30;
/**
 * Precision of the time of a type's last delivery, unless something was missed: if each poll rewrote the row, polls
 * would block each other.
 */
const LAST_MINUTES = 60;

/**
 * Compares an upstream's own list of events with the delivered ones. Delivered events show which types arrive; the
 * undelivered events of these types are recorded until it is certain that they will not arrive:
 * src/ingest/webhooks/health/detect-missed.ts. Uses one SQL statement.
 */
export async function noteListed(
  tx: Transaction,
  sourceId: string,
  events: readonly ListedEventMessage[],
): Promise<void> {
  if (events.length === 0) return;
  const byId = new Map(
    events.map((event) => [deliveryId(tx.tenantId, sourceId, deliveryKey(event.deliveryId, "")), event]),
  );
  const ordered = [...byId].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(NOTE, [
    tx.tenantId,
    sourceId,
    ordered.map(([id]) => id),
    ordered.map(([, { eventType }]) => eventType),
    ordered.map(([, { at }]) => at),
    KNOWN_DAYS,
    LAST_MINUTES,
  ]);
}

/** `offset 0`: each event is looked up by its id, however few deliveries the planner expects. */
const NOTE = `
  with listed as (
    select incoming.*, existing.id is not null as came
    from unnest($3::text[], $4::text[], $5::timestamptz[]) as incoming (id, event_type, at)
    left join lateral (select id from deliveries where id = incoming.id offset 0) as existing on true
  ), coming as (
    select event_type, min(at) as first_at, max(at) as last_at from listed where came group by event_type
  ), known as (
    select event_type, min(first_at) as first_at from (
      select event_type, first_at from coming
      union all
      select event_type, first_at from webhook_types
      where source_id = $2 and event_type in (select event_type from listed)
        and last_at > now() - $6 * interval '1 day'
    ) as listed group by event_type
  ), learned as (
    insert into webhook_types as existing (tenant_id, source_id, event_type, first_at, last_at)
    select $1, $2, event_type, first_at, last_at from coming order by event_type
    on conflict (tenant_id, source_id, event_type) do update set
      first_at = least(existing.first_at, excluded.first_at), last_at = greatest(existing.last_at, excluded.last_at)
    where excluded.first_at < existing.first_at or excluded.last_at > existing.last_at + $7 * interval '1 minute'
      or (excluded.last_at > existing.last_at
        and exists (select from listed_events where source_id = $2 and missed_at is not null))
  )
  insert into listed_events (tenant_id, id, source_id, event_type, at)
  select $1, listed.id, $2, event_type, listed.at from listed join known using (event_type)
  where not listed.came and listed.at >= known.first_at
  on conflict do nothing`;
