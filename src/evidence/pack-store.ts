import { createHash } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import { type EndedEvidencePackStatus, EVIDENCE_PACK } from "../domain/lifecycles.ts";
import { appendEvents } from "../events/append.ts";
import type { Database, Transaction } from "../store/database.ts";
import { isUnleased, type Lease, leaseEnd, leasedTable } from "../store/lease.ts";
import { expiringRows } from "../store/retention.ts";
import { after, allows, literals } from "../store/status-sql.ts";
import type { PackScope } from "./contributors/contributor.ts";

/** Time after which the lease of a process that does not renew it expires. */
export const LEASE_MS = 15_000;
/** Attempts after which a pack has failed: each one begins again, as an archive is only complete as a whole. */
export const MAX_ATTEMPTS = 3;
/** Packs of one tenant that are not written yet. */
const MAX_QUEUED = 10;

/** Right to write a pack. */
export interface PackLease extends Lease {
  readonly packId: string;
}

/** A pack that has ended is no longer written, so one that is canceled loses its lease. */
export const leasedPacks = leasedTable<PackLease>({
  update: "update evidence_packs set",
  key: { id: "packId" },
  condition: allows("status", EVIDENCE_PACK, "finish"),
  leaseMs: LEASE_MS,
  lostMessage: "the evidence pack was canceled, or another process has taken it over",
});

/** A pack to make, whose values are valid. */
export interface NewPack {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly sourceIds: readonly string[] | null;
  readonly findingId: string | null;
  readonly idempotencyKey: string | null;
  readonly createdBy: string;
}

/**
 * Queues a pack, or returns the id of the one that was made with the same key.
 * @throws ServiceError CONFLICT: the key requests something else, or too many packs wait
 */
export async function insertPack(tx: Transaction, pack: NewPack): Promise<string> {
  const id = `evp_${createHash("sha256")
    .update(JSON.stringify([tx.tenantId, pack.idempotencyKey ?? crypto.randomUUID()]))
    .digest("base64url")
    .slice(0, 24)}`;
  const values = [pack.from, pack.to, pack.sourceIds, pack.findingId];
  const rows = await tx.query(
    `insert into evidence_packs (tenant_id, id, from_at, to_at, source_ids, finding_id, idempotency_key, created_by,
       created_at, status)
     select $1, $2, $3, $4, $5, $6, $7, $8, now(), ${literals(EVIDENCE_PACK.initial)}
     where (select count(*) from evidence_packs where ${allows("status", EVIDENCE_PACK, "finish")}) < ${MAX_QUEUED}
     on conflict do nothing returning id`,
    [tx.tenantId, id, ...values, pack.idempotencyKey, pack.createdBy],
  );
  if (rows.length > 0) return id;
  const [known] = await tx.query<{ isEqual: boolean }>(
    `select (from_at, to_at, source_ids, finding_id)
       is not distinct from ($2::timestamptz, $3::timestamptz, $4::text[], $5::text) as "isEqual"
     from evidence_packs where id = $1`,
    [id, ...values],
  );
  if (known?.isEqual === true) return id;
  if (known !== undefined)
    throw new ServiceError("CONFLICT", "an evidence pack with this idempotencyKey was requested with other values");
  throw new ServiceError("CONFLICT", `${MAX_QUEUED} evidence packs are waiting: wait, or cancel one`);
}

/** Cancels a pack that is not written yet; one that has ended stays as it is. @throws ServiceError NOT_FOUND */
export async function cancelPack(tx: Transaction, id: string): Promise<void> {
  const canceled = await tx.query(
    `update evidence_packs set status = ${after(EVIDENCE_PACK, "cancel")}, finished_at = now(), lease_until = null
     where id = $1 and ${allows("status", EVIDENCE_PACK, "cancel")} returning 1`,
    [id],
  );
  await deleteChunks(tx, id, after(EVIDENCE_PACK, "cancel"));
  if (canceled.length > 0) return announce(tx, id, "CANCELED");
  const known = await tx.query("select 1 from evidence_packs where id = $1", [id]);
  if (known.length === 0) throw new ServiceError("NOT_FOUND", "there is no such evidence pack");
}

/** Appends the event that a pack has ended: the last statement of its transaction. */
async function announce(tx: Transaction, packId: string, status: EndedEvidencePackStatus): Promise<void> {
  await appendEvents(tx, [{ sourceId: null, body: { kind: "EvidencePackFinished", packId, status } }]);
}

/** Deletes the bytes of a pack with this status. */
async function deleteChunks(tx: Transaction, id: string, status: string): Promise<void> {
  await tx.query(
    `delete from evidence_chunks where pack_id = $1
       and exists (select 1 from evidence_packs where id = $1 and status = ${status})`,
    [id],
  );
}

/** Finds the pack that waits longest, of any tenant. */
export async function findDuePack(db: Database): Promise<{ tenantId: string; id: string } | undefined> {
  const [row] = await db.acrossTenants<{ tenantId: string; id: string }>(
    `select tenant_id as "tenantId", id from evidence_packs as pack
     where ${allows("status", EVIDENCE_PACK, "finish")} and ${isUnleased("pack")} order by created_at limit 1`,
  );
  return row;
}

/** A pack that this process writes. */
export interface ClaimedPack {
  readonly lease: PackLease;
  readonly scope: PackScope;
}

/** Takes a pack and deletes what an earlier attempt has left. Undefined: another process has it, or it has failed. */
export async function claimPack(tx: Transaction, id: string, owner: string): Promise<ClaimedPack | undefined> {
  const [row] = await tx.query<{
    token: bigint;
    attempts: number;
    from: string;
    to: string;
    sourceIds: readonly string[] | null;
    findingId: string | null;
  }>(
    `update evidence_packs as pack set lease_owner = $2, lease_token = lease_token + 1, lease_until = ${leaseEnd(LEASE_MS)},
       attempts = attempts + 1, written = 0
     where id = $1 and ${allows("status", EVIDENCE_PACK, "finish")} and ${isUnleased("pack")}
     returning lease_token as token, attempts, from_at as "from", to_at as "to", source_ids as "sourceIds",
       finding_id as "findingId"`,
    [id, owner],
  );
  if (row === undefined) return undefined;
  await tx.query("delete from evidence_chunks where pack_id = $1", [id]);
  const { token, attempts, ...scope } = row;
  const lease = { packId: id, owner, token };
  if (attempts <= MAX_ATTEMPTS) return { lease, scope: { tenantId: tx.tenantId, ...scope } };
  await failPack(tx, lease, "INTERNAL");
  return undefined;
}

/** Stores pieces of the archive, as long as the lease is ours. @throws ServiceError LEASE_LOST */
export async function storePieces(
  tx: Transaction,
  lease: PackLease,
  {
    first,
    pieces,
    written,
  }: { readonly first: number; readonly pieces: readonly Uint8Array[]; readonly written: number },
): Promise<void> {
  await leasedPacks.extend(tx, lease, { set: "written = $1", values: [written] });
  for (const [n, bytes] of pieces.entries())
    await tx.query("insert into evidence_chunks (tenant_id, pack_id, seq, bytes) values ($1, $2, $3, $4)", [
      tx.tenantId,
      lease.packId,
      first + n,
      bytes,
    ]);
}

/** @throws ServiceError LEASE_LOST */
export async function finishPack(
  tx: Transaction,
  lease: PackLease,
  result: { readonly size: bigint; readonly sha256: string; readonly written: number; readonly days: number },
): Promise<void> {
  const { size, sha256, written, days } = result;
  await leasedPacks.release(tx, lease, {
    set: `status = ${after(EVIDENCE_PACK, "finish")}, size = $1, sha256 = $2, written = $3, finished_at = now(),
      expires_at = now() + $4 * interval '1 day'`,
    values: [size, sha256, written, days],
  });
  await announce(tx, lease.packId, "READY");
}

/** @throws ServiceError LEASE_LOST */
export async function failPack(tx: Transaction, lease: PackLease, errorCode: string): Promise<void> {
  await leasedPacks.release(tx, lease, {
    set: `status = ${after(EVIDENCE_PACK, "fail")}, error_code = $1, finished_at = now()`,
    values: [errorCode],
  });
  await deleteChunks(tx, lease.packId, after(EVIDENCE_PACK, "fail"));
  await announce(tx, lease.packId, "FAILED");
}

/** A pack that can be downloaded. */
export interface ReadyPack {
  readonly size: bigint;
  readonly bytes: AsyncGenerator<Uint8Array, void>;
}

const PIECES_AT_A_TIME = 4;

/** @throws ServiceError NOT_FOUND: there is none, or it is not ready */
export async function openPack(db: Database, tenantId: string, id: string): Promise<ReadyPack> {
  const [row] = await db.read(tenantId, (tx) =>
    tx.query<{ size: bigint }>(
      `select size from evidence_packs where id = $1 and status = ${after(EVIDENCE_PACK, "finish")}`,
      [id],
    ),
  );
  if (row === undefined) throw new ServiceError("NOT_FOUND", "there is no such evidence pack, or it is not ready");
  return { size: row.size, bytes: readPieces(db, tenantId, id) };
}

async function* readPieces(db: Database, tenantId: string, id: string): AsyncGenerator<Uint8Array, void> {
  for (let next = 0; ; next += PIECES_AT_A_TIME) {
    const rows = await db.read(tenantId, (tx) =>
      tx.query<{ bytes: Buffer }>(
        "select bytes from evidence_chunks where pack_id = $1 and seq >= $2 and seq < $3 order by seq",
        [id, next, next + PIECES_AT_A_TIME],
      ),
    );
    for (const { bytes } of rows) yield bytes;
    if (rows.length < PIECES_AT_A_TIME) return;
  }
}

/** Packs that have ended, with their bytes. */
export const packRetention = expiringRows({
  table: "evidence_packs",
  deleteFrom: "delete from evidence_packs",
  key: { id: "text" },
  age: "finished_at",
  dependents: { evidence_chunks: "delete from evidence_chunks where pack_id = any(array(select id from expired))" },
  limit: 5, // each may have thousands of pieces
});
