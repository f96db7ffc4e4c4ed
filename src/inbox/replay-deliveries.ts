import type { Database, Transaction } from "../store/database.ts";
import { literally } from "../store/read/conditions.ts";
import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import { chooseDeliveries } from "./choose-deliveries.ts";
import type { DeliveriesChanged, Delivery } from "./delivery.ts";
import { lockDelivery } from "./delivery-row.ts";
import { bodyGone } from "./parse-deliveries.ts";

/** Sources whose deliveries are due now. */
interface Replayed {
  readonly sourceIds: readonly string[];
}

const HAS_BODY = `exists (select 1 from delivery_bodies bodies
  where bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at)`;

/**
 * Has a delivery applied again, whatever became of it. Applying is gated on versions, so what it did before it does not
 * do twice; one that waits for its next try is tried now.
 * @throws ServiceError NOT_FOUND | INVALID_INPUT when its body is no longer kept | STORE_UNAVAILABLE
 */
export function replayDelivery(db: Database, tenantId: string, id: string): Promise<Delivery> {
  return db.transaction(tenantId, async (tx) => {
    await lockDelivery(tx, id);
    const kept = await tx.query(`select 1 from deliveries where id = $1 and ${HAS_BODY}`, [id]);
    if (kept.length === 0) throw bodyGone();
    await setDue(tx, [id]);
    return lockDelivery(tx, id);
  });
}

/**
 * Has the oldest deliveries that meet the filter applied again, up to the limit. Those that wait to be applied anyway and
 * those whose body is no longer kept are passed over.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function replayDeliveries(
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
  limit: number,
): Promise<DeliveriesChanged & Replayed> {
  return db.transaction(tenantId, async (tx) => {
    const { ids, more } = await chooseDeliveries(tx, filter, literally(`status <> 'PENDING' and ${HAS_BODY}`), limit);
    return { count: ids.length, more, sourceIds: ids.length === 0 ? [] : await setDue(tx, ids) };
  });
}

/**
 * A delivery that was applied at its first try has no row of it yet, and gets one before its counts begin anew.
 * All parts of the statement see the deliveries as they were before it.
 */
async function setDue(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ source_id: string }>(
    `with told as (
       insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
       select $1, id, earlier_attempts + attempts, coalesce(finished_at, now()), 'APPLIED' from deliveries
       where id = any($2) and status = 'APPLIED'
         and not exists (select 1 from delivery_attempts held where held.delivery_id = deliveries.id)
     ), due as (
       update deliveries set status = 'PENDING', earlier_attempts = earlier_attempts + attempts, attempts = 0,
         next_attempt_at = now(), finished_at = null, error_code = null, error_message = null,
         discard_reason = null, discarded_by = null
       where id = any($2) returning source_id
     )
     select distinct source_id from due`,
    [tx.tenantId, ids],
  );
  return rows.map((row) => row.source_id);
}
