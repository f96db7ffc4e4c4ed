import type { DeliveryFilter } from "../src/loaders/models.ts";
import { inputError, requireShortLists } from "./input-error.ts";
import { requireBefore } from "./require-order.ts";

/**
 * Holds a filter of deliveries to what its description says.
 * @param argument where it stands: `filter`, `input.filter`
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireDeliveryFilter(argument: string, filter: DeliveryFilter): void {
  requireShortLists(argument, filter);
  const { receivedFrom, receivedTo } = filter;
  requireBefore(`${argument}.receivedFrom`, receivedFrom, `${argument}.receivedTo`, receivedTo);
}

/** Deliveries that one call does something to. */
const MAX_DELIVERIES = 10_000;
const DEFAULT_DELIVERIES = 1_000;

/** Which deliveries something is to be done to, as they come. */
interface ManyDeliveries {
  readonly filter: DeliveryFilter;
  readonly limit?: number | null | undefined;
}

/**
 * Which deliveries something is to be done to. Whoever means all of them has to say a condition that all of them meet: nobody
 * does it to everything by leaving something out.
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireManyDeliveries({ filter, limit }: ManyDeliveries): {
  readonly filter: DeliveryFilter;
  readonly limit: number;
} {
  const isEmpty = Object.values(filter).every((condition) => condition === null || condition === undefined);
  if (isEmpty) throw inputError("input.filter", "must have at least one condition");
  requireDeliveryFilter("input.filter", filter);
  const most = limit ?? DEFAULT_DELIVERIES;
  if (most < 1 || most > MAX_DELIVERIES) {
    throw inputError("input.limit", `must be between 1 and ${MAX_DELIVERIES}, got ${most}`);
  }
  return { filter, limit: most };
}
