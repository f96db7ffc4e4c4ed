import type { Transaction } from "../../store/database.ts";
import { type DeliveryFilter, selectDeliveries } from "../../store/queries/delivery-filter.ts";
import type { DeliveryRow } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import type { PageRequest } from "./page.ts";
import { createParameters } from "../../store/queries/parameters.ts";

const { select } = OPERATION_TABLES.Delivery;

/**
 * Reads a page of deliveries, newest first. It is merged from one page of each source and each requested value: it
 * reads at most that number of rows, however many exist.
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
  const { after } = page;
  const behind =
    after === undefined
      ? ""
      : ` and (deliveries.received_at, deliveries.id) < (${parameters.add(after.at)}::timestamptz, ${parameters.add(after.id)})`;
  const parts = selections.map(
    ({ each, where }) => `select found.* from ${each} cross join lateral (
      select ${select} from deliveries where ${where}${behind}
      order by deliveries.received_at desc, deliveries.id desc limit ${limit}) as found`,
  );
  return tx.query<DeliveryRow & Record<string, unknown>>(
    `select page.* from (${parts.join(" union all ")}) as page order by page."receivedAt" desc, page.id desc limit ${limit}`,
    parameters.values,
  );
}
