import { entriesOfLine } from "./ledger-sql.ts";

/** Kinds of the lines of a proof, in the order in which they are shown. */
export const LINE_KINDS = [
  "CHARGES",
  "REFUNDS",
  "DISPUTES",
  "DISPUTE_FEES",
  "FEES",
  "ADJUSTMENTS",
  "RESERVES_WITHHELD",
  "RESERVES_RELEASED",
  "LOANS_PAID_OUT",
  "LOAN_REPAYMENTS",
  "TRANSFERS",
  "TOPUPS",
  "PAYOUTS",
  "OTHER",
] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** SQL expression: the line to which the gross amount of an entry belongs. */
export function grossLine(entry: string): string {
  const isDebit = `${entry}.gross_minor < 0`;
  return `(case ${entry}.kind when 'PAYMENT' then 'CHARGES' when 'REFUND' then 'REFUNDS' when 'DISPUTE' then 'DISPUTES'
    when 'FEE' then 'FEES' when 'ADJUSTMENT' then 'ADJUSTMENTS' when 'TRANSFER' then 'TRANSFERS' when 'TOPUP' then 'TOPUPS'
    when 'PAYOUT' then 'PAYOUTS'
    when 'RESERVE' then case when ${isDebit} then 'RESERVES_WITHHELD' else 'RESERVES_RELEASED' end
    when 'FINANCING' then case when ${isDebit} then 'LOAN_REPAYMENTS' else 'LOANS_PAID_OUT' end
    else 'OTHER' end)`;
}

/** SQL expression: the line to which the fee of an entry belongs. */
export function feeLine(entry: string): string {
  return `(case when ${entry}.kind = 'DISPUTE' then 'DISPUTE_FEES' else 'FEES' end)`;
}

/** Id of a line of a proof, unique in its tenant. */
export function lineId(payoutId: string, kind: LineKind): string {
  return `${payoutId}:${kind}`;
}

/** FROM clause of the entries of a line, named `child`, where `parent.id` is the id of the line. */
export const ENTRIES_OF_LINE: string = entriesOfLine({ gross: grossLine("entry"), fee: feeLine("entry") });
