import { randomBytes } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import { ALERT } from "../domain/lifecycles.ts";
import type { Database, Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";

/** What is not to be sent for a while. */
export interface Mute {
  /** Null: of every source. */
  readonly sourceId: string | null;
  /** Kind of findings, or `HEALTH_KIND`; null: of every kind. */
  readonly kind: string | null;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** Request to mute. */
export interface MuteRequest {
  readonly sourceId: string | null;
  readonly kind: string | null;
  /** RFC 3339. */
  readonly until: string;
  readonly reason: string;
  readonly createdBy: string;
}

/** Mutings of a tenant that have not ended. */
const MAX_MUTES = 100;

/** Returns the end of the longest muting of a message; null if none applies now. */
export function mutedUntil(
  mutes: readonly Mute[],
  about: { readonly sourceId: string | null; readonly kind: string | null },
  endpointMutedUntilMs: number | null,
  nowMs: number,
): number | null {
  const ends = mutes
    .filter(
      ({ sourceId, kind }) => (sourceId ?? about.sourceId) === about.sourceId && (kind ?? about.kind) === about.kind,
    )
    .map(({ untilMs }) => untilMs);
  const last = Math.max(...ends, endpointMutedUntilMs ?? 0, 0);
  return last > nowMs ? last : null;
}

/** Reads the mutings that apply now. */
export function findMutes(tx: Transaction): Promise<Mute[]> {
  return tx.query<Mute & Record<string, unknown>>(
    `select source_id as "sourceId", kind, (extract(epoch from until) * 1000)::float8 as "untilMs"
     from alert_mutes where until > now() order by until limit ${MAX_MUTES}`,
  );
}

/**
 * Mutes, what waits and was not yet attempted too.
 * @returns id of the muting
 * @throws ServiceError CONFLICT | NOT_FOUND | STORE_UNAVAILABLE
 */
export function mute(db: Database, tenantId: string, request: MuteRequest): Promise<string> {
  const id = `mut_${randomBytes(16).toString("base64url")}`;
  const { sourceId, kind, until, reason, createdBy } = request;
  return db.transaction(tenantId, async (tx) => {
    await tx.query("select from alert_endpoints order by id for no key update");
    const inserted = await tx.query(
      `insert into alert_mutes (tenant_id, id, source_id, kind, until, reason, created_by)
       select $1, $2, $3, $4, $5, $6, $7
       where (select count(*) from alert_mutes where until > now()) < ${MAX_MUTES} returning id`,
      [tenantId, id, sourceId, kind, until, reason, createdBy],
    );
    if (inserted.length === 0)
      throw new ServiceError(
        "CONFLICT",
        `a tenant may have ${MAX_MUTES} mutings at a time: end one that is not needed`,
      );
    await tx.query(
      `update alerts set status = ${after(ALERT, "mute")}, due_at = $1, muted_until = $1
       where ${allows("status", ALERT, "mute")} and type <> 'TEST' and attempts = 0
         and ($2::text is null or source_id = $2) and ($3::text is null or kind = $3)
         and (muted_until is null or muted_until < $1)`,
      [until, sourceId, kind],
    );
    return id;
  });
}

/**
 * Ends a muting: what no other one mutes is sent now if it still applies.
 * @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE
 */
export function unmute(db: Database, tenantId: string, id: string): Promise<void> {
  return db.transaction(tenantId, async (tx) => {
    await tx.query("select from alert_endpoints order by id for no key update");
    const [ended] = await tx.query<{ sourceId: string | null; kind: string | null }>(
      `delete from alert_mutes where id = $1 returning source_id as "sourceId", kind`,
      [id],
    );
    if (ended === undefined) throw new ServiceError("NOT_FOUND", "there is no such muting");
    await wakeMuted(tx, ended);
  });
}

/** Lets the sender decide again about muted messages. The caller has locked the endpoints. */
export async function wakeMuted(
  tx: Transaction,
  about: { readonly sourceId: string | null; readonly kind: string | null },
  endpointId: string | null = null,
): Promise<void> {
  await tx.query(
    `with woken as (
       update alerts set due_at = now() where ${allows("status", ALERT, "unmute")}
         and ($1::text is null or source_id = $1) and ($2::text is null or kind = $2)
         and ($3::text is null or endpoint_id = $3)
       returning endpoint_id
     )
     update alert_endpoints set due_at = least(due_at, now()) where id in (select endpoint_id from woken)`,
    [about.sourceId, about.kind, endpointId],
  );
}
