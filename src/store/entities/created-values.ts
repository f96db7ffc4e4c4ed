/**
 * Columns of the first values of an object, in the order in which the triggers of 0040-cheaper-writes.ts record them:
 * append only. A test compares them with the triggers.
 */
const CREATED_COLUMNS: Readonly<Record<string, string>> = {
  parties: "kind name email identifiers created_at extensions deleted_at",
  accounts: "ownership kind name currency owner_id identifiers created_at extensions deleted_at",
  balances: "account_id kind as_of created_at extensions deleted_at minor currency exponent",
  payments:
    "kind status raw_status debtor_id creditor_id method description reference_list created_at extensions deleted_at amount_minor currency exponent captured_minor",
  payment_attempts:
    "payment_id status raw_status method error payer_details created_at extensions deleted_at amount_minor currency exponent captured_minor refunded_minor",
  refunds:
    "payment_id attempt_id status raw_status reason failure_reason created_at extensions deleted_at amount_minor currency exponent",
  disputes:
    "payment_id attempt_id status raw_status reason stage evidence_due_by created_at extensions deleted_at amount_minor currency exponent",
  payouts:
    "account_id destination_id status raw_status arrival_date failure_reason reference_list created_at extensions deleted_at amount_minor currency exponent disclosure lines_known_at",
  ledger_entries:
    "account_id kind raw_kind origin_type origin_id available_on description exchange_rate payout_id created_at extensions deleted_at gross_minor fee_minor net_minor currency exponent",
  bank_transactions:
    "account_id statement_id direction status raw_status is_reversal booking_date booking_time value_date value_time code reference_list counterparty remittance creditor_reference return_reason amounts charges charges_total batches additional_info details_match detail_count created_at extensions deleted_at amount_minor currency exponent",
  statements:
    "account_id kind message_version message_id bank_statement_id electronic_sequence legal_sequence copy_duplicate issued_at period_from period_to first_day last_day balance_list checks is_balanced summary_matches summary_differences entry_count booked_count pending_count faulty_count details_differ pages is_complete created_at extensions deleted_at",
};

/** Returns the columns of one table, in order. */
export function createdColumns(table: string): readonly string[] {
  return CREATED_COLUMNS[table]?.split(" ") ?? [];
}

/** Returns the recorded first values of an object by column. */
export function createdValues(table: string, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(createdColumns(table).map((column, index) => [column, values[index] ?? null]));
}
