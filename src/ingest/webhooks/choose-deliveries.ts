import type { Transaction } from "../../store/database.ts";
import type { Condition } from "../../store/queries/conditions.ts";
import { type DeliveryFilter, selectDeliveries } from "../../store/queries/delivery-filter.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { isBehind, positionBehind, type BulkItem, type BulkPosition } from "../../store/queries/bulk-position.ts";

/** Deliveries to be changed by one call. */
export interface DeliveryBatch {
  readonly filter: DeliveryFilter;
  readonly limit: number;
  /** Position of the call before; undefined in the first call. */
  readonly after?: BulkPosition | undefined;
}

/** Deliveries that were selected for an operation, locked by the transaction that selected them. */
export interface Chosen {
  readonly ids: readonly string[];
  /** Position behind the last one; undefined if no more deliveries match the conditions. */
  readonly end: BulkPosition | undefined;
}

/**
 * Selects the oldest deliveries that match a filter and a condition, up to a limit. Those of each source are read from
 * its own index and merged, and all are locked in the order of their ids, so that two concurrent selections never
 * deadlock.
 */
export async function chooseDeliveries(
  tx: Transaction,
  { filter, limit, after }: DeliveryBatch,
  condition: Condition,
): Promise<Chosen> {
  const parameters = createParameters();
  const selections = selectDeliveries(filter, parameters);
  if (selections.length === 0) return { ids: [], end: undefined };
  const conditions = [condition, isBehind("received_at", after)].flatMap((one) => one(parameters) ?? []);
  const own = conditions.length === 0 ? "true" : conditions.join(" and ");
  const most = parameters.add(limit + 1);
  const parts = selections.map(
    ({ each, where }) => `select own.* from ${each} cross join lateral (
       select id, received_at from deliveries where ${where} and ${own} order by received_at, id limit ${most}
     ) as own`,
  );
  const found = await tx.query<BulkItem & Record<string, unknown>>(
    `select id, received_at::text as at, now()::text as now from (${parts.join(" union all ")}) as own order by own.received_at, own.id limit ${most}`,
    parameters.values,
  );
  const ids = found.slice(0, limit).map(({ id }) => id);
  return { ids: await lock(tx, ids, condition), end: positionBehind(found, limit, after) };
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
