import type { DeliveryFilter } from "../src/graph/loaders/models.ts";
import { requireCondition, requireLimit } from "./bulk-selection.ts";
import { requireShortValues } from "./input-error.ts";
import { requireBefore } from "./require-order.ts";

/**
 * Validates a filter of deliveries against its description.
 * @param argument its name in the request: `filter`, `input.filter`
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireDeliveryFilter(argument: string, filter: DeliveryFilter): void {
  requireShortValues(argument, filter);
  const { receivedFrom, receivedTo } = filter;
  requireBefore(`${argument}.receivedFrom`, receivedFrom, `${argument}.receivedTo`, receivedTo);
}

/** Maximum number of deliveries that one call changes. */
const MAX_DELIVERIES = 10_000;
const DEFAULT_DELIVERIES = 1_000;

/** Selection of deliveries for a bulk operation, as received. */
interface ManyDeliveries {
  readonly filter: DeliveryFilter;
  readonly limit?: number | null | undefined;
}

/**
 * Validates the selection of deliveries for a bulk operation. To select all of them, the caller must give a condition
 * that all of them meet: omitting a field must never select everything.
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireManyDeliveries({ filter, limit }: ManyDeliveries): {
  readonly filter: DeliveryFilter;
  readonly limit: number;
} {
  requireCondition(filter);
  requireDeliveryFilter("input.filter", filter);
  return { filter, limit: requireLimit(limit ?? DEFAULT_DELIVERIES, MAX_DELIVERIES) };
}
