import type { HealthState } from "./health.ts";

/** How urgently a person must look at something. */
export type Severity = "CRITICAL" | "WARNING" | "INFO";

/** Every severity, the most urgent one first. */
export const SEVERITIES: readonly Severity[] = ["CRITICAL", "WARNING", "INFO"];

/**
 * Severity of each kind of finding. CRITICAL: data is missing, contradicts itself or will soon be
 * lost, or nobody would learn of it. WARNING: it may become so, or somebody must decide something. INFO: nothing is lost, and it can wait.
 */
export const SEVERITY_OF_KIND = {
  // Data that is missing, cannot be read, or will be lost.
  SOURCE_FAILING: "CRITICAL",
  FEED_GAP: "CRITICAL",
  FEED_RETENTION: "CRITICAL",
  REFETCH_FAILED: "CRITICAL",
  DELIVERY_CONFLICT: "CRITICAL",
  EVENT_WITHOUT_OBJECT: "CRITICAL",
  MALFORMED_FIELD: "CRITICAL",
  // Stored objects that contradict each other.
  LEDGER_ENTRY_NOT_BALANCED: "CRITICAL",
  PAYOUT_LINES_DIFFER: "CRITICAL",
  BALANCE_CHAIN_BROKEN: "CRITICAL",
  ACCOUNT_CURRENCY_CONTRADICTS_BALANCES: "CRITICAL",
  PAYMENT_REFUNDED_ABOVE_CAPTURED: "CRITICAL",
  PAYMENT_CAPTURED_DIFFERS: "CRITICAL",
  PAYMENT_REFUNDS_DIFFER: "CRITICAL",
  PAYMENT_STATUS_CONTRADICTS_CAPTURED: "CRITICAL",
  REFUND_CONTRADICTS_PAYMENT: "CRITICAL",
  STATEMENT_ENTRIES_MISSING: "CRITICAL",
  STATEMENT_TRANSACTIONS_DIFFER: "CRITICAL",
  BANK_TRANSACTION_WITHOUT_ENTRY: "CRITICAL",
  // Stored objects that differ from their source, and money that is not where it should be.
  RECORDS_DIFFER: "CRITICAL",
  PAYOUT_NOT_ARRIVED: "CRITICAL",
  PAYOUTS_NOT_ARRIVED: "CRITICAL",
  ARRIVAL_WITHOUT_PAYOUT: "WARNING",
  ARRIVALS_WITHOUT_PAYOUT: "WARNING",
  // Statements of banks.
  STATEMENT_NOT_CLOSED: "CRITICAL",
  STATEMENT_GAP: "CRITICAL",
  STATEMENT_INCOMPLETE: "CRITICAL",
  BALANCE_MOVEMENT_DIFFERS: "CRITICAL",
  BOOKED_NOT_IN_STATEMENT: "CRITICAL",
  STATEMENT_SUMMARY_DIFFERS: "WARNING",
  STATEMENT_OVERLAP: "WARNING",
  STATEMENT_OUT_OF_ORDER: "WARNING",
  STATEMENT_DUPLICATE: "WARNING",
  STATEMENT_RESTATED: "WARNING",
  // The upstream, its contract and its webhooks.
  CREDENTIALS_EXPIRE: "WARNING",
  BUDGET_USED_ELSEWHERE: "WARNING",
  FEW_RECORDS: "WARNING",
  FIRST_READ_EMPTY: "WARNING",
  WEBHOOKS_SILENT: "WARNING",
  CLOCK_SKEW: "WARNING",
  CHANGED_FIELD: "WARNING",
  CHANGED_VERSION: "WARNING",
  MISSING_FIELD: "WARNING",
  DRIFT_LIMIT_REACHED: "WARNING",
  WEBHOOKS_MISSED: "INFO",
  UNKNOWN_FIELD: "INFO",
  UNKNOWN_VALUE: "INFO",
  // Alerts themselves.
  ALERTS_UNDELIVERED: "CRITICAL",
} as const satisfies Readonly<Record<string, Severity>>;

const SEVERITY_OF_STATE: Readonly<Record<HealthState, Severity>> = {
  OUT_OF_STEP: "CRITICAL",
  CATCHING_UP: "WARNING",
  UNKNOWN: "WARNING",
  IN_STEP: "INFO",
};

/** Returns the severity of a finding. One of a kind that a later version has made is a warning. */
export function severityOfKind(kind: string): Severity {
  return Object.hasOwn(SEVERITY_OF_KIND, kind) ? SEVERITY_OF_KIND[kind as keyof typeof SEVERITY_OF_KIND] : "WARNING";
}

/** Returns the severity of a source's state. */
export function severityOfState(state: HealthState): Severity {
  return SEVERITY_OF_STATE[state];
}

/** Returns the severity of a diagnosis: that of its finding if it is recorded as one, otherwise that of its state. */
export function severityOfDiagnosis(rule: string, state: HealthState): Severity {
  return Object.hasOwn(SEVERITY_OF_KIND, rule) ? severityOfKind(rule) : severityOfState(state);
}

/** Returns the more urgent one of two severities. */
export function worse(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;
}

/** Returns true if a severity is at least as urgent as the minimum. */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(minimum);
}
