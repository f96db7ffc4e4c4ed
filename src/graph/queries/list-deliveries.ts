import type { Transaction } from "../../store/database.ts";
import { type DeliveryFilter, selectDeliveries } from "../../store/queries/delivery-filter.ts";
import type { DeliveryRow } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import { inListOrder, type ListCount, type PageRequest, readsAscending } from "./page.ts";
import { boundsOf } from "./list-page.ts";
import { createParameters } from "../../store/queries/parameters.ts";

const { select } = OPERATION_TABLES.Delivery;

/**
 * Reads a page of deliveries by the time of their arrival. It is merged from one page of each source and each requested
 * value: it reads at most that number of rows, however many exist.
 */
export async function listDeliveries(
  tx: Transaction,
  filter: DeliveryFilter,
  page: PageRequest,
): Promise<readonly DeliveryRow[]> {
  const parameters = createParameters();
  const limit = parameters.add(page.limit);
  const selections = selectDeliveries(filter, parameters);
  if (selections.length === 0) return [];
  const isAscending = page.order === "RECEIVED_ASC";
  const direction = readsAscending({ isAscending }, page) ? "asc" : "desc";
  const bounds = boundsOf(page, isAscending).map(
    ([operator, { at, id }]) =>
      ` and (deliveries.received_at, deliveries.id) ${operator} (${parameters.add(at)}::timestamptz, ${parameters.add(id)})`,
  );
  const parts = selections.map(
    ({ each, where }) => `select found.* from ${each} cross join lateral (
      select ${select} from deliveries where ${where}${bounds.join("")}
      order by deliveries.received_at ${direction}, deliveries.id ${direction} limit ${limit}) as found`,
  );
  const rows = await tx.query<DeliveryRow & Record<string, unknown>>(
    `select page.* from (${parts.join(" union all ")}) as page
     order by page."receivedAt" ${direction}, page.id ${direction} limit ${limit}`,
    parameters.values,
  );
  return inListOrder(rows, page);
}

/** Up to this number deliveries are counted. */
const MAX_COUNTED = 20_000;

/** Counts deliveries. Of more than 20,000 the count says no more than that. */
export async function countDeliveries(tx: Transaction, filter: DeliveryFilter): Promise<ListCount> {
  const parameters = createParameters();
  const selections = selectDeliveries(filter, parameters);
  if (selections.length === 0) return { count: 0, isEstimate: false };
  const limit = parameters.add(MAX_COUNTED + 1);
  const parts = selections.map(
    ({ each, where }) =>
      `(select 1 from ${each} cross join lateral (
        select 1 from deliveries where ${where} order by received_at desc, id desc limit ${limit}
      ) as found limit ${limit})`,
  );
  const [row] = await tx.query<{ count: bigint }>(
    `select count(*) as count from (select 1 from (${parts.join(" union all ")}) as found limit ${limit}) as counted`,
    parameters.values,
  );
  const count = Number(row?.count ?? 0);
  return { count: Math.min(count, MAX_COUNTED), isEstimate: count > MAX_COUNTED };
}
