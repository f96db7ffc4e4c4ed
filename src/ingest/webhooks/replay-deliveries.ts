import { DELIVERY } from "../../domain/lifecycles.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { IS_BODY } from "../../store/queries/find-delivery-bodies.ts";
import { after, allowsOfKnownRow } from "../../store/status-sql.ts";
import { literally } from "../../store/queries/conditions.ts";
import { chooseDeliveries, type DeliveryBatch } from "./choose-deliveries.ts";
import type { DeliveriesChanged, Delivery } from "./delivery.ts";
import { lockDelivery } from "./delivery-row.ts";
import { bodyDeleted } from "./parse-deliveries.ts";

/** Sources whose deliveries are due now. */
interface Replayed {
  readonly sourceIds: readonly string[];
}

const HAS_BODY = `exists (select 1 from delivery_bodies bodies where ${IS_BODY})`;

/**
 * Schedules a delivery to be applied again, whatever its state. Applying checks versions, so effects that already took
 * place are not repeated; a delivery that waits for its next attempt is attempted now.
 * @throws ServiceError NOT_FOUND | INVALID_INPUT when its body is no longer stored | STORE_UNAVAILABLE
 */
export function replayDelivery(db: Database, tenantId: string, id: string): Promise<Delivery> {
  return db.transaction(tenantId, async (tx) => {
    await lockDelivery(tx, id);
    const kept = await tx.query(`select 1 from deliveries where id = $1 and ${HAS_BODY}`, [id]);
    if (kept.length === 0) throw bodyDeleted();
    await setDue(tx, [id]);
    return lockDelivery(tx, id);
  });
}

/**
 * Schedules the oldest deliveries that match the filter to be applied again, up to the limit. Those that already wait
 * to be applied and those whose body is no longer stored are skipped.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function replayDeliveries(
  db: Database,
  tenantId: string,
  batch: DeliveryBatch,
): Promise<DeliveriesChanged & Replayed> {
  return db.transaction(tenantId, async (tx) => {
    const isReplayable = literally(`status <> ${after(DELIVERY, "replay")} and ${HAS_BODY}`);
    const { ids, end } = await chooseDeliveries(tx, batch, isReplayable);
    return { count: ids.length, end, sourceIds: ids.length === 0 ? [] : await setDue(tx, ids) };
  });
}

/**
 * A delivery that was applied at its first attempt has no attempt row yet, and gets one before its counters are reset.
 * All parts of the statement see the deliveries as they were before it.
 */
async function setDue(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ source_id: string }>(
    `with recorded as (
       insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
       select $1, id, earlier_attempts + attempts, coalesce(finished_at, now()), status from deliveries
       where id = any($2) and status = ${after(DELIVERY, "apply")}
         and not exists (select 1 from delivery_attempts known where known.delivery_id = deliveries.id)
     ), due as (
       update deliveries set status = ${after(DELIVERY, "replay")}, earlier_attempts = earlier_attempts + attempts, attempts = 0, unfinished_attempts = 0,
         next_attempt_at = now(), finished_at = null, error_code = null, error_message = null,
         discard_reason = null, discarded_by = null
       where id = any($2) and ${allowsOfKnownRow("status", DELIVERY, "replay")} returning source_id
     )
     select distinct source_id from due`,
    [tx.tenantId, ids],
  );
  return rows.map((row) => row.source_id);
}
