import type { Transaction } from "../store/database.ts";
import type { Condition } from "../store/read/conditions.ts";
import { type DeliveryFilter, deliveryConditions } from "../store/read/delivery-filter.ts";
import { createParameters } from "../store/read/parameters.ts";

/** Deliveries that something is to be done with, locked by the transaction that chose them. */
export interface Chosen {
  readonly ids: readonly string[];
  /** More of them meet the conditions. */
  readonly more: boolean;
}

/**
 * The oldest deliveries that meet a filter and a condition, up to a limit. Each source's are read from its own index and
 * merged, and all are locked in the order of their ids, so that two who choose at the same time never wait in a circle.
 */
export async function chooseDeliveries(
  tx: Transaction,
  filter: DeliveryFilter,
  condition: Condition,
  limit: number,
): Promise<Chosen> {
  const parameters = createParameters();
  const conditions = [...deliveryConditions(filter), condition].flatMap((one) => one(parameters) ?? []).join(" and ");
  const most = parameters.add(limit + 1);
  const found = await tx.query<{ id: string }>(
    `select own.id from sources cross join lateral (
       select id, received_at from deliveries where source_id = sources.id and ${conditions}
       order by received_at, id limit ${most}
     ) as own order by own.received_at, own.id limit ${most}`,
    parameters.values,
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  return { ids: await lock(tx, ids, condition), more: found.length > limit };
}

/** Those that still are what they were chosen for: whoever worked on one meanwhile was waited for. */
async function lock(tx: Transaction, ids: readonly string[], condition: Condition): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const parameters = createParameters();
  const among = parameters.add(ids);
  const still = condition(parameters) ?? "true";
  const rows = await tx.query<{ id: string }>(
    `select id from deliveries where id = any(${among}) and ${still} order by id for update`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}
