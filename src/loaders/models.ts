/* What resolvers see of the store: rows by the names that the generated types know them by. */
import type { SourceRow } from "../store/read/operation-rows.ts";
import type { Verdict } from "../read-through/verdict.ts";
import type { Via } from "../store/entities/observation.ts";

export type {
  AccountRow,
  BalanceRow,
  BankTransactionRow,
  DisputeRow,
  LedgerEntryRow,
  PartyRow,
  PaymentAttemptRow,
  PaymentRow,
  PayoutRow,
  RefundRow,
  StatementRow,
  SyncedRow,
} from "../store/read/rows.ts";
export type {
  BudgetStateRow,
  DeliveryRow,
  FileRow,
  FindingRow,
  QuarantinedRecordRow,
  SourceRow,
  StreamStateRow,
  SyncRunRow,
  SyncRunStreamRow,
  VerificationRow,
} from "../store/read/operation-rows.ts";
export type { DeliveryFilter } from "../store/read/delivery-filter.ts";
export type { DeliveryAttemptRow, DeliveryConflictRow, DeliveryEffectRow } from "../store/read/find-deliveries.ts";
export type { TransactionDetailRow } from "../store/read/find-details.ts";
export type { SourceIdRow } from "../store/read/find-aliases.ts";
export type { StatementLinkRow } from "../store/read/find-links.ts";
export type { StatementComparisonRow } from "../store/read/compare-statements.ts";
export type { ToldTransactionRow } from "../store/read/find-told.ts";
export type { PayoutMatchModel } from "./payout-match.ts";
export type { EntityRows } from "../store/read/rows.ts";
export type { ListPosition, PageRequest, Positioned } from "../store/read/page.ts";

/** A source, or only the name of one that is no longer configured but still has objects. */
export type SourceModel =
  | SourceRow
  | ({ readonly id: string } & { readonly [Field in Exclude<keyof SourceRow, "id">]: null });

/** Where a source takes webhooks. How they do is loaded. */
export interface SourceWebhooksModel {
  readonly sourceId: string;
  readonly url: string;
  /** Whether calls prove who sent them. */
  readonly isVerified: boolean;
}

/** How recent an object is. */
export interface FreshnessModel {
  readonly sourceId: string;
  readonly observedAt: string;
  readonly sourceUpdatedAt: string | null;
  readonly via: Via;
  /** Set where the reader has said how old it may be. */
  readonly verdict?: Verdict;
}

/** Where the bytes of an object are: in a payload of its source, or in a delivery. */
export interface RawPointer {
  readonly sourceId: string;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly path: string;
}
