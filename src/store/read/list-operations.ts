import type { OperationType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import { type Condition, equals, isOneOf, literally } from "./conditions.ts";
import { listPage } from "./list-page.ts";
import type { OperationRows } from "./operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import type { PageRequest } from "./page.ts";

/** Conditions that every list of operational objects takes; null and undefined ask for nothing. */
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
  conditions: readonly Condition[],
  page: PageRequest,
): Promise<OperationRows[Type][]> {
  return listPage(tx, { ...OPERATION_TABLES[type], conditions, page });
}

/** A page of runs, newest first. */
export function listSyncRuns(tx: Transaction, filter: StatusListFilter, page: PageRequest) {
  return list(tx, "SyncRun", [isOneOf("source_id", filter.sourceIds), isOneOf("status", filter.status)], page);
}

/** A page of files, by when they were brought, newest first. */
export function listFiles(tx: Transaction, filter: StatusListFilter, page: PageRequest) {
  return list(tx, "File", [isOneOf("source_id", filter.sourceIds), isOneOf("status", filter.status)], page);
}

/** A page of quarantined records, by when they were first met, newest first. */
export function listQuarantinedRecords(tx: Transaction, filter: QuarantineListFilter, page: PageRequest) {
  const own = [isOneOf("entity_type", filter.entityTypes), equals("status", filter.status)];
  return list(tx, "QuarantinedRecord", [isOneOf("source_id", filter.sourceIds), ...own], page);
}

/** A page of findings, newest first. */
export function listFindings(tx: Transaction, filter: FindingListFilter, page: PageRequest) {
  const open = filter.isOpen === true ? [literally("closed_at is null")] : [];
  const closed = filter.isOpen === false ? [literally("closed_at is not null")] : [];
  return list(tx, "Finding", [isOneOf("source_id", filter.sourceIds), ...open, ...closed], page);
}
