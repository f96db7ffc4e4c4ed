import type { OperationType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { literally } from "../../store/queries/conditions.ts";
import { type IndexedFilter, indexedBy, listPage } from "./list-page.ts";
import type { FindingRow, OperationRows } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import type { PageRequest } from "./page.ts";

/** Conditions that every list of operational objects accepts; null and undefined set no condition. */
export interface OperationFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
}

/** Conditions of the lists of runs and files. */
export interface StatusListFilter extends OperationFilter {
  readonly status?: readonly string[] | null | undefined;
}

export interface QuarantineListFilter extends OperationFilter {
  readonly entityTypes?: readonly string[] | null | undefined;
  readonly status?: string | null | undefined;
}

export interface FindingListFilter extends OperationFilter {
  readonly isOpen?: boolean | null | undefined;
}

function list<Type extends OperationType>(
  tx: Transaction,
  type: Type,
  filter: OperationFilter,
  own: readonly IndexedFilter[],
  page: PageRequest,
): Promise<OperationRows[Type][]> {
  const indexed = [...own, indexedBy("source_id", filter.sourceIds)];
  return listPage(tx, { ...OPERATION_TABLES[type], conditions: [], indexed, page });
}

/** A page of runs, newest first. */
export function listSyncRuns(tx: Transaction, filter: StatusListFilter, page: PageRequest) {
  return list(tx, "SyncRun", filter, [indexedBy("status", filter.status)], page);
}

/** A page of files, by time of arrival, newest first. */
export function listFiles(tx: Transaction, filter: StatusListFilter, page: PageRequest) {
  return list(tx, "File", filter, [indexedBy("status", filter.status)], page);
}

/** A page of quarantined records, by the time they were first received, newest first. */
export function listQuarantinedRecords(tx: Transaction, filter: QuarantineListFilter, page: PageRequest) {
  const own = [indexedBy("entity_type", filter.entityTypes), indexedBy("status", filter.status)];
  return list(tx, "QuarantinedRecord", filter, own, page);
}

/** A page of findings, newest first. */
export function listFindings(tx: Transaction, filter: FindingListFilter, page: PageRequest) {
  const { isOpen, sourceIds } = filter;
  const hasPartialIndex = typeof isOpen === "boolean";
  const conditions = hasPartialIndex ? [literally(`closed_at is ${isOpen ? "null" : "not null"}`)] : [];
  const indexed = [indexedBy("source_id", sourceIds)];
  return listPage<FindingRow>(tx, { ...OPERATION_TABLES.Finding, conditions, hasPartialIndex, indexed, page });
}
