import { timingSafeEqual } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";

/** A key that may be used until it expires or is revoked. */
export interface UsableKey {
  readonly id: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** A key as it is stored first. */
export interface StoredKey {
  readonly id: string;
  /** 1 to 100 characters. */
  readonly name: string;
  readonly hash: Uint8Array;
  readonly preview: string;
  readonly scopes: readonly string[];
  /** RFC 3339. */
  readonly expiresAt: string;
  /** Subject of the caller who made it. */
  readonly createdBy: string;
}

/** Database for readers of keys. */
export type KeyReads = Pick<Database, "acrossTenants" | "read">;

/** Names one key of a tenant. */
export interface KeyName {
  readonly tenantId: string;
  readonly id: string;
}

/** Keys that are neither revoked nor expired: far more than services of one tenant, and no limit for anybody's work. */
const MAX_USABLE = 1_000;

/** @throws ServiceError CONFLICT when the tenant has too many keys | STORE_UNAVAILABLE */
export async function insertKey(db: Database, tenantId: string, key: StoredKey): Promise<void> {
  await db.transaction(tenantId, async (tx) => {
    const inserted = await tx.query(
      `insert into api_keys (tenant_id, id, name, hash, preview, scopes, created_by, expires_at)
       select $1, $2, $3, $4, $5, $6, $7, $8
       where (select count(*) from api_keys where revoked_at is null and expires_at > now()) < ${MAX_USABLE}
       returning id`,
      [tenantId, key.id, key.name, key.hash, key.preview, key.scopes, key.createdBy, key.expiresAt],
    );
    if (inserted.length > 0) return;
    throw new ServiceError(
      "CONFLICT",
      `a tenant may have ${MAX_USABLE} usable API keys: revoke one that is not needed`,
    );
  });
}

/** Revokes a key; nothing changes if it is revoked already. @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
export async function revokeKey(db: Database, { tenantId, id }: KeyName, revokedBy: string): Promise<void> {
  await db.transaction(tenantId, async (tx) => {
    const rows = await tx.query(
      `update api_keys set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $2)
       where id = $1 returning id`,
      [id, revokedBy],
    );
    if (rows.length === 0) throw new ServiceError("NOT_FOUND", "there is no such API key");
  });
}

/**
 * Finds usable keys by their hashes, in the order of the hashes; undefined where there is none. The tenant of a hash is
 * found first; what the key allows is read in that tenant's transaction.
 */
export async function findUsableKeys(
  db: KeyReads,
  hashes: readonly Uint8Array[],
): Promise<readonly (UsableKey | undefined)[]> {
  const named = await db.acrossTenants<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from api_keys where hash = any($1::bytea[])`,
    [hashes],
  );
  const found = await Promise.all(named.map(({ tenantId }) => findOfTenant(db, tenantId, hashes)));
  const byHash = new Map(found.flat().map((row) => [Buffer.from(row.hash).toString("hex"), row]));
  return hashes.map((hash) => {
    const row = byHash.get(Buffer.from(hash).toString("hex"));
    // The index compares hashes, of which nobody can choose the key; what it finds is compared in constant time.
    if (row === undefined || !timingSafeEqual(row.hash, hash)) return undefined;
    const { id, tenantId, scopes, expiresAtMs } = row;
    return { id, tenantId, scopes, expiresAtMs };
  });
}

function findOfTenant(db: KeyReads, tenantId: string, hashes: readonly Uint8Array[]) {
  return db.read(tenantId, (tx) =>
    tx.query<{ hash: Uint8Array } & UsableKey & Record<string, unknown>>(
      `select hash, id, tenant_id as "tenantId", scopes, (extract(epoch from expires_at) * 1000)::float8 as "expiresAtMs"
       from api_keys where hash = any($1::bytea[]) and revoked_at is null and expires_at > now()`,
      [hashes],
    ),
  );
}

/** Returns the ids of those keys that are still there and not revoked. */
export async function findUnrevoked(db: KeyReads, keys: readonly KeyName[]): Promise<ReadonlySet<string>> {
  const rows = await db.acrossTenants<{ id: string }>(
    `select id from api_keys where (tenant_id, id) in (select * from unnest($1::text[], $2::text[]))
       and revoked_at is null`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ id }) => id)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Records the use of keys of a tenant. A key is written at most once a minute, by whatever replica. */
export async function recordUses(db: Database, tenantId: string, ids: readonly string[]): Promise<void> {
  await db.transaction(tenantId, (tx) =>
    tx.query(
      `update api_keys set last_used_at = date_trunc('minute', now())
       where id = any($1) and (last_used_at is null or last_used_at < date_trunc('minute', now()))`,
      [ids],
    ),
  );
}
