import { equals } from "../store/read/conditions.ts";
import { type DeliveryFilter, deliveryConditions } from "../store/read/delivery-filter.ts";
import { createParameters } from "../store/read/parameters.ts";
import type { Transaction } from "../store/database.ts";

/** What was done to deliveries that meet a filter. */
export interface DoneToMany {
  readonly count: number;
  /** More of them meet the filter than were taken. */
  readonly more: boolean;
}

/** Ids of deliveries that meet the filter, locked, the oldest first; `more` when there are more than `limit`. */
export async function pickDeliveries(
  tx: Transaction,
  filter: DeliveryFilter,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const parameters = createParameters();
  const where = [equals("tenant_id", tx.tenantId), ...deliveryConditions(filter)]
    .map((condition) => condition(parameters))
    .filter((text) => text !== undefined);
  const rows = await tx.query<{ id: string }>(
    `select id from deliveries where ${where.join(" and ")}
     order by received_at, id limit ${parameters.add(limit + 1)} for update`,
    parameters.values,
  );
  return { ids: rows.slice(0, limit).map(({ id }) => id), more: rows.length > limit };
}
