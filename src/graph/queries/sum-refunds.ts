import type { Transaction } from "../../store/database.ts";

/** Refunded amount of one payment in one currency. */
export interface RefundedRow {
  readonly paymentId: string;
  readonly currency: string;
  readonly refundedMinor: bigint;
}

/** Sums the refunded amounts of payments over their attempts; a payment without attempts has no row. */
export function sumRefunds(tx: Transaction, paymentIds: readonly string[]): Promise<RefundedRow[]> {
  return tx.query(
    `select payment_id as "paymentId", currency, sum(refunded_minor)::bigint as "refundedMinor"
     from payment_attempts
     where payment_id = any($1) and content_hash is not null and deleted_at is null
     group by payment_id, currency`,
    [paymentIds],
  );
}
