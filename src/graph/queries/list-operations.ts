import type { OperationType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { literally } from "../../store/queries/conditions.ts";
import { type CountedList, countList } from "./count-list.ts";
import { indexedBy } from "./indexed-filter.ts";
import { listPage } from "./list-page.ts";
import type { QuarantineFilter } from "../../store/queries/quarantine-filter.ts";
import type { OperationRows } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import type { ListCount, ListOrder, PageRequest } from "./page.ts";

/** Conditions that every list of operational objects accepts; null and undefined set no condition. */
export interface OperationFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
}

/** Conditions of the lists of runs and files. */
export interface StatusListFilter extends OperationFilter {
  readonly status?: readonly string[] | null | undefined;
}

export interface FindingListFilter extends OperationFilter {
  readonly isOpen?: boolean | null | undefined;
}

/** A list of one kind of operational object. */
export interface OperationList<Type extends OperationType, Filter> {
  readonly type: Type;
  /** Returns the conditions of a filter, except those on sources. */
  readonly conditions: (filter: Filter) => Pick<CountedList, "indexed"> & Partial<CountedList>;
}

/** Runs. */
export const SYNC_RUNS: OperationList<"SyncRun", StatusListFilter> = {
  type: "SyncRun",
  conditions: ({ status }) => ({ indexed: [indexedBy("status", status)] }),
};

/** Files, by time of arrival. */
export const FILES: OperationList<"File", StatusListFilter> = {
  type: "File",
  conditions: ({ status }) => ({ indexed: [indexedBy("status", status)] }),
};

/** Quarantined records, by the time they were first received. */
export const QUARANTINED_RECORDS: OperationList<"QuarantinedRecord", QuarantineFilter> = {
  type: "QuarantinedRecord",
  conditions: ({ entityTypes, status, paths }) => ({
    indexed: [indexedBy("entity_type", entityTypes), indexedBy("status", status), indexedBy("path", paths)],
  }),
};

/** Findings. */
export const FINDINGS: OperationList<"Finding", FindingListFilter> = {
  type: "Finding",
  conditions: ({ isOpen }) => {
    if (typeof isOpen !== "boolean") return { indexed: [] };
    const conditions = [literally(`closed_at is ${isOpen ? "null" : "not null"}`)];
    return { indexed: [], conditions, driving: conditions, hasPartialIndex: true };
  },
};

/** Time columns of the orders of each list, by the names in the SDL without the direction. The first is the default. */
const ORDER_COLUMNS: { readonly [Type in OperationType]: Readonly<Record<string, string>> } = {
  SyncRun: { CREATED: "created_at" },
  Delivery: { RECEIVED: "received_at" },
  QuarantinedRecord: { FIRST: "first_at", LAST: "last_at" },
  Finding: { OPENED: "opened_at" },
  File: { RECEIVED: "received_at" },
};

/** Returns the order of a list by its name in the SDL; by default the newest come first. */
function operationOrder(type: OperationType, name: string | undefined): ListOrder {
  const [, columnName = "", direction] = /^(\w+)_(ASC|DESC)$/.exec(name ?? "") ?? [];
  const column = name === undefined ? OPERATION_TABLES[type].orderBy : ORDER_COLUMNS[type][columnName];
  if (column === undefined) throw new Error(`there is no order ${name} of ${type}`); // the SDL has the same names
  return { column, type: "timestamptz", isAscending: direction === "ASC" };
}

function queryOf<Type extends OperationType, Filter extends OperationFilter>(
  { type, conditions }: OperationList<Type, Filter>,
  filter: Filter,
  orderName?: string,
): CountedList & { readonly select: string } {
  const { table, select, orderBy } = OPERATION_TABLES[type];
  const own = conditions(filter);
  const order = operationOrder(type, orderName);
  return {
    table,
    select: `${select}, ${table}.${order.column}::text as "orderKey"`,
    order,
    isByTime: order.column === orderBy,
    conditions: [],
    ...own,
    indexed: [...own.indexed, indexedBy("source_id", filter.sourceIds)],
  };
}

/** A page of one kind of operational object. */
export function listOperations<Type extends OperationType, Filter extends OperationFilter>(
  tx: Transaction,
  list: OperationList<Type, Filter>,
  filter: Filter,
  page: PageRequest,
): Promise<OperationRows[Type][]> {
  return listPage(tx, { ...queryOf(list, filter, page.order), page });
}

/** Counts one kind of operational object. */
export function countOperations<Type extends OperationType, Filter extends OperationFilter>(
  tx: Transaction,
  list: OperationList<Type, Filter>,
  filter: Filter,
): Promise<ListCount> {
  return countList(tx, queryOf(list, filter));
}
