import type { Database, Transaction } from "../store/database.ts";
import type { SigningKey } from "./signing-key.ts";

/** Why a head was signed. */
export type HeadReason = "SCHEDULE" | "EXPORT" | "RETENTION";

/** The last row of a tenant's chain at a moment, signed. */
export interface SignedHead {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
  /** RFC 3339 in UTC with milliseconds: part of what is signed. */
  readonly signedAt: string;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** The bytes that are signed: lines of text, each with a line feed. `docs/evidence.md` documents them. */
export function headBytes(tenantId: string, head: Pick<SignedHead, "sequence" | "hash" | "signedAt">): Buffer {
  const hash = Buffer.from(head.hash).toString("hex");
  return Buffer.from(`sluice-audit-head-v1\n${tenantId}\n${head.sequence}\n${hash}\n${head.signedAt}\n`, "utf8");
}

/** A row of the chain. */
interface ChainPosition {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
}

/** Signs a row of the chain and stores the signature. */
export async function signHead(
  tx: Transaction,
  key: SigningKey,
  { sequence, hash }: ChainPosition,
  reason: HeadReason,
): Promise<SignedHead> {
  const signedAt = new Date().toISOString();
  const signature = key.sign(headBytes(tx.tenantId, { sequence, hash, signedAt }));
  await tx.query(
    `insert into audit_heads (tenant_id, sequence, hash, signed_at, reason, public_key, signature)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.tenantId, sequence, hash, signedAt, reason, key.publicKey, signature],
  );
  return { sequence, hash, signedAt, publicKey: key.publicKey, signature };
}

/** Heads that are signed and stored by one statement. */
const BATCH = 500;

/**
 * Signs the heads of all tenants whose chains have grown since the last time: two statements for each batch of tenants,
 * over all of them. Processes that do this at the same moment may each sign the same head, and both signatures are valid.
 */
export async function signGrownHeads(
  db: Pick<Database, "acrossTenants">,
  key: SigningKey,
  signal: AbortSignal,
): Promise<void> {
  let after = "";
  while (!signal.aborted) {
    const heads = await findGrownHeads(db, after);
    const last = heads.at(-1);
    if (last === undefined) return;
    await storeSigned(db, key, heads);
    after = last.tenantId;
  }
}

interface GrownHead extends ChainPosition {
  readonly tenantId: string;
}

/** Each tenant by two lookups in an index, however long its chain is. */
function findGrownHeads(db: Pick<Database, "acrossTenants">, after: string): Promise<readonly GrownHead[]> {
  return db.acrossTenants<GrownHead & Record<string, unknown>>(
    `with recursive tenant (id) as (
       (select tenant_id from audit_entries where tenant_id > $1 order by tenant_id limit 1)
       union all
       select (select tenant_id from audit_entries where tenant_id > tenant.id order by tenant_id limit 1)
       from tenant where tenant.id is not null
     )
     select tenant.id as "tenantId", last.sequence, last.hash from tenant
     cross join lateral (
       select sequence, hash from audit_entries where tenant_id = tenant.id order by sequence desc limit 1
     ) as last
     where last.sequence > coalesce(
       (select sequence from audit_heads where tenant_id = tenant.id order by sequence desc limit 1), 0)
     limit ${BATCH}`,
    [after],
  );
}

async function storeSigned(
  db: Pick<Database, "acrossTenants">,
  key: SigningKey,
  heads: readonly GrownHead[],
): Promise<void> {
  const signedAt = new Date().toISOString();
  await db.acrossTenants(
    `insert into audit_heads (tenant_id, sequence, hash, signed_at, reason, public_key, signature)
     select tenant_id, sequence, hash, $4, 'SCHEDULE', $5, signature
     from unnest($1::text[], $2::bigint[], $3::bytea[], $6::bytea[]) as incoming (tenant_id, sequence, hash, signature)
     where not exists (select from audit_heads as existing
       where existing.tenant_id = incoming.tenant_id and existing.sequence >= incoming.sequence)
     order by tenant_id`,
    [
      heads.map(({ tenantId }) => tenantId),
      heads.map(({ sequence }) => sequence),
      heads.map(({ hash }) => Buffer.from(hash)),
      signedAt,
      key.publicKey,
      heads.map((head) => Buffer.from(key.sign(headBytes(head.tenantId, { ...head, signedAt })))),
    ],
  );
}
