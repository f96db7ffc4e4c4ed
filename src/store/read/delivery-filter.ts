import { type Condition, isOneOf, isWithin } from "./conditions.ts";

/** Which deliveries: those that meet every condition; null and undefined ask for nothing. */
export interface DeliveryFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly errorCodes?: readonly string[] | null | undefined;
  /** RFC 3339, inclusive. */
  readonly receivedFrom?: string | null | undefined;
  /** RFC 3339, exclusive. */
  readonly receivedTo?: string | null | undefined;
}

/** The filter as conditions on the table `deliveries`. */
export function deliveryConditions(filter: DeliveryFilter): readonly Condition[] {
  return [
    isOneOf("source_id", filter.sourceIds),
    isOneOf("status", filter.status),
    isOneOf("event_type", filter.eventTypes),
    isOneOf("error_code", filter.errorCodes),
    isWithin("received_at", filter.receivedFrom, filter.receivedTo),
  ];
}
