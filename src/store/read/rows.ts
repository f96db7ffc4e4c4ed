/*
 * Rows as the graph reads them: columns in camel case, int8 as bigint, times as RFC 3339 text. Everything that an
 * upstream says is nullable: of an object whose deletion is all that was seen, nothing else is known.
 */
import type {
  AccountRecord,
  AttemptStatus,
  BalanceKind,
  DisputeStage,
  DisputeStatus,
  LedgerEntryKind,
  LedgerEntryRecord,
  PartyRecord,
  PaymentError,
  PaymentRecord,
  PaymentStatus,
  PayoutStatus,
  Reference,
  RefundStatus,
} from "../../domain/entities.ts";
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
}
