import type { BankDate, BankEntry, StatementKind, StatementBalance } from "./bank.ts";
import type { Money } from "./money.ts";
import type { DateTime, LocalDate, RecordBase, Reference } from "./values.ts";

/** A status as we understand it, undefined where we do not, and always as the upstream wrote it. */
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
  /** What was captured so far, in the currency of `amount`. */
  readonly capturedMinor: bigint;
  readonly debtorExternalId: string | undefined;
  readonly creditorExternalId: string | undefined;
  /** Upstream's word: `card`, `sepa_debit`; undefined before one was chosen. */
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
/** One try to move a payment's money. Part of its Payment: a change to it is a change to the Payment. */
export interface PaymentAttemptRecord extends RecordBase, Status<AttemptStatus> {
  readonly type: "PaymentAttempt";
  readonly paymentExternalId: string;
  readonly amount: Money;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly method: string | undefined;
  readonly error: PaymentError | undefined;
}

export type RefundStatus = "PENDING" | "REQUIRES_ACTION" | "SUCCEEDED" | "FAILED" | "CANCELED";
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
export interface PayoutRecord extends RecordBase, Status<PayoutStatus> {
  readonly type: "Payout";
  readonly accountExternalId: string;
  readonly destinationExternalId: string | undefined;
  readonly amount: Money;
  readonly arrivalDate: LocalDate | undefined;
  readonly failureReason: string | undefined;
  readonly references: readonly Reference[];
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
  | "RESERVE";
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
}

/** One entry of an account at a bank, by whichever messages it was told. */
export interface BankTransactionRecord extends RecordBase, Omit<BankEntry, "details" | "rawStatus"> {
  readonly type: "BankTransaction";
  readonly rawStatus: string;
  readonly accountExternalId: string;
  /** The message that it is shown from; undefined where its source gives single transactions. */
  readonly statementExternalId: string | undefined;
  readonly detailCount: number;
  /** Every reference that it can be found by, those of its details too. */
  readonly referenceValues: readonly string[];
  /** Every text that it can be found by. */
  readonly searchText: string;
}

/** What a statement's balances and booked entries add up to in one currency. */
export interface StatementCheck {
  readonly currency: string;
  /** OPBD, else PRCD, else the first ITBD; undefined where there is none. */
  readonly opening: StatementBalance | undefined;
  /** CLBD, else the last ITBD. */
  readonly closing: StatementBalance | undefined;
  readonly booked: Money;
  /** Closing less opening less booked; undefined without both balances. Zero: it closes. */
  readonly difference: Money | undefined;
}

/** Where the bank's own summary says something else than its entries. */
export interface SummaryDifference {
  /** `all.count`, `credits.sum`, … */
  readonly figure: string;
  readonly stated: string;
  readonly found: string;
}

/** A statement, report or notification, over all its pages. */
export interface StatementRecord extends RecordBase {
  readonly type: "Statement";
  readonly accountExternalId: string;
  readonly kind: StatementKind;
  readonly messageVersion: string;
  readonly messageId: string | undefined;
  /** The bank's id of it. */
  readonly statementId: string | undefined;
  readonly electronicSequence: string | undefined;
  readonly legalSequence: string | undefined;
  readonly copyDuplicate: string | undefined;
  /** As written. */
  readonly issuedAt: string | undefined;
  readonly from: BankDate | undefined;
  readonly to: BankDate | undefined;
  /** First and last day that it is about: its period, else its balances, else its entries. */
  readonly firstDay: LocalDate | undefined;
  readonly lastDay: LocalDate | undefined;
  readonly balances: readonly StatementBalance[];
  readonly checks: readonly StatementCheck[];
  /** Undefined where no currency has both balances. */
  readonly closes: boolean | undefined;
  /** Undefined where the bank states none. */
  readonly summaryAgrees: boolean | undefined;
  readonly summaryDifferences: readonly SummaryDifference[];
  readonly entries: number;
  readonly booked: number;
  readonly pending: number;
  readonly faulty: number;
  readonly detailsDiffer: number;
  /** Numbers of the pages that are here, in order; [1] where it is whole. */
  readonly pages: readonly number[];
  /** All its pages are here and all its entries could be read. */
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
