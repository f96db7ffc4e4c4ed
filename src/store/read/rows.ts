/*
 * Rows as the graph reads them: columns in camel case, int8 as bigint, times as RFC 3339 text. Everything that an
 * upstream says is nullable: of an object whose deletion is all that was seen, nothing else is known.
 */
import type {
  BankDate,
  BankTransactionCode,
  Batch,
  BookingStatus,
  Charge,
  Counterparty,
  Direction,
  NamedAmount,
  ReturnReason,
  StatementBalance,
  StatementKind,
} from "../../domain/bank.ts";
import type {
  AccountRecord,
  AttemptStatus,
  BalanceKind,
  BankTransactionRecord,
  DisputeStage,
  DisputeStatus,
  LedgerEntryKind,
  LedgerEntryRecord,
  PartyRecord,
  PaymentError,
  PaymentRecord,
  PaymentStatus,
  PayoutStatus,
  RefundStatus,
  StatementCheck,
  SummaryDifference,
} from "../../domain/entities.ts";
import type { Reference } from "../../domain/values.ts";
import type { Via } from "../entities/observation.ts";

/** What every synced object has. */
export interface SyncedRow {
  readonly id: string;
  readonly sourceId: string;
  readonly externalId: string;
  readonly createdAt: string | null;
  /** Key of the lists, with the id: PostgreSQL's own text of it, so that no digit is lost on the way back. */
  readonly orderedAt: string;
  readonly observedAt: string;
  readonly sourceUpdatedAt: string | null;
  readonly via: Via;
  readonly deletedAt: string | null;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly rawPath: string;
  readonly extensions: Readonly<Record<string, string>> | null;
}

/** A status in our terms, null where we know no word for it, and in the upstream's own. */
interface StatusRow<Known extends string> {
  readonly status: Known | null;
  readonly rawStatus: string | null;
}

/** An amount; all three are null together. */
interface AmountRow {
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly exponent: number | null;
}

export interface PartyRow extends SyncedRow {
  readonly kind: NonNullable<PartyRecord["kind"]> | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly identifiers: readonly Reference[] | null;
}

export interface AccountRow extends SyncedRow {
  readonly ownership: AccountRecord["ownership"] | null;
  readonly kind: NonNullable<AccountRecord["kind"]> | null;
  readonly name: string | null;
  readonly currency: string | null;
  readonly ownerId: string | null;
  readonly identifiers: readonly Reference[] | null;
}

export interface BalanceRow extends SyncedRow {
  readonly accountId: string | null;
  readonly kind: BalanceKind | null;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly exponent: number | null;
  readonly asOf: string | null;
}

export interface PaymentRow extends SyncedRow, StatusRow<PaymentStatus>, AmountRow {
  readonly kind: PaymentRecord["kind"] | null;
  readonly capturedMinor: bigint | null;
  readonly debtorId: string | null;
  readonly creditorId: string | null;
  readonly method: string | null;
  readonly description: string | null;
  readonly referenceList: readonly Reference[] | null;
}

export interface PaymentAttemptRow extends SyncedRow, StatusRow<AttemptStatus>, AmountRow {
  readonly paymentId: string | null;
  readonly capturedMinor: bigint | null;
  readonly refundedMinor: bigint | null;
  readonly method: string | null;
  readonly error: PaymentError | null;
}

export interface RefundRow extends SyncedRow, StatusRow<RefundStatus>, AmountRow {
  readonly paymentId: string | null;
  readonly attemptId: string | null;
  readonly reason: string | null;
  readonly failureReason: string | null;
}

export interface DisputeRow extends SyncedRow, StatusRow<DisputeStatus>, AmountRow {
  readonly paymentId: string | null;
  readonly attemptId: string | null;
  readonly reason: string | null;
  readonly stage: DisputeStage | null;
  readonly evidenceDueBy: string | null;
}

export interface PayoutRow extends SyncedRow, StatusRow<PayoutStatus>, AmountRow {
  readonly accountId: string | null;
  readonly destinationId: string | null;
  readonly arrivalDate: string | null;
  readonly failureReason: string | null;
  readonly referenceList: readonly Reference[] | null;
}

export interface LedgerEntryRow extends SyncedRow {
  readonly accountId: string | null;
  readonly kind: LedgerEntryKind | null;
  readonly rawKind: string | null;
  readonly grossMinor: bigint | null;
  readonly feeMinor: bigint | null;
  readonly netMinor: bigint | null;
  readonly currency: string | null;
  readonly exponent: number | null;
  readonly originType: NonNullable<LedgerEntryRecord["originType"]> | null;
  readonly originId: string | null;
  readonly availableOn: string | null;
  readonly description: string | null;
}

export interface BankTransactionRow extends SyncedRow, StatusRow<BookingStatus>, AmountRow {
  readonly accountId: string | null;
  readonly statementId: string | null;
  readonly direction: Direction | null;
  readonly isReversal: boolean | null;
  readonly bookingDate: string | null;
  readonly bookingTime: string | null;
  readonly valueDate: string | null;
  readonly valueTime: string | null;
  readonly code: BankTransactionCode | null;
  readonly referenceList: readonly Reference[] | null;
  readonly counterparty: Counterparty | null;
  readonly remittance: string | null;
  readonly creditorReference: string | null;
  readonly returnReason: ReturnReason | null;
  readonly amounts: readonly NamedAmount[] | null;
  readonly charges: readonly Charge[] | null;
  readonly batches: readonly Batch[] | null;
  readonly additionalInfo: string | null;
  readonly detailsMatch: BankTransactionRecord["detailsMatch"] | null;
  readonly detailCount: number | null;
}

export interface StatementRow extends SyncedRow {
  readonly accountId: string | null;
  readonly kind: StatementKind | null;
  readonly messageVersion: string | null;
  readonly messageId: string | null;
  readonly bankStatementId: string | null;
  readonly electronicSequence: string | null;
  readonly legalSequence: string | null;
  readonly copyDuplicate: string | null;
  readonly issuedAt: string | null;
  readonly periodFrom: BankDate | null;
  readonly periodTo: BankDate | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly balanceList: readonly StatementBalance[] | null;
  readonly checks: readonly StatementCheck[] | null;
  readonly closes: boolean | null;
  readonly summaryAgrees: boolean | null;
  readonly summaryDifferences: readonly SummaryDifference[] | null;
  readonly entryCount: number | null;
  readonly bookedCount: number | null;
  readonly pendingCount: number | null;
  readonly faultyCount: number | null;
  readonly detailsDiffer: number | null;
  readonly pages: readonly number[] | null;
  readonly isComplete: boolean | null;
}

/** Row type of each kind of synced object. */
export interface EntityRows {
  readonly Party: PartyRow;
  readonly Account: AccountRow;
  readonly Balance: BalanceRow;
  readonly Payment: PaymentRow;
  readonly PaymentAttempt: PaymentAttemptRow;
  readonly Refund: RefundRow;
  readonly Dispute: DisputeRow;
  readonly Payout: PayoutRow;
  readonly LedgerEntry: LedgerEntryRow;
  readonly BankTransaction: BankTransactionRow;
  readonly Statement: StatementRow;
}
