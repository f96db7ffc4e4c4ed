import type { Transaction } from "../database.ts";

/** SQL that a delivery's body is the row `bodies`: by both columns, of which one names the partition. */
export const IS_BODY = "bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at";

/** Finds bodies of deliveries, in no order; deleted ones are left out. */
export function findDeliveryBodies(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly body: Buffer }[]> {
  return tx.query(`select id, body from deliveries join delivery_bodies bodies on ${IS_BODY} where id = any($1)`, [
    ids,
  ]);
}
