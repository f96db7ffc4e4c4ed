import type { BankDate, BankEntry, StatementKind, StatementBalance } from "./bank.ts";
import type { Money } from "./money.ts";
import type { DateTime, LocalDate, RecordBase, Reference } from "./values.ts";

/** A status in our terms, undefined if we do not know it, and always the text that the upstream wrote. */
interface Status<Known extends string> {
  readonly status: Known | undefined;
  readonly rawStatus: string;
}

export interface PartyRecord extends RecordBase {
  readonly type: "Party";
  readonly kind: "PERSON" | "ORGANIZATION" | undefined;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly identifiers: readonly Reference[];
}

export interface AccountRecord extends RecordBase {
  readonly type: "Account";
  readonly ownership: "INTERNAL" | "EXTERNAL";
  readonly kind: "PROCESSOR_BALANCE" | "BANK_ACCOUNT" | "CARD" | undefined;
  readonly name: string | undefined;
  /** Undefined when the account holds several currencies. */
  readonly currency: string | undefined;
  readonly ownerExternalId: string | undefined;
  readonly identifiers: readonly Reference[];
}

export type BalanceKind = "AVAILABLE" | "BOOKED" | "PENDING" | "RESERVED" | "OPENING" | "CLOSING";
export interface BalanceRecord extends RecordBase {
  readonly type: "Balance";
  readonly accountExternalId: string;
  readonly kind: BalanceKind;
  readonly money: Money;
  readonly asOf: DateTime;
}

export type PaymentStatus =
  | "AWAITING_METHOD"
  | "AWAITING_CONFIRMATION"
  | "REQUIRES_ACTION"
  | "PROCESSING"
  | "AUTHORIZED"
  | "SUCCEEDED"
  | "FAILED"
  | "CANCELED";
export interface PaymentRecord extends RecordBase, Status<PaymentStatus> {
  readonly type: "Payment";
  readonly kind: "PAYIN" | "PAYOUT" | "TRANSFER";
  readonly amount: Money;
  /** Amount captured so far, in the currency of `amount`. */
  readonly capturedMinor: bigint;
  readonly debtorExternalId: string | undefined;
  readonly creditorExternalId: string | undefined;
  /** Upstream's term: `card`, `sepa_debit`; undefined before a method was chosen. */
  readonly method: string | undefined;
  readonly description: string | undefined;
  readonly references: readonly Reference[];
}

export type AttemptStatus = "PENDING" | "SUCCEEDED" | "FAILED";
export interface PaymentError {
  readonly code: string;
  readonly category: "DECLINED" | "AUTHENTICATION" | "INVALID" | "PROCESSING" | "FRAUD" | "OTHER";
  readonly retryable: boolean;
  readonly message: string | undefined;
}
/** An address as a payer or a merchant entered it. */
export interface PostalAddress {
  readonly line1: string | undefined;
  readonly line2: string | undefined;
  readonly city: string | undefined;
  /** State, county or province. */
  readonly state: string | undefined;
  readonly postalCode: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
}
/**
 * Details of the payer as entered with the payment method: they are the payer's input and do not prove an identity.
 * Personal data.
 */
export interface PayerDetails {
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly address: PostalAddress | undefined;
}
/** One attempt to move a payment's money. Part of its Payment: a change to the attempt is a change to the Payment. */
export interface PaymentAttemptRecord extends RecordBase, Status<AttemptStatus> {
  readonly type: "PaymentAttempt";
  readonly paymentExternalId: string;
  readonly amount: Money;
  readonly capturedMinor: bigint;
  /** Refunded part of the captured money; it excludes money that was authorised and never captured. */
  readonly refundedMinor: bigint;
  readonly method: string | undefined;
  readonly error: PaymentError | undefined;
  /** Undefined if the upstream gives none of these details. */
  readonly payerDetails: PayerDetails | undefined;
}

/** `RELEASED`: it releases money that was authorised and never captured, so no money was returned. */
export type RefundStatus = "PENDING" | "REQUIRES_ACTION" | "SUCCEEDED" | "FAILED" | "CANCELED" | "RELEASED";
export interface RefundRecord extends RecordBase, Status<RefundStatus> {
  readonly type: "Refund";
  readonly paymentExternalId: string | undefined;
  readonly attemptExternalId: string | undefined;
  readonly amount: Money;
  readonly reason: string | undefined;
  readonly failureReason: string | undefined;
}

export type DisputeStatus = "NEEDS_RESPONSE" | "UNDER_REVIEW" | "WON" | "LOST" | "CLOSED" | "PREVENTED";
export type DisputeStage = "INQUIRY" | "CHARGEBACK";
export interface DisputeRecord extends RecordBase, Status<DisputeStatus> {
  readonly type: "Dispute";
  readonly paymentExternalId: string | undefined;
  readonly attemptExternalId: string | undefined;
  readonly amount: Money;
  readonly reason: string | undefined;
  readonly stage: DisputeStage | undefined;
  readonly evidenceDueBy: DateTime | undefined;
}

export type PayoutStatus = "PENDING" | "IN_TRANSIT" | "PAID" | "FAILED" | "CANCELED";
/**
 * Availability of the list of ledger lines that a payout paid out: the source lists them, will list them once it has
 * calculated them, or never lists them.
 */
export type PayoutDisclosure = "DISCLOSED" | "PENDING" | "NOT_DISCLOSED";
export interface PayoutRecord extends RecordBase, Status<PayoutStatus> {
  readonly type: "Payout";
  readonly accountExternalId: string;
  readonly destinationExternalId: string | undefined;
  readonly amount: Money;
  readonly arrivalDate: LocalDate | undefined;
  readonly failureReason: string | undefined;
  readonly references: readonly Reference[];
  /** Undefined if the source does not state it. */
  readonly disclosure: PayoutDisclosure | undefined;
}

export type LedgerEntryKind =
  | "PAYMENT"
  | "REFUND"
  | "DISPUTE"
  | "PAYOUT"
  | "FEE"
  | "ADJUSTMENT"
  | "TRANSFER"
  | "TOPUP"
  | "RESERVE"
  | "FINANCING";
/** One line of an account's ledger: gross = fee + net. */
export interface LedgerEntryRecord extends RecordBase {
  readonly type: "LedgerEntry";
  readonly accountExternalId: string;
  readonly kind: LedgerEntryKind | undefined;
  readonly rawKind: string;
  readonly gross: Money;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly originType: "PaymentAttempt" | "Refund" | "Dispute" | "Payout" | undefined;
  readonly originExternalId: string | undefined;
  readonly availableOn: DateTime | undefined;
  readonly description: string | undefined;
  /**
   * Decimal text: units of this entry's currency per unit of its origin's currency. Undefined if no currency was
   * exchanged.
   */
  readonly exchangeRate: string | undefined;
}

/** One entry of a bank account, merged from every message that reported it. */
export interface BankTransactionRecord extends RecordBase, Omit<BankEntry, "details" | "rawStatus"> {
  readonly type: "BankTransaction";
  readonly rawStatus: string;
  readonly accountExternalId: string;
  /** Message that the displayed fields come from; undefined if its source returns single transactions. */
  readonly statementExternalId: string | undefined;
  readonly detailCount: number;
  /** Every reference by which it can be found, including those of its details. */
  readonly referenceValues: readonly string[];
  /** Every text by which it can be found. */
  readonly searchText: string;
}

/** Comparison of a statement's balances with its booked entries in one currency. */
export interface StatementCheck {
  readonly currency: string;
  /** OPBD, else PRCD, else the first ITBD; undefined if there is none. */
  readonly opening: StatementBalance | undefined;
  /** CLBD, else the last ITBD. */
  readonly closing: StatementBalance | undefined;
  readonly booked: Money;
  /**
   * Origin of `booked`: the entries, or the control totals of a statement that lists no entries. Undefined in
   * statements stored by an earlier version, which means the entries.
   */
  readonly basis?: "ENTRIES" | "CONTROL_TOTALS";
  /**
   * Closing minus opening minus booked; undefined unless both balances and the booked sum are known. Zero: the
   * statement balances.
   */
  readonly difference: Money | undefined;
}

/** A figure in which the bank's own summary differs from its entries. */
export interface SummaryDifference {
  /** `all.count`, `credits.sum`, … */
  readonly figure: string;
  readonly stated: string;
  /** Figure calculated from the booked entries. */
  readonly found: string;
  /** Figure calculated from all entries; undefined if all are booked, or if it cannot be determined. */
  readonly foundWithUnbooked?: string;
}

/** A statement, report or notification, across all its pages. */
export interface StatementRecord extends RecordBase {
  readonly type: "Statement";
  readonly accountExternalId: string;
  readonly kind: StatementKind;
  readonly messageVersion: string;
  readonly messageId: string | undefined;
  /** Id that the bank gave the statement. */
  readonly statementId: string | undefined;
  readonly electronicSequence: string | undefined;
  readonly legalSequence: string | undefined;
  readonly copyDuplicate: string | undefined;
  /** Creation time at the bank, as written. */
  readonly issuedAt: string | undefined;
  readonly from: BankDate | undefined;
  readonly to: BankDate | undefined;
  /** First and last day that it covers: its period, else its balances, else its entries. */
  readonly firstDay: LocalDate | undefined;
  readonly lastDay: LocalDate | undefined;
  readonly balances: readonly StatementBalance[];
  readonly checks: readonly StatementCheck[];
  /** Undefined if no currency has a difference. */
  readonly isBalanced: boolean | undefined;
  /** Undefined if the bank states no totals, or they cannot be compared with its entries. */
  readonly summaryMatches: boolean | undefined;
  readonly summaryDifferences: readonly SummaryDifference[];
  readonly entries: number;
  readonly booked: number;
  readonly pending: number;
  readonly faulty: number;
  readonly detailsDiffer: number;
  /** Numbers of the pages received, in order; [1] if it is not split into pages. */
  readonly pages: readonly number[];
  /** True if all its pages were received and all its entries could be read. */
  readonly isComplete: boolean;
}

/** A record: an upstream's item in our terms. */
export type DomainRecord =
  | PartyRecord
  | AccountRecord
  | BalanceRecord
  | PaymentRecord
  | PaymentAttemptRecord
  | RefundRecord
  | DisputeRecord
  | PayoutRecord
  | LedgerEntryRecord
  | BankTransactionRecord
  | StatementRecord;
