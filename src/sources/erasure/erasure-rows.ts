import type { Database, Transaction } from "../../store/database.ts";
import { isUnleased, type Lease, leasedTable } from "../../store/lease.ts";

/** Where an erasure continues. */
export interface ErasurePosition {
  readonly table: string;
  readonly after: readonly string[] | null;
}

/** An erasure that this process works on. */
export interface ErasureLease extends Lease {
  readonly sourceId: string;
}

/** A worker extends its lease with every batch, of which each takes far less than a second. */
const LEASE_MS = 15_000;
/**
 * Time after an erasure in which nothing of the source can be written: no process that was stopped in the middle of its
 * work continues later.
 */
const FENCE = "interval '1 day'";

export const ERASURES = leasedTable<ErasureLease>({
  update: "update source_erasures set",
  key: { source_id: "sourceId" },
  condition: "finished_at is null",
  leaseMs: LEASE_MS,
  lostMessage: "another process has taken over the erasure",
});

/** Begins to erase a source's data. From its commit on, nothing of the source can be written. */
export async function beginErasure(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query(
    `insert into source_erasures as existing (tenant_id, source_id, started_at, fenced_at, fence_until)
     values ($1, $2, now(), pg_current_xact_id(), 'infinity')
     on conflict (tenant_id, source_id) do update set started_at = excluded.started_at, finished_at = null,
       deleted_rows = 0, fenced_at = excluded.fenced_at, fence_until = excluded.fence_until, position = null`,
    [tx.tenantId, sourceId],
  );
}

/** Ends the fence of an earlier erasure: the source is connected again. */
export async function forgetErasure(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("delete from source_erasures where source_id = $1 and finished_at is not null", [sourceId]);
}

/** Takes an unfinished erasure of a tenant that no other process works on. */
export async function claimErasure(db: Database, tenantId: string, owner: string): Promise<ErasureLease | undefined> {
  const rows = await db.transaction(tenantId, (tx) =>
    tx.query<{ sourceId: string; token: bigint }>(
      `update source_erasures as existing set lease_owner = $1, lease_token = lease_token + 1, lease_until = ${ERASURES.end}
       where (tenant_id, source_id) in (select tenant_id, source_id from source_erasures as due
         where finished_at is null and ${isUnleased("due")} order by started_at limit 1 for update skip locked)
       returning source_id as "sourceId", lease_token as token`,
      [owner],
    ),
  );
  return rows[0] && { ...rows[0], owner };
}

/** State of an erasure that decides what comes next. */
export interface ErasureState {
  readonly position: ErasurePosition | null;
  /** True if every transaction that began before the erasure has ended: none of them can write any more. */
  readonly isFenced: boolean;
}

export async function readErasure(tx: Transaction, sourceId: string): Promise<ErasureState | undefined> {
  const rows = await tx.query<ErasureState & Record<string, unknown>>(
    `select position, pg_snapshot_xmin(pg_current_snapshot()) > fenced_at and started_at < now() - interval '${SETTLE}'
       as "isFenced"
     from source_erasures where source_id = $1 and finished_at is null`,
    [sourceId],
  );
  return rows[0];
}

/**
 * A statement that began before the erasure and has not written yet has no number by which it could be awaited. Between
 * its beginning and its first write it only reads.
 */
const SETTLE = "2 seconds";

/** Finishes an erasure. The fence stays for a while. @throws ServiceError LEASE_LOST */
export async function finishErasure(tx: Transaction, lease: ErasureLease): Promise<void> {
  await ERASURES.release(tx, lease, {
    set: `finished_at = now(), position = null, fence_until = now() + ${FENCE}`,
    values: [],
  });
}
