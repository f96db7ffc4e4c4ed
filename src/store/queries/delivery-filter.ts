import { DELIVERY } from "../../domain/lifecycles.ts";
import { literals } from "../status-sql.ts";
import { type Condition, isOneOf, isWithin, literally } from "./conditions.ts";
import type { Parameters } from "./parameters.ts";

/** Filter of deliveries, which must meet every condition; null and undefined set no condition. */
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

/** SQL of one of the selections that together contain the deliveries that match a filter, each of them once. */
export interface DeliverySelection {
  /** FROM items, for each row of which the deliveries that match `where` are read by an index, in their order. */
  readonly each: string;
  readonly where: string;
}

/**
 * Returns the selections for a filter; none if an empty list matches nothing. Deliveries are kept permanently and are
 * indexed by source, so each selection is merged from the sources, and from the values of the rarest condition. Those
 * that are pending have an index of their own.
 */
export function selectDeliveries(filter: DeliveryFilter, parameters: Parameters): readonly DeliverySelection[] {
  const lists = [filter.sourceIds, filter.status, filter.eventTypes, filter.errorCodes];
  if (lists.some((list) => list?.length === 0)) return [];
  const sources = sourcesOf(filter, parameters);
  const within = isWithin("received_at", filter.receivedFrom, filter.receivedTo);
  const selection = (merged: readonly string[] | undefined, column: string, conditions: readonly Condition[]) => {
    const isMerged = merged !== undefined && merged.length > 1;
    const values = isMerged ? ` cross join unnest(${parameters.add(possible(merged))}::text[]) as merged (value)` : "";
    const own = isMerged ? literally(`${column} = merged.value`) : isOneOf(column, merged);
    const where = ["deliveries.source_id = requested.source_id", own, ...conditions, within];
    return {
      each: `${sources}${values}`,
      where: where.flatMap((one) => (typeof one === "string" ? one : (one(parameters) ?? []))).join(" and "),
    };
  };
  const { status, eventTypes, errorCodes } = filter;
  if (isList(errorCodes)) {
    return [selection(errorCodes, "error_code", [isOneOf("status", status), isOneOf("event_type", eventTypes)])];
  }
  const types = isList(eventTypes) ? eventTypes : undefined;
  return statusesOf(filter).map((condition) =>
    condition === IS_PENDING
      ? selection(undefined, "event_type", [literally(condition), isOneOf("event_type", types)])
      : selection(types, "event_type", condition === undefined ? [] : [literally(condition)]),
  );
}

const PENDING = literals(DELIVERY.initial);
const IS_PENDING = `status in (${PENDING})`;

/** Conditions on the status, one for each selection, as constants: the indexes contain some statuses only. */
function statusesOf({ status, eventTypes }: DeliveryFilter): readonly (string | undefined)[] {
  if (isList(status)) {
    const known = Object.keys(DELIVERY.next).filter((one) => status.includes(one));
    return known.map((one) =>
      DELIVERY.initial.some((initial) => initial === one)
        ? IS_PENDING
        : `status = ${literals([one])} and status not in (${PENDING})`,
    );
  }
  return isList(eventTypes) ? [`status not in (${PENDING})`, IS_PENDING] : [undefined];
}

/** A source that is no longer configured keeps its row, so the tenant's rows are all sources that have deliveries. */
function sourcesOf({ sourceIds }: DeliveryFilter, parameters: Parameters): string {
  if (!isList(sourceIds)) return "(select id as source_id from sources) as requested";
  return `unnest(${parameters.add(possible(sourceIds))}::text[]) as requested (source_id)`;
}

function isList(list: readonly string[] | null | undefined): list is readonly string[] {
  return list !== null && list !== undefined;
}

/** PostgreSQL text cannot contain U+0000. */
function possible(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => !value.includes("\0"));
}
