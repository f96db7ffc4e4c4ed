import { ALERT, ALERT_ENDPOINT } from "../domain/lifecycles.ts";
import type { Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";
import type { AlertTimes } from "./alert.ts";
import { type ClaimedAlert, NEXT_DUE } from "./claim-alert.ts";
import { closeEndpointFinding, reportEndpoint } from "./endpoint-finding.ts";

/** Result of one call. */
export interface AttemptResult {
  /** Undefined: there was no response. */
  readonly responseStatus: number | undefined;
  /** Undefined: the receiver has accepted the message. */
  readonly error: string | undefined;
  /** Pause that the receiver requested. */
  readonly retryAfterMs: number | undefined;
  readonly durationMs: number;
}

/** An endpoint with this answer no longer exists. Source: Standard Webhooks 1.0.0, "Deliverability and reliability". */
const REJECTED_STATUS = 410;
const MAX_PAUSE_MS = 24 * 3_600_000;
const MAX_LOGGED = 20;
/** From this number of failures in a row on, a success lets everything that waits be sent at once. */
const OUTAGE_FAILURES = 2;

interface EndpointState extends Record<string, unknown> {
  readonly failures: number;
  readonly failingSinceMs: number | null;
  readonly nowMs: number;
}

/**
 * Records the result of an attempt, and ends the lease.
 * @returns false if another process has taken over the endpoint meanwhile: then nothing is recorded
 */
export async function recordAttempt(
  tx: Transaction,
  claimed: ClaimedAlert,
  result: AttemptResult,
  times: AlertTimes,
  random: () => number,
): Promise<boolean> {
  const { lease } = claimed;
  const [endpoint] = await tx.query<EndpointState>(
    `select failures, (extract(epoch from failing_since) * 1000)::float8 as "failingSinceMs",
       (extract(epoch from now()) * 1000)::float8 as "nowMs"
     from alert_endpoints where id = $1 and lease_owner = $2 and lease_token = $3 for no key update`,
    [lease.endpointId, lease.owner, lease.token],
  );
  if (endpoint === undefined) return false;
  if (result.error === undefined) await recordDelivered(tx, claimed, result, endpoint);
  else await recordFailed(tx, claimed, { ...result, error: result.error }, endpoint, times, random);
  return true;
}

/** SQL that appends an attempt to the log, which is bounded. @param entry its parameter */
const appended = (entry: string): string => `(
  select jsonb_agg(entry order by position) from (
    select entry, position from jsonb_array_elements(attempt_log || ${entry}::jsonb) with ordinality as each (entry, position)
    order by position desc limit ${MAX_LOGGED}) as kept)`;

function logEntry({ responseStatus, error, durationMs }: AttemptResult, nowMs: number): string {
  const at = new Date(nowMs).toISOString();
  return JSON.stringify([{ at, responseStatus: responseStatus ?? null, error: error ?? null, durationMs }]);
}

async function recordDelivered(
  tx: Transaction,
  { id, lease }: ClaimedAlert,
  result: AttemptResult,
  { failures, nowMs }: EndpointState,
): Promise<void> {
  await tx.query(
    `update alerts set status = ${after(ALERT, "deliver")}, due_at = null, finished_at = now(), response_status = $2,
       error = null, attempt_log = ${appended("$3")}
     where id = $1 and ${allows("status", ALERT, "deliver")}`,
    [id, result.responseStatus, logEntry(result, nowMs)],
  );
  if (failures >= OUTAGE_FAILURES)
    await tx.query(
      `update alerts set due_at = now()
       where endpoint_id = $1 and ${allows("status", ALERT, "deliver")} and attempts > 0 and due_at > now()`,
      [lease.endpointId],
    );
  await tx.query(
    `update alert_endpoints set failures = 0, failing_since = null, error = null, closed_until = null,
       last_delivered_at = now(), lease_owner = null, lease_until = null where id = $1`,
    [lease.endpointId],
  );
  await tx.query(`update alert_endpoints set due_at = ${NEXT_DUE} where id = $1`, [lease.endpointId]);
  if (failures > 0) await closeEndpointFinding(tx, lease.endpointId);
}

async function recordFailed(
  tx: Transaction,
  { id, lease, attempts, sourceId, endpoint: { name } }: ClaimedAlert,
  result: AttemptResult & { readonly error: string },
  { failures, failingSinceMs, nowMs }: EndpointState,
  times: AlertTimes,
  random: () => number,
): Promise<void> {
  const { error, responseStatus } = result;
  const sinceMs = failingSinceMs ?? nowMs;
  const isRejected = responseStatus === REJECTED_STATUS;
  const isFailed = !isRejected && nowMs - sinceMs >= times.failAfterMs;
  const requestedMs = Math.min(result.retryAfterMs ?? 0, MAX_PAUSE_MS);
  const scheduledMs = times.scheduleMs[attempts];
  const isLast = isRejected || scheduledMs === undefined;
  await tx.query(
    `update alerts set status = case when $6 then ${after(ALERT, "giveUp")} else ${after(ALERT, "retry")} end,
       due_at = case when $6 then null else now() + $5 * interval '1 millisecond' end,
       finished_at = case when $6 then now() end, response_status = $2, error = $3, attempt_log = ${appended("$4")}
     where id = $1 and ${allows("status", ALERT, "retry")}`,
    [
      id,
      responseStatus ?? null,
      error,
      logEntry(result, nowMs),
      laterMs(scheduledMs ?? 0, requestedMs, random),
      isLast,
    ],
  );
  const pauseMs = times.pausesMs[Math.min(failures, times.pausesMs.length - 1)] ?? 0;
  await tx.query(
    `update alert_endpoints set failures = failures + 1, failing_since = coalesce(failing_since, now()), error = $2,
       closed_until = now() + $3 * interval '1 millisecond', lease_owner = null, lease_until = null where id = $1`,
    [lease.endpointId, error, laterMs(pauseMs, requestedMs, random)],
  );
  if (isRejected || isFailed) await endEndpoint(tx, lease.endpointId, isRejected ? "reject" : "fail", error);
  await tx.query(`update alert_endpoints set due_at = ${NEXT_DUE} where id = $1`, [lease.endpointId]);
  const isReported = isRejected || isFailed || nowMs - sinceMs >= times.reportAfterMs;
  if (isReported) await reportEndpoint(tx, { id: lease.endpointId, name, failingSinceMs: sinceMs, error, sourceId });
}

/** At least the requested pause; ours has up to a tenth more, so that endpoints of one receiver are not called together. */
function laterMs(ownMs: number, requestedMs: number, random: () => number): number {
  return Math.max(ownMs * (1 + random() / 10), requestedMs);
}

/** Nothing more is sent to the endpoint; what waits has failed. */
async function endEndpoint(tx: Transaction, id: string, signal: "reject" | "fail", error: string): Promise<void> {
  await tx.query(
    `update alert_endpoints set status = ${after(ALERT_ENDPOINT, signal)}, status_since = now()
     where id = $1 and ${allows("status", ALERT_ENDPOINT, signal)}`,
    [id],
  );
  await failWaiting(tx, id, error);
}

/** Ends the messages that wait for an endpoint. The caller has locked it. */
export async function failWaiting(tx: Transaction, endpointId: string, error: string): Promise<void> {
  await tx.query(
    `update alerts set status = ${after(ALERT, "giveUp")}, due_at = null, finished_at = now(), error = $2
     where endpoint_id = $1 and ${allows("status", ALERT, "giveUp")}`,
    [endpointId, error],
  );
}
