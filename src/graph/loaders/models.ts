/* Models of the store for resolvers: rows under the names by which the generated types import them. */
import type { Remedy } from "../../diagnosis/rules/rule.ts";
import type { SourceRow } from "../../store/queries/operation-rows.ts";
import type { FreshnessResult } from "../../ingest/read-through/freshness-result.ts";
import type { ChainBasis, LinkRow } from "../../reconcile/balance-chain/find-links.ts";
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
  ApiKeyRow,
  BudgetStateRow,
  DeliveryRow,
  FileRow,
  FindingRow,
  QuarantinedRecordRow,
  SourceErasureRow,
  SourceFeedRow,
  SourceRow,
  StreamStateRow,
  SyncRunRow,
  SyncRunStreamRow,
  VerificationRow,
} from "../../store/queries/operation-rows.ts";
export type { AuditEntryModel } from "./audit.ts";
export type { AuditHeadRow } from "../queries/find-audit.ts";
export type { EvidencePackRow } from "../queries/find-evidence.ts";
export type { Diagnosis, Health } from "../../diagnosis/diagnose.ts";
export type { Evidence } from "../../diagnosis/rules/rule.ts";
export type { MetricPointRow, MetricRequest, MetricSeriesRow } from "../queries/find-metrics.ts";
export type { AlertEndpointRow, AlertMuteRow, AlertRow } from "../queries/find-alerts.ts";
export type { ComparedDayRow, ContentSum, RecordDifferenceRow } from "../queries/find-completeness.ts";
export type { HealthCountRow, ThroughputRow } from "../queries/find-overview.ts";
export type { DeliveryFilter } from "../../store/queries/delivery-filter.ts";
export type { BulkPosition } from "../../store/queries/bulk-position.ts";
export type { QuarantineFilter } from "../../store/queries/quarantine-filter.ts";
export type { DeliveryAttemptRow, DeliveryConflictRow, DeliveryEffectRow } from "../queries/find-deliveries.ts";
export type { FieldChangeModel } from "../queries/changed-fields.ts";
export type { FieldValueModel } from "../queries/field-value.ts";
export type { HistoryBounds, ObjectChangeModel } from "../queries/find-history.ts";
export type { TransactionDetailRow } from "../queries/find-details.ts";
export type { SourceIdRow } from "../../store/queries/find-aliases.ts";
export type { StatementLinkRow } from "../queries/find-links.ts";
export type { StatementComparisonModel } from "./statement-parts.ts";
export type { MovementComparison } from "../../store/queries/compare-movements.ts";
export type { StatementEntryRow } from "../queries/find-statement-entries.ts";
export type { DriftCandidate, DriftRow } from "../../reconcile/balance-chain/find-drift.ts";
export type { LinkRow } from "../../reconcile/balance-chain/find-links.ts";
export type { Proof, ProofLine, Residue } from "../../reconcile/payout-proof/decide-proof.ts";
export type {
  MatchExchangeModel,
  MatchLinkModel,
  MatchResidueModel,
  PayoutMatchModel,
  ProposalModel,
} from "./payout-matches.ts";
export type { MatchDecisionRow, PagedMatchDecisionRow } from "../queries/find-match-decisions.ts";
export type { MatchMemberRow, ReconciliationRow } from "../queries/find-reconciliation.ts";
export type { EntityRows } from "../../store/queries/rows.ts";
export type { ReadColumns } from "../../store/queries/read-columns.ts";
export type { ListCount, ListPosition, PageRequest, Positioned } from "../queries/page.ts";
export type { ActivityRow } from "../queries/list-activity.ts";
export type { CurrencySums, Totals } from "../queries/sum-entities.ts";
export type { RootList } from "./lists.ts";
export type { ChildListName } from "./child-lists.ts";
export type { ChildPage } from "../queries/find-children.ts";

/** The chain of an account's balances in one currency. Its links and its drift are loaded separately. */
export interface BalanceChainModel {
  readonly accountId: string;
  readonly basis: ChainBasis;
  readonly currency: string;
  /** First day of its links, and the day after the last one; undefined: no limit. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A link with the currency of its chain. */
export type BalanceLinkModel = LinkRow & { readonly currency: string };

/** A source, or only the name of one that is no longer configured but still has objects. */
export type SourceModel =
  | SourceRow
  | ({ readonly id: string } & { readonly [Field in Exclude<keyof SourceRow, "id">]: null });

/** The mutation of a remedy. */
export type RemedyMutation = NonNullable<Remedy["mutation"]>;

/** The overview: its parts are loaded one by one. */
export interface OverviewModel {
  /** Epoch milliseconds of our clock. */
  readonly atMs: number;
}

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
