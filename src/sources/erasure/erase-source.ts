import type { Database, Transaction } from "../../store/database.ts";
import { eraseBatch } from "./erase-batch.ts";
import { type ErasedTable, readErasurePlan } from "./erasure-plan.ts";
import { ERASURES, type ErasureLease, type ErasurePosition, finishErasure, readErasure } from "./erasure-rows.ts";

export interface EraseOptions {
  readonly db: Database;
  readonly tenantId: string;
  readonly lease: ErasureLease;
  /** Deletes what is left of the source itself, in the transaction that finishes its erasure. */
  readonly forget: (tx: Transaction, sourceId: string) => Promise<void>;
  /** Stops the work between two batches. */
  readonly signal: AbortSignal;
}

/** `waiting`: transactions that are older than the erasure are still open. `stopped`: by the signal. */
export type EraseResult = "finished" | "waiting" | "stopped";

/**
 * Deletes everything of a source, in one short transaction after the other; each one also stores where the next one
 * begins, so that another process can continue.
 * @throws ServiceError LEASE_LOST | STORE_UNAVAILABLE | INTERNAL
 */
export async function eraseSource(options: EraseOptions): Promise<EraseResult> {
  const { db, tenantId, lease, signal } = options;
  const state = await db.read(tenantId, (tx) => readErasure(tx, lease.sourceId));
  if (state === undefined) return "finished"; // by another process
  if (!state.isFenced) {
    await db.transaction(tenantId, (tx) => ERASURES.release(tx, lease));
    return "waiting";
  }
  const plan = await db.read(tenantId, readErasurePlan);
  let next: ErasurePosition | undefined = state.position ?? firstOf(plan);
  while (next !== undefined) {
    if (signal.aborted) {
      await db.transaction(tenantId, (tx) => ERASURES.release(tx, lease));
      return "stopped";
    }
    next = await eraseNext(options, plan, next);
  }
  return "finished";
}

function firstOf(plan: readonly ErasedTable[]): ErasurePosition | undefined {
  return plan[0] && { table: plan[0].table, after: null };
}

/** @returns position of the next batch; undefined: everything is deleted */
async function eraseNext(
  { db, tenantId, lease, forget }: EraseOptions,
  plan: readonly ErasedTable[],
  { table, after }: ErasurePosition,
): Promise<ErasurePosition | undefined> {
  const index = Math.max(
    0,
    plan.findIndex((one) => one.table === table),
  );
  const current = plan[index];
  return db.transaction(tenantId, async (tx) => {
    const batch = current && (await eraseBatch(tx, lease.sourceId, current, after));
    const next =
      batch?.isDone === false && current
        ? { table: current.table, after: batch.after }
        : firstOf(plan.slice(index + 1));
    await ERASURES.extend(tx, lease, {
      set: "deleted_rows = deleted_rows + $1, position = $2::jsonb",
      values: [batch?.deleted ?? 0, next === undefined ? null : JSON.stringify(next)],
    });
    if (next !== undefined) return next;
    await forget(tx, lease.sourceId);
    await finishErasure(tx, lease);
    return undefined;
  });
}
