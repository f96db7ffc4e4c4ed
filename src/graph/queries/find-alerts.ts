import type { AlertEndpointStatus, AlertStatus } from "../../domain/lifecycles.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Transaction } from "../../store/database.ts";
import { columns } from "../../store/queries/select-list.ts";
import { type CountedList, countList } from "./count-list.ts";
import { indexedBy } from "./indexed-filter.ts";
import { listPage } from "./list-page.ts";
import type { ListCount, PageRequest } from "./page.ts";

/** An endpoint, without its URL and its secrets. */
export interface AlertEndpointRow {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly form: "STANDARD_WEBHOOKS" | "CHAT_TEXT";
  readonly minSeverity: Severity;
  readonly sourceIds: readonly string[] | null;
  readonly status: AlertEndpointStatus;
  readonly statusSince: string;
  readonly mutedUntil: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly failingSince: string | null;
  readonly error: string | null;
  readonly pausedUntil: string | null;
  readonly lastDeliveredAt: string | null;
}

/** One attempt to send a message. */
export interface AlertAttemptRow {
  readonly at: string;
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly durationMs: number;
}

/** A message to an endpoint. */
export interface AlertRow {
  readonly id: string;
  readonly endpointId: string;
  readonly sourceId: string | null;
  readonly findingId: string | null;
  readonly type: "FINDING_OPENED" | "FINDING_CLOSED" | "FINDINGS_OMITTED" | "SOURCE_HEALTH_CHANGED" | "TEST";
  readonly kind: string | null;
  readonly severity: Severity;
  readonly sentence: string | null;
  readonly changes: number;
  readonly status: AlertStatus;
  readonly createdAt: string;
  readonly dueAt: string | null;
  readonly mutedUntil: string | null;
  readonly attempts: number;
  readonly attemptLog: readonly AlertAttemptRow[];
  readonly finishedAt: string | null;
  readonly responseStatus: number | null;
  readonly error: string | null;
  /** As in `SyncedRow`: the time at which it was made. */
  readonly orderedAt: string;
}

/** A muting that has not ended. */
export interface AlertMuteRow {
  readonly id: string;
  readonly sourceId: string | null;
  readonly kind: string | null;
  readonly until: string;
  readonly reason: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** Conditions of the list of messages; null and undefined set no condition. */
export interface AlertListFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly endpointIds?: readonly string[] | null | undefined;
  readonly status?: readonly string[] | null | undefined;
}

const ENDPOINT = `${columns("alert_endpoints", [
  "id",
  "name",
  "origin",
  "form",
  "min_severity",
  "source_ids",
  "status",
  "status_since",
  "created_at",
  "created_by",
  "failing_since",
  "error",
  "last_delivered_at",
])}, case when muted_until > now() then muted_until end as "mutedUntil",
  case when closed_until > now() then closed_until end as "pausedUntil"`;

const ALERT = `${columns("alerts", [
  "id",
  "endpoint_id",
  "source_id",
  "finding_id",
  "type",
  "kind",
  "severity",
  "changes",
  "status",
  "created_at",
  "due_at",
  "muted_until",
  "attempts",
  "attempt_log",
  "finished_at",
  "response_status",
  "error",
])}, alerts.data ->> 'sentence' as sentence, alerts.created_at::text as "orderedAt"`;

/** Most endpoints, and most mutings, of a tenant. */
const MAX_ROWS = 100;

/** Reads the endpoints, the newest first. */
export function listAlertEndpoints(tx: Transaction): Promise<AlertEndpointRow[]> {
  return tx.query<AlertEndpointRow & Record<string, unknown>>(
    `select ${ENDPOINT} from alert_endpoints order by created_at desc, id desc limit ${MAX_ROWS}`,
  );
}

/** Finds endpoints by id, in no order; missing ones are left out. */
export function findAlertEndpoints(tx: Transaction, ids: readonly string[]): Promise<AlertEndpointRow[]> {
  return tx.query<AlertEndpointRow & Record<string, unknown>>(
    `select ${ENDPOINT} from alert_endpoints where id = any($1)`,
    [ids],
  );
}

/** Reads the mutings that have not ended. */
export function listAlertMutes(tx: Transaction): Promise<AlertMuteRow[]> {
  return tx.query<AlertMuteRow & Record<string, unknown>>(
    `select ${columns("alert_mutes", ["id", "source_id", "kind", "until", "reason", "created_at", "created_by"])}
     from alert_mutes where until > now() order by until, id limit ${MAX_ROWS}`,
  );
}

/** Finds messages by id, in no order; missing ones are left out. */
export function findAlerts(tx: Transaction, ids: readonly string[]): Promise<AlertRow[]> {
  return tx.query<AlertRow & Record<string, unknown>>(`select ${ALERT} from alerts where id = any($1)`, [ids]);
}

const listOf = ({ sourceIds, endpointIds, status }: AlertListFilter): CountedList => ({
  table: "alerts",
  order: { column: "created_at", type: "timestamptz", isAscending: false },
  conditions: [],
  indexed: [indexedBy("endpoint_id", endpointIds), indexedBy("status", status), indexedBy("source_id", sourceIds)],
});

/** Reads a page of messages, the newest first. */
export function listAlerts(tx: Transaction, filter: AlertListFilter, page: PageRequest): Promise<AlertRow[]> {
  return listPage<AlertRow & Record<string, unknown>>(tx, { ...listOf(filter), select: ALERT, page });
}

/** Counts messages. */
export function countAlerts(tx: Transaction, filter: AlertListFilter): Promise<ListCount> {
  return countList(tx, listOf(filter));
}
