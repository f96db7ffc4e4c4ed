import type { Database } from "../store/database.ts";
import { appendServiceEntry } from "./service-entry.ts";
import { signHead } from "./sign-head.ts";
import type { SigningKey } from "./signing-key.ts";

/** Rows that one transaction deletes. */
const BATCH_ROWS = 5_000;

export interface CutOptions {
  readonly db: Database;
  readonly tenantId: string;
  readonly key: SigningKey;
  /** Age in days by the database's clock from which rows are deleted. */
  readonly days: number;
  readonly signal: AbortSignal;
}

/**
 * Deletes the tenant's old rows: signs the newest row that is old enough, which stays with its hash, and then deletes
 * those before it. The database refuses to delete anything else. The deletion is itself recorded.
 * @returns number of deleted rows
 */
export async function cutTrail({ db, tenantId, key, days, signal }: CutOptions): Promise<bigint> {
  const before = await db.transaction(tenantId, async (tx) => {
    const [row] = await tx.query<{ sequence: bigint; hash: Buffer; first: bigint }>(
      `select sequence, hash, (select sequence from audit_entries order by sequence limit 1) as first from audit_entries
       where recorded_at < now() - $1 * interval '1 day' order by recorded_at desc, sequence desc limit 1`,
      [days],
    );
    if (row === undefined || row.sequence <= row.first) return undefined;
    await signHead(tx, key, row, "RETENTION");
    await appendServiceEntry(tx, {
      action: "retention.cut",
      arguments: { days, fromSequence: String(row.first), beforeSequence: String(row.sequence) },
    });
    return row.sequence;
  });
  let total = 0n;
  let deleted: bigint;
  do {
    if (before === undefined || signal.aborted) return total;
    [{ deleted } = { deleted: 0n }] = await db.transaction(tenantId, (tx) =>
      tx.query<{ deleted: bigint }>("select cut_audit_trail($1, $2) as deleted", [before, BATCH_ROWS]),
    );
    total += deleted;
  } while (deleted >= BigInt(BATCH_ROWS));
  return total;
}
