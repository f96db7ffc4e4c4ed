import { ServiceError } from "../domain/error.ts";
import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import type { Database, Transaction } from "../store/database.ts";
import { type DoneToMany, pickDeliveries } from "./pick-deliveries.ts";

/** Why a delivery is not to be applied, and who says so. */
export interface Discard {
  readonly reason: string;
  readonly by: string;
}

/**
 * Decides that a delivery is not to be applied. One that is discarded stays as it was.
 * @throws ServiceError NOT_FOUND | CONFLICT when it is applied | STORE_UNAVAILABLE
 */
export function discardDelivery(db: Database, tenantId: string, id: string, discard: Discard): Promise<void> {
  return db.transaction(tenantId, async (tx) => {
    const rows = await tx.query<{ status: string }>("select status from deliveries where id = $1 for update", [id]);
    const status = rows[0]?.status;
    if (status === undefined) throw new ServiceError("NOT_FOUND", "there is no such delivery");
    if (status === "APPLIED") throw new ServiceError("CONFLICT", "the delivery is applied already");
    if (status !== "DISCARDED") await markDiscarded(tx, [id], discard);
  });
}

/**
 * Decides that deliveries are not to be applied, the oldest first: those that are PENDING or PARKED.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export function discardDeliveries(
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
  limit: number,
  discard: Discard,
): Promise<DoneToMany> {
  return db.transaction(tenantId, async (tx) => {
    const open = ["PENDING", "PARKED"];
    const status = filter.status?.filter((one) => open.includes(one)) ?? open;
    const { ids, more } = await pickDeliveries(tx, { ...filter, status }, limit);
    await markDiscarded(tx, ids, discard);
    return { count: ids.length, more };
  });
}

async function markDiscarded(tx: Transaction, ids: readonly string[], { reason, by }: Discard): Promise<void> {
  await tx.query(
    `update deliveries set status = 'DISCARDED', discard_reason = $2, discarded_by = $3, finished_at = now()
     where id = any($1)`,
    [ids, reason, by],
  );
}
