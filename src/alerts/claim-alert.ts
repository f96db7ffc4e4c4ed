import { ALERT, ALERT_ENDPOINT } from "../domain/lifecycles.ts";
import type { Severity } from "../domain/severity.ts";
import type { Transaction } from "../store/database.ts";
import { isUnleased, leaseEnd } from "../store/lease.ts";
import { after, allows } from "../store/status-sql.ts";
import type { AlertData, AlertForm, AlertType } from "./alert.ts";
import { findMutes, mutedUntil } from "./mutes.ts";
import type { SealedColumns } from "./sealed-endpoint.ts";

/** Right to send to an endpoint, until its lease expires. */
export interface EndpointLease {
  readonly endpointId: string;
  readonly owner: string;
  readonly token: bigint;
}

/** A message that this process sends now. */
export interface ClaimedAlert {
  readonly lease: EndpointLease;
  readonly id: string;
  readonly sourceId: string | null;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly data: AlertData;
  readonly changes: number;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Attempts that have begun, this one included. */
  readonly attempts: number;
  readonly endpoint: SealedColumns & { readonly name: string; readonly form: AlertForm };
}

interface EndpointRow extends SealedColumns, Record<string, unknown> {
  readonly token: bigint;
  readonly name: string;
  readonly form: AlertForm;
  readonly mutedUntilMs: number | null;
  readonly nowMs: number;
}

/** Messages whose muting one claim ends. */
const MAX_UNMUTED = 200;

/**
 * Claims the next message of an endpoint: of each subject in its order, and otherwise the oldest one first. The attempt
 * is counted before it begins. Undefined if there is none, or if another process sends to the endpoint.
 */
export async function claimAlert(
  tx: Transaction,
  endpointId: string,
  owner: string,
  leaseMs: number,
): Promise<ClaimedAlert | undefined> {
  const [endpoint] = await tx.query<EndpointRow>(CLAIM(leaseMs), [endpointId, owner]);
  if (endpoint === undefined) return undefined;
  await endMutings(tx, endpointId, endpoint);
  await tx.query(SUPERSEDE_UNCHANGED, [endpointId]);
  const [next] = await tx.query<Omit<ClaimedAlert, "lease" | "endpoint"> & Record<string, unknown>>(NEXT, [endpointId]);
  const lease = { endpointId, owner, token: endpoint.token };
  if (next !== undefined) return { ...next, lease, endpoint };
  await tx.query(RELEASE_UNUSED, [endpointId]);
  return undefined;
}

const CLAIM = (leaseMs: number): string => `
  update alert_endpoints set lease_owner = $2, lease_token = lease_token + 1, lease_until = ${leaseEnd(leaseMs)}
  where id = $1 and ${allows("status", ALERT_ENDPOINT, "reject")} and ${isUnleased("alert_endpoints")} and due_at <= now()
  returning lease_token as token, name, form, sealed, wrapped_key as "wrappedKey", key_id as "keyId",
    (extract(epoch from muted_until) * 1000)::float8 as "mutedUntilMs", (extract(epoch from now()) * 1000)::float8 as "nowMs"`;

/** SQL of the time at which something of an endpoint has to be done. */
export const NEXT_DUE = `greatest(coalesce(closed_until, '-infinity'), coalesce((select min(alerts.due_at) from alerts
  where endpoint_id = alert_endpoints.id and ${allows("alerts.status", ALERT, "giveUp")}), 'infinity'))`;

const RELEASE_UNUSED = `update alert_endpoints set lease_owner = null, lease_until = null, due_at = ${NEXT_DUE} where id = $1`;

/** A state of a source that is the same again is no news, unless changes were summed up. */
const SUPERSEDE_UNCHANGED = `
  update alerts set status = ${after(ALERT, "supersede")}, due_at = null, finished_at = now()
  where endpoint_id = $1 and ${allows("status", ALERT, "deliver")} and type = 'SOURCE_HEALTH_CHANGED'
    and attempts = 0 and due_at <= now() and data ->> 'state' = data ->> 'previous'
    and coalesce((data ->> 'isSummary')::boolean, false) = false`;

const NEXT = `
  update alerts as claimed set attempts = attempts + 1
  where claimed.id = (
    select id from alerts as due where endpoint_id = $1 and ${allows("status", ALERT, "deliver")} and due_at <= now()
      and not exists (
        select from alerts as earlier where earlier.subject = due.subject and earlier.endpoint_id = due.endpoint_id
          and earlier.ordinal < due.ordinal and ${allows("earlier.status", ALERT, "giveUp")})
    order by ordinal limit 1)
  returning id, source_id as "sourceId", type, severity, data, changes, created_at as "createdAt", attempts`;

interface MutedRow extends Record<string, unknown> {
  readonly id: string;
  readonly sourceId: string | null;
  readonly kind: string | null;
}

/**
 * Ends mutings that are over, or begins them again if another one applies. A finding that was closed meanwhile is not
 * reported, and neither is a source whose state is the same again.
 */
async function endMutings(tx: Transaction, endpointId: string, { mutedUntilMs, nowMs }: EndpointRow): Promise<void> {
  const rows = await tx.query<MutedRow>(
    `select id, source_id as "sourceId", kind from alerts
     where endpoint_id = $1 and ${allows("status", ALERT, "unmute")} and due_at <= now() order by ordinal limit ${MAX_UNMUTED}`,
    [endpointId],
  );
  if (rows.length === 0) return;
  const mutes = await findMutes(tx);
  const ends = rows.map((row) => mutedUntil(mutes, row, mutedUntilMs, nowMs));
  await tx.query(
    `update alerts as existing set
       status = case when incoming.until is null then ${after(ALERT, "unmute")} else ${after(ALERT, "mute")} end,
       due_at = coalesce(incoming.until, now()), muted_until = coalesce(incoming.until, existing.muted_until)
     from unnest($1::text[], $2::timestamptz[]) as incoming (id, until) where existing.id = incoming.id`,
    [rows.map(({ id }) => id), ends.map((ms) => (ms === null ? null : new Date(ms).toISOString()))],
  );
}
