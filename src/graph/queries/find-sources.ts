import type { Transaction } from "../../store/database.ts";
import { type Condition, literally } from "../../store/queries/conditions.ts";
import type { SourceErasureRow, SourceRow, StreamStateRow } from "../../store/queries/operation-rows.ts";
import { columns } from "../../store/queries/select-list.ts";
import { indexedBy, listByName, listPage } from "./list-page.ts";
import type { PageRequest } from "./page.ts";

const SOURCE = `${columns("sources", [
  "id",
  "connector",
  "status_code",
  "status_reason",
  "status_since",
  "schedule_seconds",
  "last_success_at",
  "origin",
  "disconnected_at",
])}, case when sources.disconnected_at is null then sources.status end as status,
  case when sources.origin = 'CONNECTED' then sources.registered_at end as "connectedAt",
  sources.registered_at::text as "orderedAt"`;

/** Finds sources by name, in no order; missing ones are left out. */
export function findSources(tx: Transaction, ids: readonly string[]): Promise<SourceRow[]> {
  return tx.query(`select ${SOURCE} from sources where id = any($1)`, [ids]);
}

/** Conditions on sources; null and undefined set no condition. */
export interface SourceListFilter {
  readonly connector?: readonly string[] | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  /** Part of the name. */
  readonly search?: string | null | undefined;
  readonly orderBy?: "ID" | "NEWEST" | null | undefined;
}

/** Reads a page of sources, by name or the newest first. */
export function listSources(tx: Transaction, filter: SourceListFilter, page: PageRequest): Promise<SourceRow[]> {
  const { connector, status, search, orderBy } = filter;
  const indexed = [indexedBy("status", status), indexedBy("connector", connector)];
  const conditions = [
    status === null || status === undefined ? literally("true") : literally("disconnected_at is null"),
    contains("sources.id", search),
  ];
  const list = { table: "sources", select: SOURCE, conditions, indexed, page };
  return orderBy === "NEWEST" ? listPage(tx, { ...list, orderBy: "registered_at" }) : listByName(tx, list);
}

/** Every name of the tenant is compared, in its index alone: a name is short, and a tenant has thousands at most. */
function contains(column: string, text: string | null | undefined): Condition {
  return (parameters) => (typeof text === "string" ? `position(${parameters.add(text)} in ${column}) > 0` : undefined);
}

/** Finds the newest erasures of sources, in no order. */
export function findErasures(tx: Transaction, sourceIds: readonly string[]): Promise<SourceErasureRow[]> {
  return tx.query(
    `select source_id as "sourceId", started_at as "startedAt", finished_at as "finishedAt", deleted_rows as "deletedRows"
     from source_erasures where source_id = any($1)`,
    [sourceIds],
  );
}

/** Finds the streams of sources that were ever synced, by name within each source. */
export function findStreamStates(tx: Transaction, sourceIds: readonly string[]): Promise<StreamStateRow[]> {
  return tx.query(
    `select source_id as "sourceId", stream, cursor_at as "checkpointAt", last_success_at as "lastSuccessAt",
       coalesce(lease_until > now(), false) as "isRunning"
     from stream_states where source_id = any($1) order by source_id, stream`,
    [sourceIds],
  );
}
