import type { Transaction } from "../database.ts";
import { equals } from "./conditions.ts";
import { type DeliveryFilter, deliveryConditions } from "./delivery-filter.ts";
import type { DeliveryRow } from "./operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import type { PageRequest } from "./page.ts";
import { createParameters, type Parameters } from "./parameters.ts";

const { select } = OPERATION_TABLES.Delivery;

/**
 * A page of deliveries, newest first. Deliveries stay for ever and are indexed by source, so a page is merged from one page of
 * each source and each status that is asked for: of as many rows as that, however many there are.
 */
export async function listDeliveries(
  tx: Transaction,
  filter: DeliveryFilter,
  page: PageRequest,
): Promise<readonly DeliveryRow[]> {
  const statuses = filter.status === null || filter.status === undefined ? [undefined] : [...new Set(filter.status)];
  if (statuses.length === 0) return [];
  const parameters = createParameters();
  const limit = parameters.add(page.limit);
  const sources = sourcesOf(filter, parameters);
  const parts = statuses.map((status) => {
    const where = conditionsOf({ ...filter, sourceIds: undefined, status: undefined }, status, page, parameters);
    return `select found.* from ${sources} cross join lateral (
      select ${select} from deliveries where ${where}
      order by deliveries.received_at desc, deliveries.id desc limit ${limit}) as found`;
  });
  return tx.query<DeliveryRow & Record<string, unknown>>(
    `select page.* from (${parts.join(" union all ")}) as page order by page."receivedAt" desc, page.id desc limit ${limit}`,
    parameters.values,
  );
}

/** A source that is no longer configured keeps its row, so that the tenant's rows are all that have deliveries. */
function sourcesOf({ sourceIds }: DeliveryFilter, parameters: Parameters): string {
  if (sourceIds === null || sourceIds === undefined) return "(select id as source_id from sources) as wanted";
  const possible = [...new Set(sourceIds)].filter((id) => !id.includes("\0")); // PostgreSQL has no such text
  return `unnest(${parameters.add(possible)}::text[]) as wanted (source_id)`;
}

/** One status at a time, as a value that the planner sees: what is set aside and what is due have indexes of their own. */
function conditionsOf(
  rest: DeliveryFilter,
  status: string | undefined,
  { after }: PageRequest,
  parameters: Parameters,
): string {
  const conditions = [equals("status", status), ...deliveryConditions(rest)];
  const texts = conditions.map((condition) => condition(parameters)).filter((text) => text !== undefined);
  if (after !== undefined) {
    const [at, id] = [parameters.add(after.at), parameters.add(after.id)];
    texts.push(`(deliveries.received_at, deliveries.id) < (${at}::timestamptz, ${id})`);
  }
  return ["deliveries.source_id = wanted.source_id", ...texts].join(" and ");
}
