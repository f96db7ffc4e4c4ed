import { DELIVERY } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { allows } from "../../store/status-sql.ts";

/** Deliveries of a source that arrive while it is paused: announced to subscribers, but not applied. */
export interface PausedDeliveries {
  /**
   * Marks up to `limit` deliveries as announced, in the order of arrival. Does nothing while the source is not paused.
   */
  announce(tx: Transaction, limit: number): Promise<Announced>;
}

export interface Announced {
  readonly events: readonly NewEvent[];
  /** True if there may be more. */
  readonly more: boolean;
  /** Must be called after the commit: deliveries announced until then are not examined again. */
  readonly committed: () => void;
}

/**
 * Maximum time between the timestamp of a delivery and its visibility: longer than any of our transactions may take.
 */
const LATEST = "2 minutes";

/**
 * Creates a tracker that remembers its position, so that a check during a pause of days costs no more than one during a
 * pause of minutes.
 */
export function createPausedDeliveries(sourceId: string): PausedDeliveries {
  let since = "-infinity";
  return {
    async announce(tx, limit) {
      const rows = await tx.query<{ id: string; next: string }>(
        `with due as (
           select id, next_attempt_at from deliveries
           where source_id = $1 and ${allows("status", DELIVERY, "apply")} and not announced and next_attempt_at >= $2
             and exists (select 1 from sources where id = $1 and paused)
           order by next_attempt_at limit $3 for update skip locked
         ), announced_rows as (
           update deliveries as existing set announced = true from due where existing.id = due.id
           returning existing.id, due.next_attempt_at
         )
         select id, next_attempt_at - interval '${LATEST}' as next from announced_rows order by next_attempt_at, id`,
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

/** Event for the arrival of a delivery. */
export function receivedEvent(sourceId: string, deliveryId: string): NewEvent {
  return { sourceId, body: { kind: "DeliveryReceived", deliveryId } };
}
