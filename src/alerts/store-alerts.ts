import { ALERT } from "../domain/lifecycles.ts";
import { arrayLiteral } from "../store/array-literal.ts";
import type { Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";
import type { NewAlert } from "./alert.ts";
import type { ChangedAlert } from "./plan-alerts.ts";

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/**
 * Stores messages in their order, and lets their endpoints be found when they are due.
 * @returns ids of the endpoints with messages that are due now
 */
export async function insertAlerts(tx: Transaction, alerts: readonly NewAlert[]): Promise<readonly string[]> {
  if (alerts.length === 0) return [];
  const rows = await tx.query<{ id: string }>(INSERT, [
    tx.tenantId,
    arrayLiteral(alerts, ({ id }) => id),
    arrayLiteral(alerts, ({ endpointId }) => endpointId),
    arrayLiteral(alerts, ({ sourceId }) => sourceId),
    arrayLiteral(alerts, ({ type }) => type),
    arrayLiteral(alerts, ({ subject }) => subject),
    arrayLiteral(alerts, ({ findingId }) => findingId),
    arrayLiteral(alerts, ({ kind }) => kind),
    arrayLiteral(alerts, ({ severity }) => severity),
    arrayLiteral(alerts, ({ status }) => status),
    arrayLiteral(alerts, ({ data }) => JSON.stringify(data)),
    arrayLiteral(alerts, ({ changes }) => String(changes)),
    arrayLiteral(alerts, ({ dueMs }) => timeOf(dueMs)),
    arrayLiteral(alerts, ({ mutedUntilMs }) => timeOf(mutedUntilMs)),
  ]);
  return rows.map(({ id }) => id);
}

const IS_OPEN = allows("incoming.status", ALERT, "giveUp");

const INSERT = `
  with incoming as materialized (
    select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::jsonb[], $12::int[], $13::timestamptz[], $14::timestamptz[]) with ordinality
      as incoming (id, endpoint_id, source_id, type, subject, finding_id, kind, severity, status, data, changes, due_at,
        muted_until, position)
  ), written as (
    insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, finding_id, kind, severity, status, data,
      changes, due_at, muted_until, finished_at)
    select $1, id, endpoint_id, source_id, type, subject, finding_id, kind, severity, status, data, changes,
      case when ${IS_OPEN} then due_at end, muted_until, case when not (${IS_OPEN}) then now() end
    from incoming order by position
  ), due as (
    select endpoint_id, min(due_at) as due_at from incoming where ${IS_OPEN} group by endpoint_id
  )
  update alert_endpoints as endpoint
  set due_at = greatest(least(endpoint.due_at, due.due_at), coalesce(endpoint.closed_until, '-infinity'))
  from due where endpoint.id = due.endpoint_id
  returning endpoint.id`;

/** Changes messages that were not sent yet. The caller has locked their endpoints. */
export async function changeAlerts(tx: Transaction, alerts: readonly ChangedAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  await tx.query(
    `update alerts as existing set severity = incoming.severity, changes = incoming.changes, data = incoming.data
     from unnest($1::text[], $2::text[], $3::int[], $4::jsonb[]) as incoming (id, severity, changes, data)
     where existing.id = incoming.id and existing.attempts = 0 and ${allows("existing.status", ALERT, "supersede")}`,
    [
      alerts.map(({ id }) => id),
      alerts.map(({ severity }) => severity),
      alerts.map(({ changes }) => changes),
      alerts.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

/** Ends messages whose report is over before anything was sent. The caller has locked their endpoints. */
export async function supersedeAlerts(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update alerts set status = ${after(ALERT, "supersede")}, due_at = null, finished_at = now()
     where id = any($1) and attempts = 0 and ${allows("status", ALERT, "supersede")}`,
    [ids],
  );
}
