import { columns } from "../../store/queries/select-list.ts";

interface OperationTable {
  readonly table: string;
  readonly select: string;
  /** Time column that its list is ordered by. */
  readonly orderBy: string;
}

function operationTable(table: string, orderBy: string, names: readonly string[], more = ""): OperationTable {
  const select = `${columns(table, ["id", "source_id", ...names])}, ${table}.${orderBy}::text as "orderedAt"${more}`;
  return { table, select, orderBy };
}

/** Table of each kind of operational object, and the order in which it is listed. */
export const OPERATION_TABLES = {
  SyncRun: operationTable(
    "sync_runs",
    "created_at",
    ["mode", "trigger", "status", "range_from", "range_to", "created_at", "started_at", "finished_at"],
    `, sync_runs.cancel_requested as "isCancelRequested"`,
  ),
  Delivery: operationTable("deliveries", "received_at", [
    "delivery_key",
    "event_type",
    "status",
    "content_hash",
    "size",
    "verification",
    "received_at",
    "attempts",
    "earlier_attempts",
    "next_attempt_at",
    "finished_at",
    "error_code",
    "error_message",
    "discard_reason",
    "discarded_by",
  ]),
  QuarantinedRecord: operationTable("quarantined_records", "first_at", [
    "entity_type",
    "entity_id",
    "external_id",
    "code",
    "path",
    "problem",
    "status",
    "occurrences",
    "first_at",
    "last_at",
    "resolved_at",
    "discarded_at",
    "discarded_by",
    "discard_reason",
    "run_id",
    "raw_hash",
    "delivery_id",
    "raw_path",
  ]),
  Finding: operationTable("findings", "opened_at", [
    "kind",
    "cause",
    "summary",
    "evidence",
    "remedy",
    "opened_at",
    "closed_at",
  ]),
  File: operationTable("files", "received_at", [
    "name",
    "content_hash",
    "size",
    "media_type",
    "origin",
    "status",
    "received_at",
    "finished_at",
    "refusal",
    "problem",
    "line",
    "column",
  ]),
} as const;
