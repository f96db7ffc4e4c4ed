import type { Transaction } from "../../store/database.ts";

/** Sum of one payout's lines. */
export interface PayoutSumRow {
  readonly payoutId: string;
  readonly lines: number;
  /** Net amount in the payout's currency; null if a line has another currency. */
  readonly sumMinor: bigint | null;
}

/** Sums payouts over the lines that they paid out; a payout that is not stored has no row. One statement. */
export function sumPayoutLines(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutSumRow[]> {
  return tx.query(
    `select payout.id as "payoutId", found.lines, case when found.others = 0 then found.sum end as "sumMinor"
     from payouts as payout cross join lateral (
       select count(*)::int as lines, coalesce(sum(line.net_minor), 0)::bigint as sum,
         count(*) filter (where (line.currency, line.exponent) is distinct from (payout.currency, payout.exponent)) as others
       from (select * from ledger_entries where payout_id = payout.id offset 0) as line
       where line.content_hash is not null and line.deleted_at is null
     ) as found
     where payout.id = any($1)`,
    [payoutIds],
  );
}
