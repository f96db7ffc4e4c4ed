import type { Database } from "./database.ts";
import type { RetentionPosition, RetentionRule } from "./retention.ts";

/** A rule and the number of days for which its rows are kept. */
export interface Retention {
  readonly rule: RetentionRule;
  readonly days: number;
}

export interface DeleteOldRowsOptions {
  readonly db: Database;
  readonly tenantId: string;
  /** Applied in this order: what refers to other rows comes before them. */
  readonly retentions: readonly Retention[];
  /** Stops the work between two batches. */
  readonly signal?: AbortSignal;
  /** Maximum number of rows examined by one transaction. Default: that of each rule. */
  readonly batchSize?: number;
}

/**
 * Deletes a tenant's old rows, in one short transaction after the other.
 * @returns number of deleted rows by table, without those that belong to them; tables without any are left out
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function deleteOldRows({
  db,
  tenantId,
  retentions,
  signal,
  batchSize,
}: DeleteOldRowsOptions): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { rule, days } of retentions) {
    let after: RetentionPosition | undefined;
    do {
      if (signal?.aborted === true) return counts;
      const batch = { days, after, limit: batchSize };
      const { deleted, next } = await db.transaction(tenantId, (tx) => rule.deleteBatch(tx, batch));
      const [table] = rule.tables;
      if (deleted > 0) counts[table] = (counts[table] ?? 0) + deleted;
      after = next;
    } while (after !== undefined);
  }
  return counts;
}
