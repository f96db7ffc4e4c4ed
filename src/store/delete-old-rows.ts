import type { Database, Transaction } from "./database.ts";
import type { DeletedBatch, RetentionBatch, RetentionRule } from "./retention.ts";

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
 * Rows that the first transaction examines of each table: most tenants have fewer old ones, and all of their tables then
 * take one transaction.
 */
const FIRST_BATCH = 50;

/**
 * Deletes a tenant's old rows, in one short transaction after the other; a tenant without any takes one.
 * @returns number of deleted rows by table, without those that belong to them; tables without any are left out
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function deleteOldRows(options: DeleteOldRowsOptions): Promise<Readonly<Record<string, number>>> {
  const { db, tenantId, signal, batchSize = FIRST_BATCH } = options;
  const counts: Record<string, number> = {};
  if (isAborted(signal)) return counts;
  const firsts = await db.transaction(tenantId, (tx) => deleteFirsts(tx, { ...options, batchSize }));
  const rest = options.retentions.slice(Math.max(0, firsts.length - 1));
  for (const { table, deleted } of firsts) add(counts, table, deleted);
  let after = firsts.at(-1)?.next;
  if (after === undefined) return counts; // the first batch was the last one of every table
  for (const { rule, days } of rest) {
    do {
      if (isAborted(signal)) return counts;
      const batch: RetentionBatch = { days, after, limit: options.batchSize };
      const { deleted, next }: DeletedBatch = await db.transaction(tenantId, (tx) => rule.deleteBatch(tx, batch));
      add(counts, rule.tables[0], deleted);
      after = next;
    } while (after !== undefined);
  }
  return counts;
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

function add(counts: Record<string, number>, table: string, deleted: number): void {
  if (deleted > 0) counts[table] = (counts[table] ?? 0) + deleted;
}

interface FirstBatch extends DeletedBatch {
  readonly table: string;
}

/** Deletes one batch of each table, up to the first table that has more. */
async function deleteFirsts(
  tx: Transaction,
  { retentions, batchSize: limit }: DeleteOldRowsOptions,
): Promise<readonly FirstBatch[]> {
  const batches: FirstBatch[] = [];
  for (const { rule, days } of retentions) {
    const batch = await rule.deleteBatch(tx, { days, after: undefined, limit });
    batches.push({ table: rule.tables[0], ...batch });
    if (batch.next !== undefined) break;
  }
  return batches;
}
