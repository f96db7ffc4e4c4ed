import { ServiceError } from "../../domain/error.ts";
import { DELIVERY } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { after, allows, allowsOfKnownRow } from "../../store/status-sql.ts";
import { literally } from "../../store/queries/conditions.ts";
import { receivedEvent } from "./announce-paused.ts";
import { chooseDeliveries, type DeliveryBatch } from "./choose-deliveries.ts";
import type { DeliveriesChanged, Delivery } from "./delivery.ts";
import { lockDelivery } from "./delivery-row.ts";

/** Author and reason of the decision not to apply a delivery. */
export interface Discarding {
  readonly reason: string;
  readonly by: string;
}

/**
 * Discards a delivery, which is then not applied; a replay restores it. A delivery that is already discarded does not
 * change.
 * @throws ServiceError NOT_FOUND | CONFLICT when it is applied | STORE_UNAVAILABLE
 */
export function discardDelivery(db: Database, tenantId: string, id: string, discarding: Discarding): Promise<Delivery> {
  return db.transaction(tenantId, async (tx) => {
    const existing = await lockDelivery(tx, id);
    const next = DELIVERY.next[existing.status].discard;
    if (typeof next !== "string") {
      if (next.unchanged === "refused") throw new ServiceError("CONFLICT", next.reason);
      return existing;
    }
    await setAside(tx, [id], discarding);
    return lockDelivery(tx, id);
  });
}

/**
 * Discards the oldest deliveries that match the filter and wait or are parked, up to the limit.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function discardDeliveries(
  db: Database,
  tenantId: string,
  batch: DeliveryBatch,
  discarding: Discarding,
): Promise<DeliveriesChanged> {
  return db.transaction(tenantId, async (tx) => {
    const { ids, end } = await chooseDeliveries(tx, batch, literally(allows("status", DELIVERY, "discard")));
    if (ids.length > 0) await setAside(tx, ids, discarding);
    return { count: ids.length, end };
  });
}

/** A delivery that was never processed is announced now, because there is no later opportunity. */
async function setAside(tx: Transaction, ids: readonly string[], { reason, by }: Discarding): Promise<void> {
  const unannounced = await tx.query<{ id: string; source_id: string }>(
    "select id, source_id from deliveries where id = any($1) and not announced order by received_at, id",
    [ids],
  );
  await tx.query(
    `update deliveries set status = ${after(DELIVERY, "discard")}, announced = true, finished_at = now(), discard_reason = $2, discarded_by = $3
     where id = any($1) and ${allowsOfKnownRow("status", DELIVERY, "discard")}`,
    [ids, reason, by],
  );
  if (unannounced.length === 0) return;
  await appendEvents(
    tx,
    unannounced.map(({ id, source_id: sourceId }) => receivedEvent(sourceId, id)),
  );
}
