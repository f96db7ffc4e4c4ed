import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import type { Database } from "../store/database.ts";
import { type DoneToMany, pickDeliveries } from "./pick-deliveries.ts";

/**
 * Has deliveries applied again, the oldest first: those that are not PENDING and whose bodies are kept.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function replayDeliveries(
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
  limit: number,
): Promise<DoneToMany & { readonly sourceIds: readonly string[] }> {
  return db.transaction(tenantId, async (tx) => {
    const status = filter.status?.filter((one) => one !== "PENDING") ?? ["APPLIED", "PARKED", "DISCARDED"];
    const { ids, more } = await pickDeliveries(tx, { ...filter, status }, limit);
    const rows = await tx.query<{ source_id: string }>(
      `update deliveries set status = 'PENDING', earlier_attempts = earlier_attempts + attempts, attempts = 0,
         next_attempt_at = now(), finished_at = null, error_code = null, error_message = null, discard_reason = null,
         discarded_by = null
       where id = any($1) and exists (select 1 from delivery_bodies bodies
         where bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at)
       returning source_id`,
      [ids],
    );
    return { count: rows.length, more, sourceIds: [...new Set(rows.map((row) => row.source_id))] };
  });
}
