import { SOURCE } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";

/** What the row of a connected source shows of its settings. */
export interface ConnectedSourceRow {
  readonly id: string;
  readonly connector: string;
  readonly scheduleMs: number | undefined;
  /** Name of the credential, which reveals nothing of it. */
  readonly credential: string;
  readonly platform?: string | undefined;
  /** Time at which the credentials end, as far as they state it. */
  readonly credentialsEnd: string | undefined;
  /** Hash of the account that it reads at its platform. Undefined: it has no platform. */
  readonly accountHash: Buffer | undefined;
}

/**
 * Makes a connected source visible, and due. The trigger `follow_source` updates its schedule, by whose version every
 * process finds the change. One that was disconnected begins again, with its data.
 * @throws the error of `pg` with the constraint `source_id_in_use` if another tenant has the id, and with
 * `source_schedules_platform_account` if another source, of whichever tenant, reads the account
 */
export async function registerConnected(tx: Transaction, source: ConnectedSourceRow): Promise<void> {
  await tx.query(
    `insert into sources as existing (tenant_id, id, connector, status, status_since, schedule_seconds, credential, origin,
       platform, account_hash, credentials_expire_at)
     values ($1, $2, $3, ${literals(SOURCE.initial)}, now(), $4, $5, 'CONNECTED', $6, $7, $8)
     on conflict (tenant_id, id) do update set connector = excluded.connector, status = excluded.status,
       status_since = now(), status_code = null, status_reason = null, failures = 0, failing_since = null,
       schedule_seconds = excluded.schedule_seconds, credential = excluded.credential, origin = excluded.origin,
       platform = excluded.platform, account_hash = excluded.account_hash,
       credentials_expire_at = excluded.credentials_expire_at, access_ends_at = null, platform_hash = null,
       registered_at = now(), disconnected_at = null`,
    [
      tx.tenantId,
      source.id,
      source.connector,
      secondsOf(source.scheduleMs),
      source.credential,
      source.platform ?? null,
      source.accountHash ?? null,
      source.credentialsEnd ?? null,
    ],
  );
}

/** Updates what the row shows of changed settings. The account of a source does not change. */
export async function refreshConnected(
  tx: Transaction,
  source: Pick<ConnectedSourceRow, "id" | "scheduleMs" | "credential" | "credentialsEnd">,
): Promise<void> {
  await tx.query(
    `update sources set schedule_seconds = $2, credential = $3, credentials_expire_at = $4, platform_hash = null,
       access_ends_at = case when credential is distinct from $3 then null else access_ends_at end
     where id = $1`,
    [source.id, secondsOf(source.scheduleMs), source.credential, source.credentialsEnd ?? null],
  );
}

/** Records that a source is not worked on any more. */
export async function recordDisconnect(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query(
    `update sources set disconnected_at = coalesce(disconnected_at, now()), credential = null, schedule_seconds = null,
       platform = null, account_hash = null, platform_hash = null, credentials_expire_at = null,
       access_ends_at = null
     where id = $1`,
    [sourceId],
  );
}

/** Deletes the row of a source whose data was erased. */
export async function unregister(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("delete from sources where id = $1", [sourceId]);
}

function secondsOf(scheduleMs: number | undefined): number | null {
  return scheduleMs === undefined ? null : Math.ceil(scheduleMs / 1_000);
}
