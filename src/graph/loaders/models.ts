/* Models of the store for resolvers: rows under the names by which the generated types import them. */
import type { SourceRow } from "../../store/queries/operation-rows.ts";
import type { FreshnessResult } from "../../ingest/read-through/freshness-result.ts";
import type { Via } from "../../store/entities/observation.ts";

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
} from "../../store/queries/rows.ts";
export type {
  BudgetStateRow,
  DeliveryRow,
  FileRow,
  FindingRow,
  QuarantinedRecordRow,
  SourceErasureRow,
  SourceRow,
  StreamStateRow,
  SyncRunRow,
  SyncRunStreamRow,
  VerificationRow,
} from "../../store/queries/operation-rows.ts";
export type { DeliveryFilter } from "../../store/queries/delivery-filter.ts";
export type { DeliveryAttemptRow, DeliveryConflictRow, DeliveryEffectRow } from "../queries/find-deliveries.ts";
export type { TransactionDetailRow } from "../queries/find-details.ts";
export type { SourceIdRow } from "../../store/queries/find-aliases.ts";
export type { StatementLinkRow } from "../queries/find-links.ts";
export type { StatementComparisonModel } from "./statement-parts.ts";
export type { MovementComparison } from "../../store/queries/compare-movements.ts";
export type { StatementEntryRow } from "../queries/find-statement-entries.ts";
export type { PayoutMatchModel } from "./payout-matches.ts";
export type { EntityRows } from "../../store/queries/rows.ts";
export type { ReadColumns } from "../../store/queries/read-columns.ts";
export type { ListPosition, PageRequest, Positioned } from "../queries/page.ts";

/** A source, or only the name of one that is no longer configured but still has objects. */
export type SourceModel =
  | SourceRow
  | ({ readonly id: string } & { readonly [Field in Exclude<keyof SourceRow, "id">]: null });

/** Webhook endpoint of a source. Its statistics are loaded separately. */
export interface SourceWebhooksModel {
  readonly sourceId: string;
  readonly url: string;
  /** True if calls prove their sender. */
  readonly isVerified: boolean;
}

/** Age of an object's data. */
export interface FreshnessModel {
  readonly sourceId: string;
  readonly observedAt: string;
  readonly sourceUpdatedAt: string | null;
  readonly via: Via;
  /** Set if the reader requested a maximum age. */
  readonly freshness?: FreshnessResult;
}

/** Location of an object's bytes: in a payload of its source, or in a delivery. */
export interface RawPointer {
  readonly sourceId: string;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly path: string;
}
