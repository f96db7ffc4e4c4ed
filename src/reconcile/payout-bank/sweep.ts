import type { Transaction } from "../../store/database.ts";
import { type MatchProgress, type Sweep, SWEEP_START, SWEEPS } from "./match-progress.ts";

/** Objects of one step of matching everything. */
export const SWEEP_PAGE = 250;

/** Position of matching everything. */
type SweepPosition = Pick<MatchProgress, "sweepDay" | "sweepAfter">;

export interface SweptPage {
  readonly ids: readonly string[];
  /** Where the next page begins; of a type that is null: everything was matched again. */
  readonly next: SweepPosition & Pick<MatchProgress, "sweepType">;
}

/** Expression of an object's day, and the rows that have one. Nothing else can be matched. */
interface SweptRows {
  readonly day: string;
  readonly rows: string;
}

/** The index has this expression: PostgreSQL would not look for a `coalesce` in an index of a table with row security. */
const ARRIVAL_DAY = "(case when booking_date is null then value_date else booking_date end)";

const SWEPT: Readonly<Record<Sweep, SweptRows>> = {
  Payout: { day: "arrival_order", rows: "payouts where content_hash is not null and arrival_order < 'infinity'" },
  BankTransaction: { day: ARRIVAL_DAY, rows: "bank_transactions where content_hash is not null" },
  Uncompared: { day: "day", rows: "reconciliation_items where state is null and is_relevant" },
};

/**
 * Finds the next page of what is to be matched again. The objects of a page are of neighbouring days, and so are those
 * that they are compared with: pages in the order of ids would each read those of all days.
 */
export async function sweep(
  tx: Transaction,
  { sweepType, sweepDay, sweepAfter }: SweepPosition & { readonly sweepType: Sweep },
): Promise<SweptPage> {
  const { day, rows } = SWEPT[sweepType];
  const page = await tx.query<{ id: string; lastDay: string }>(
    `select id, ${day}::text as "lastDay" from ${rows} and (${day}, id) > ($1::date, $2)
     order by ${day}, id limit ${SWEEP_PAGE}`,
    [sweepDay, sweepAfter],
  );
  const ids = page.map(({ id }) => id);
  const last = page.at(-1);
  if (last === undefined || page.length < SWEEP_PAGE) {
    return { ids, next: { sweepType: SWEEPS[SWEEPS.indexOf(sweepType) + 1] ?? null, ...SWEEP_START } };
  }
  return { ids, next: { sweepType, sweepDay: last.lastDay, sweepAfter: last.id } };
}
