import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { Database, Transaction } from "../store/database.ts";
import { literally } from "../store/read/conditions.ts";
import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import { receivedEvent } from "./announce-paused.ts";
import { chooseDeliveries } from "./choose-deliveries.ts";
import type { DeliveriesChanged, Delivery } from "./delivery.ts";
import { lockDelivery } from "./delivery-row.ts";

/** Who says that a delivery is not to be applied, and why. */
export interface Discarding {
  readonly reason: string;
  readonly by: string;
}

/**
 * Sets a delivery aside that is not to be applied; a replay brings it back. One that is discarded already stays as it is.
 * @throws ServiceError NOT_FOUND | CONFLICT when it is applied | STORE_UNAVAILABLE
 */
export function discardDelivery(db: Database, tenantId: string, id: string, discarding: Discarding): Promise<Delivery> {
  return db.transaction(tenantId, async (tx) => {
    const held = await lockDelivery(tx, id);
    if (held.status === "APPLIED") throw new ServiceError("CONFLICT", "the delivery is applied already");
    if (held.status === "DISCARDED") return held;
    await setAside(tx, [id], discarding);
    return lockDelivery(tx, id);
  });
}

/**
 * Sets the oldest deliveries aside that meet the filter and wait or are parked, up to the limit.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function discardDeliveries(
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
  limit: number,
  discarding: Discarding,
): Promise<DeliveriesChanged> {
  return db.transaction(tenantId, async (tx) => {
    const { ids, more } = await chooseDeliveries(tx, filter, literally("status in ('PENDING', 'PARKED')"), limit);
    if (ids.length > 0) await setAside(tx, ids, discarding);
    return { count: ids.length, more };
  });
}

/** One that was never taken up is told of now: there is no later moment for it. */
async function setAside(tx: Transaction, ids: readonly string[], { reason, by }: Discarding): Promise<void> {
  const untold = await tx.query<{ id: string; source_id: string }>(
    "select id, source_id from deliveries where id = any($1) and not announced order by received_at, id",
    [ids],
  );
  await tx.query(
    `update deliveries set status = 'DISCARDED', announced = true, finished_at = now(), discard_reason = $2, discarded_by = $3
     where id = any($1)`,
    [ids, reason, by],
  );
  if (untold.length === 0) return;
  await appendEvents(
    tx,
    untold.map(({ id, source_id: sourceId }) => receivedEvent(sourceId, id)),
  );
}
