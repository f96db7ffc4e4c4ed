import type { OperationType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { OperationRows, SyncRunStreamRow } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";
import { columns } from "../../store/queries/select-list.ts";

/** Finds operational objects of one kind by id, in no order; missing ones are left out. */
export function findOperations<Type extends OperationType>(
  tx: Transaction,
  type: Type,
  ids: readonly string[],
): Promise<OperationRows[Type][]> {
  const { table, select } = OPERATION_TABLES[type];
  return tx.query(`select ${select} from ${table} where ${table}.id = any($1)`, [ids]);
}

const STREAM = columns("sync_run_streams", [
  "run_id",
  "stream",
  "status",
  "records",
  "changed",
  "quarantined",
  "progress",
  "attempts",
  "error_code",
  "error_message",
  "started_at",
  "finished_at",
]);

/** Finds the streams of runs, by name within each run. */
export function findRunStreams(tx: Transaction, runIds: readonly string[]): Promise<SyncRunStreamRow[]> {
  return tx.query(`select ${STREAM} from sync_run_streams where run_id = any($1) order by run_id, stream`, [runIds]);
}
