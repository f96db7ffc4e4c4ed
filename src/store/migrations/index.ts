import type { Migration } from "kysely/migration";
import { initial } from "./0001-initial.ts";
import { budgets } from "./0002-budgets.ts";
import { streamRanges } from "./0003-stream-ranges.ts";
import { bankStatements } from "./0004-bank-statements.ts";
import { webhooks } from "./0005-webhooks.ts";
import { payerAndExchangeRate } from "./0006-payer-and-exchange-rate.ts";
import { payouts } from "./0007-payouts.ts";
import { entryOccurrences } from "./0008-entry-occurrences.ts";
import { bankCharges } from "./0009-bank-charges.ts";
import { invariants } from "./0010-invariants.ts";
import { oneSuccessor } from "./0011-one-successor.ts";
import { plainNames } from "./0012-plain-names.ts";
import { statuses } from "./0013-statuses.ts";
import { filterIndexes } from "./0014-filter-indexes.ts";
import { failingSources } from "./0015-failing-sources.ts";
import { retention } from "./0016-retention.ts";
import { unfinishedAttempts } from "./0017-unfinished-attempts.ts";
import { workSearch } from "./0018-work-search.ts";
import { connectedSources } from "./0019-connected-sources.ts";
import { platformSources } from "./0020-platform-sources.ts";
import { callbackSubscriptions } from "./0021-callback-subscriptions.ts";
import { changeFeeds } from "./0022-change-feeds.ts";
import { platformOfSources } from "./0023-platform-of-sources.ts";
import { listOrders } from "./0024-list-orders.ts";
import { entityChanges } from "./0025-entity-changes.ts";
import { apiKeys } from "./0026-api-keys.ts";
import { traces } from "./0027-traces.ts";
import { pinnedContracts } from "./0029-pinned-contracts.ts";
import { sourceHealth } from "./0030-source-health.ts";
import { sourceMetrics } from "./0031-source-metrics.ts";
import { alerts } from "./0032-alerts.ts";
import { completeness } from "./0035-completeness.ts";
import { proofs } from "./0036-proofs.ts";
import { payoutMatching } from "./0037-payout-matching.ts";
import { mergedSearch } from "./0038-merged-search.ts";
import { cheaperWrites } from "./0040-cheaper-writes.ts";
import { auditTrail } from "./0042-audit-trail.ts";
import { evidencePacks } from "./0043-evidence-packs.ts";
import { pastStates } from "./0044-past-states.ts";
import { signedHeads } from "./0046-signed-heads.ts";
import { payoutRoutes } from "./0052-payout-routes.ts";
import { reconciliationIndexes } from "./0055-reconciliation-indexes.ts";
import { differencesByDay } from "./0056-differences-by-day.ts";
import { reloadedSettings } from "./0058-reloaded-settings.ts";
import { diagnosis } from "./0060-diagnosis.ts";
import { instructedAmounts } from "./0061-instructed-amounts.ts";
import { comparisonsAndRepairs } from "./0062-comparisons-and-repairs.ts";
import { cheaperChanges } from "./0064-cheaper-changes.ts";

/**
 * All migrations in order of their names. Forward only: one that has run somewhere is never edited, except its
 * comments.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-initial": initial,
  "0002-budgets": budgets,
  "0003-stream-ranges": streamRanges,
  "0004-bank-statements": bankStatements,
  "0005-webhooks": webhooks,
  "0006-payer-and-exchange-rate": payerAndExchangeRate,
  "0007-payouts": payouts,
  "0008-entry-occurrences": entryOccurrences,
  "0009-bank-charges": bankCharges,
  "0010-invariants": invariants,
  "0011-one-successor": oneSuccessor,
  "0012-plain-names": plainNames,
  "0013-statuses": statuses,
  "0014-filter-indexes": filterIndexes,
  "0015-failing-sources": failingSources,
  "0016-retention": retention,
  "0017-unfinished-attempts": unfinishedAttempts,
  "0018-work-search": workSearch,
  "0019-connected-sources": connectedSources,
  "0020-platform-sources": platformSources,
  "0021-callback-subscriptions": callbackSubscriptions,
  "0022-change-feeds": changeFeeds,
  "0023-platform-of-sources": platformOfSources,
  "0024-list-orders": listOrders,
  "0025-entity-changes": entityChanges,
  "0026-api-keys": apiKeys,
  "0027-traces": traces,
  "0029-pinned-contracts": pinnedContracts,
  "0030-source-health": sourceHealth,
  "0031-source-metrics": sourceMetrics,
  "0032-alerts": alerts,
  "0035-completeness": completeness,
  "0036-proofs": proofs,
  "0037-payout-matching": payoutMatching,
  "0038-merged-search": mergedSearch,
  "0040-cheaper-writes": cheaperWrites,
  "0042-audit-trail": auditTrail,
  "0043-evidence-packs": evidencePacks,
  "0044-past-states": pastStates,
  "0046-signed-heads": signedHeads,
  "0052-payout-routes": payoutRoutes,
  "0055-reconciliation-indexes": reconciliationIndexes,
  "0056-differences-by-day": differencesByDay,
  "0058-reloaded-settings": reloadedSettings,
  "0060-diagnosis": diagnosis,
  "0061-instructed-amounts": instructedAmounts,
  "0062-comparisons-and-repairs": comparisonsAndRepairs,
  "0064-cheaper-changes": cheaperChanges,
};
