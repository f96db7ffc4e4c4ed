import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** Deliveries of a source that came while it is paused: told to subscribers, and not applied. */
export interface PausedDeliveries {
  /** Notes up to `limit` as told, in the order of arrival. Nothing while the source is not paused. */
  announce(tx: Transaction, limit: number): Promise<Announced>;
}

export interface Announced {
  readonly events: readonly NewEvent[];
  /** There may be more. */
  readonly more: boolean;
  /** To be called after the commit: what is told by then is not looked at again. */
  readonly committed: () => void;
}

/** A delivery may become visible that much later than it is dated: longer than any transaction of ours may take. */
const LATEST = "2 minutes";

/** Remembers how far it came, so that a pause of days costs each look no more than one of minutes. */
export function createPausedDeliveries(sourceId: string): PausedDeliveries {
  let since = "-infinity";
  return {
    async announce(tx, limit) {
      const rows = await tx.query<{ id: string; next: string }>(
        `with due as (
           select id, next_attempt_at from deliveries
           where source_id = $1 and status = 'PENDING' and not announced and next_attempt_at >= $2
             and exists (select 1 from sources where id = $1 and paused)
           order by next_attempt_at limit $3 for update skip locked
         ), told as (
           update deliveries as held set announced = true from due where held.id = due.id
           returning held.id, due.next_attempt_at
         )
         select id, next_attempt_at - interval '${LATEST}' as next from told order by next_attempt_at, id`,
        [sourceId, since, limit],
      );
      const next = rows.at(-1)?.next ?? since;
      return {
        events: rows.map(({ id }) => receivedEvent(sourceId, id)),
        more: rows.length >= limit,
        committed: () => void (since = next),
      };
    },
  };
}

/** That a delivery has come. */
export function receivedEvent(sourceId: string, deliveryId: string): NewEvent {
  return { sourceId, body: { kind: "DeliveryReceived", deliveryId } };
}
