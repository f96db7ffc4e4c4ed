import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";

/** How far the matching of a tenant has come. */
export interface MatchProgress {
  /** Number of the last event that was considered. */
  readonly seq: bigint;
  /** Identifies the routes by which everything was matched. */
  readonly routesHash: string;
  readonly bankCurrencies: readonly string[];
  /** Type of the objects that are being matched again, all of them; null: none. */
  readonly sweepType: SweptType | null;
  /** Id after which the next ones are. */
  readonly sweepAfter: string;
}

export const SWEPT_TYPES = ["Payout", "BankTransaction"] as const satisfies readonly EntityType[];
export type SweptType = (typeof SWEPT_TYPES)[number];

interface ProgressRow extends MatchProgress, Record<string, unknown> {}

/**
 * Reads the progress of a tenant and keeps others from matching until the transaction ends; undefined when another
 * process is matching. A tenant that was never matched begins with everything that it has.
 */
export async function lockProgress(
  tx: Transaction,
  routesHash: string,
  whenLocked: "skip" | "wait",
): Promise<MatchProgress | undefined> {
  await tx.query(
    `insert into payout_match_progress (tenant_id, seq, routes_hash, sweep_type)
     select $1, coalesce((select head from event_heads), 0), $2, 'Payout' on conflict do nothing`,
    [tx.tenantId, routesHash],
  );
  const [row] = await tx.query<ProgressRow>(
    `select seq, routes_hash as "routesHash", bank_currencies as "bankCurrencies", sweep_type as "sweepType",
       sweep_after as "sweepAfter"
     from payout_match_progress for update ${whenLocked === "skip" ? "skip locked" : ""}`,
  );
  return row;
}

export async function writeProgress(tx: Transaction, progress: MatchProgress): Promise<void> {
  await tx.query(
    `update payout_match_progress set seq = $1, routes_hash = $2, bank_currencies = $3, sweep_type = $4, sweep_after = $5`,
    [progress.seq, progress.routesHash, progress.bankCurrencies, progress.sweepType, progress.sweepAfter],
  );
}

/** Begins to match everything again. */
export function withSweep(progress: MatchProgress): MatchProgress {
  return { ...progress, sweepType: "Payout", sweepAfter: "" };
}
