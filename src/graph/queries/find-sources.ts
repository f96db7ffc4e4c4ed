import type { HealthState } from "../../domain/health.ts";
import type { Transaction } from "../../store/database.ts";
import { type Condition, literally } from "../../store/queries/conditions.ts";
import type { SourceErasureRow, SourceRow, StreamStateRow } from "../../store/queries/operation-rows.ts";
import { columns } from "../../store/queries/select-list.ts";
import { type CountedList, countList } from "./count-list.ts";
import { indexedBy } from "./indexed-filter.ts";
import { listByName, listPage } from "./list-page.ts";
import type { ListCount, PageRequest } from "./page.ts";

const SOURCE = `${columns("sources", [
  "id",
  "connector",
  "platform",
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
  /** Ids of platforms. */
  readonly platform?: readonly string[] | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  /** Recorded states of health. */
  readonly health?: readonly HealthState[] | null | undefined;
  /** Part of the name. */
  readonly search?: string | null | undefined;
  readonly orderBy?: "ID" | keyof typeof ORDERS | null | undefined;
}

const REGISTERED = { column: "registered_at", type: "timestamptz" } as const;

/** Orders of the list other than that by name. */
const ORDERS = {
  NEWEST: { ...REGISTERED, isAscending: false },
  OLDEST: { ...REGISTERED, isAscending: true },
  STATUS_NEWEST: { column: "status_since", type: "timestamptz", isAscending: false },
} as const;

/** Reads a page of sources. */
export function listSources(tx: Transaction, filter: SourceListFilter, page: PageRequest): Promise<SourceRow[]> {
  const { orderBy } = filter;
  const query = { ...queryOf(filter), page };
  if (orderBy === "ID" || orderBy === null || orderBy === undefined)
    return listByName(tx, { ...query, select: SOURCE });
  const order = ORDERS[orderBy];
  const select = `${SOURCE}, sources.${order.column}::text as "orderKey"`;
  return listPage(tx, { ...query, select, order, isByTime: order.column === REGISTERED.column });
}

/** Counts sources. */
export function countSources(tx: Transaction, filter: SourceListFilter): Promise<ListCount> {
  return countList(tx, queryOf(filter));
}

function queryOf({ connector, platform, status, health, search }: SourceListFilter): CountedList {
  const isConnected = [status, health].some((values) => values !== null && values !== undefined);
  const connected = isConnected ? [literally("disconnected_at is null")] : [];
  return {
    table: "sources",
    order: ORDERS.NEWEST,
    conditions: [...connected, hasHealth(health), contains("sources.id", search)],
    driving: connected,
    indexed: [indexedBy("platform", platform), indexedBy("status", status), indexedBy("connector", connector)],
  };
}

/**
 * Sources with rare states are looked up in the index of the states. Those that were never evaluated have no row there,
 * so the sources of the tenant are checked one by one if these count too.
 */
function hasHealth(states: readonly HealthState[] | null | undefined): Condition {
  return (parameters) => {
    if (states === null || states === undefined) return undefined;
    const given = `any(${parameters.add([...new Set(states)])}::text[])`;
    if (!states.includes("UNKNOWN"))
      return `sources.id in (select health.source_id from source_health as health where health.state = ${given})`;
    const recorded = "select health.state from source_health as health where health.source_id = sources.id";
    return `coalesce((${recorded}), 'UNKNOWN') = ${given}`;
  };
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
