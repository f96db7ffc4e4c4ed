import type { Transaction } from "../../store/database.ts";
import { type FirstDays } from "./first-days.ts";
import { hashOf } from "./stored-routes.ts";

/** How far the matching of a tenant has come. */
export interface MatchProgress {
  /** Number of the last event that was considered. */
  readonly seq: bigint;
  /** Identifies the routes of the settings file by which everything was matched, or is being matched. */
  readonly routesHash: string;
  readonly firstDays: FirstDays;
  /** False while a source is read for the first time: what has not arrived yet may still be unread. */
  readonly firstReadsOver: boolean;
  /** Which objects are being matched again, all of them; null: none. */
  readonly sweepType: Sweep | null;
  /** Day (YYYY-MM-DD) and id after which the next ones are. */
  readonly sweepDay: string;
  readonly sweepAfter: string;
}

/**
 * What is matched again, in this order: all payouts, all transactions, and then the objects that had nothing to be
 * compared with, since more days may have become known meanwhile.
 */
export const SWEEPS = ["Payout", "BankTransaction", "Uncompared"] as const;
export type Sweep = (typeof SWEEPS)[number];
/** Position before all objects. */
export const SWEEP_START = { sweepDay: "-infinity", sweepAfter: "" } as const;

interface ProgressRow extends MatchProgress, Record<string, unknown> {}

/**
 * Reads the progress of a tenant and keeps others from matching until the transaction ends; undefined when another
 * process is matching. A tenant that was never matched begins with everything that it has.
 */
export async function lockProgress(tx: Transaction, whenLocked: "skip" | "wait"): Promise<MatchProgress | undefined> {
  await tx.query(
    `insert into payout_match_progress (tenant_id, seq, routes_hash, sweep_type)
     select $1, coalesce((select head from event_heads), 0), $2, 'Payout' on conflict do nothing`,
    [tx.tenantId, hashOf([])],
  );
  const [row] = await tx.query<ProgressRow>(
    `select seq, routes_hash as "routesHash", first_days as "firstDays",
       first_reads_over as "firstReadsOver", sweep_type as "sweepType",
       sweep_day::text as "sweepDay", sweep_after as "sweepAfter"
     from payout_match_progress for update ${whenLocked === "skip" ? "skip locked" : ""}`,
  );
  return row;
}

export async function writeProgress(tx: Transaction, progress: MatchProgress): Promise<void> {
  await tx.query(
    `update payout_match_progress set seq = $1, routes_hash = $2, first_days = $3, first_reads_over = $4,
       sweep_type = $5, sweep_day = $6, sweep_after = $7`,
    [
      progress.seq,
      progress.routesHash,
      JSON.stringify(progress.firstDays),
      progress.firstReadsOver,
      progress.sweepType,
      progress.sweepDay,
      progress.sweepAfter,
    ],
  );
}

/** Begins to match everything again. */
export function withSweep(progress: MatchProgress): MatchProgress {
  return { ...progress, sweepType: "Payout", ...SWEEP_START };
}

/** Begins to match those again that had nothing to be compared with, unless that follows anyway. */
export function withUncomparedSweep(progress: MatchProgress): MatchProgress {
  const { sweepType } = progress;
  if (sweepType !== null && sweepType !== "Uncompared") return progress;
  return { ...progress, sweepType: "Uncompared", ...SWEEP_START };
}
