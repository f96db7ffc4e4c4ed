import type { Money } from "./money.ts";

/** RFC 3339 in UTC with milliseconds: `2026-11-22T17:24:24.000Z`. Text order is time order. */
export type DateTime = string;
/** ISO 8601 calendar date without a zone. */
export type LocalDate = string;

/** A reference number and who gave it: `{scheme: "stripe.payment_intent", value: "pi_…"}`. */
export interface Reference {
  readonly scheme: string;
  readonly value: string;
}

/** What every synced record carries. References to other objects are external ids of the same source. */
interface RecordBase {
  readonly externalId: string;
  /** When the upstream made the object; undefined where it does not say. */
  readonly createdAt: DateTime | undefined;
  /** Fields that only one connector has, named `connector.field`. */
  readonly extensions: Readonly<Record<string, string>>;
}

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
  | LedgerEntryRecord;
