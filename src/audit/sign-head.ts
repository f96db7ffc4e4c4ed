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
export interface ChainPosition {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
}

/** Returns the last row of the tenant's chain; undefined before the first. */
export async function readHead(tx: Transaction): Promise<ChainPosition | undefined> {
  const [row] = await tx.query<{ sequence: bigint; hash: Buffer }>(
    "select sequence, hash from audit_entries order by sequence desc limit 1",
  );
  return row;
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

/** Signs the heads of all tenants whose chains have grown since the last time. */
export async function signGrownHeads(db: Database, key: SigningKey, signal: AbortSignal): Promise<void> {
  // Each tenant by two lookups in an index, however long its chain is.
  const rows = await db.acrossTenants<{ tenantId: string }>(
    `with recursive tenant (id) as (
       (select tenant_id from audit_entries order by tenant_id limit 1)
       union all
       select (select tenant_id from audit_entries where tenant_id > tenant.id order by tenant_id limit 1)
       from tenant where tenant.id is not null
     )
     select id as "tenantId" from tenant
     where id is not null
       and (select sequence from audit_entries where tenant_id = id order by sequence desc limit 1)
         > coalesce((select sequence from audit_heads where tenant_id = id order by sequence desc limit 1), 0)`,
  );
  for (const { tenantId } of rows) {
    if (signal.aborted) return;
    await db.transaction(tenantId, async (tx) => {
      const head = await readHead(tx);
      if (head !== undefined) await signHead(tx, key, head, "SCHEDULE");
    });
  }
}
