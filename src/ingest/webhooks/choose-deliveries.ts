import type { Transaction } from "../../store/database.ts";
import type { Condition } from "../../store/queries/conditions.ts";
import { type DeliveryFilter, selectDeliveries } from "../../store/queries/delivery-filter.ts";
import { createParameters } from "../../store/queries/parameters.ts";

/** Deliveries that were selected for an operation, locked by the transaction that selected them. */
export interface Chosen {
  readonly ids: readonly string[];
  /** True if more deliveries match the conditions. */
  readonly more: boolean;
}

/**
 * Selects the oldest deliveries that match a filter and a condition, up to a limit. Those of each source are read from
 * its own index and merged, and all are locked in the order of their ids, so that two concurrent selections never
 * deadlock.
 */
export async function chooseDeliveries(
  tx: Transaction,
  filter: DeliveryFilter,
  condition: Condition,
  limit: number,
): Promise<Chosen> {
  const parameters = createParameters();
  const selections = selectDeliveries(filter, parameters);
  if (selections.length === 0) return { ids: [], more: false };
  const own = condition(parameters) ?? "true";
  const most = parameters.add(limit + 1);
  const parts = selections.map(
    ({ each, where }) => `select own.* from ${each} cross join lateral (
       select id, received_at from deliveries where ${where} and ${own} order by received_at, id limit ${most}
     ) as own`,
  );
  const found = await tx.query<{ id: string }>(
    `select id from (${parts.join(" union all ")}) as own order by own.received_at, own.id limit ${most}`,
    parameters.values,
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  return { ids: await lock(tx, ids, condition), more: found.length > limit };
}

/** Returns those that still match the condition: the lock waited for any process that worked on one meanwhile. */
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
