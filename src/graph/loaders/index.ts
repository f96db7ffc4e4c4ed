import { alertById, alertEndpointById, alertEndpoints, alertMutes } from "./alerts.ts";
import {
  accountById,
  attemptById,
  bankTransactionById,
  disputeById,
  ledgerEntryById,
  partyById,
  paymentById,
  payoutById,
  refundById,
  statementById,
} from "./entity-by-id.ts";
import { childCountLoaders, childLoaders, refundedByPayment } from "./child-lists.ts";
import {
  budgetsBySource,
  erasureBySource,
  eventHead,
  feedBySource,
  streamStatesBySource,
  streamsByRun,
  waitingBySource,
  learnedHoursBySource,
  webhookRateBySource,
  webhookStateBySource,
} from "./source-parts.ts";
import {
  comparisonsByStatement,
  detailsByTransaction,
  linksByStatement,
  nextByStatement,
  transactionCountByStatement,
  transactionsByStatement,
} from "./statement-parts.ts";
import { comparedDays, recordDifferences } from "./completeness.ts";
import { conflictBody, deliveryBody, fileBody, rawBody, rawPayload } from "./raw-bytes.ts";
import { conflictsByDelivery, effectsByDelivery, historyByDelivery } from "./delivery-parts.ts";
import { auditHead, auditPage } from "./audit.ts";
import {
  apiKeyById,
  deliveryById,
  fileByContent,
  fileById,
  findingById,
  quarantinedRecordById,
  sourceById,
  syncRunById,
} from "./operation-by-id.ts";
import { chainBasisByAccount, driftsByAccount, linksByChain, statementChainState } from "./balance-chains.ts";
import { evidencePackById, evidencePackPage } from "./evidence.ts";
import { freshBalances, freshEntity } from "./fresh.ts";
import { healthBySource, healthCounts, metrics, oldestFindings, throughput, worstSources } from "./health.ts";
import { proofByPayout } from "./payout-proofs.ts";
import {
  decisionsByObject,
  matchDecisionById,
  membersByMatch,
  pairByObject,
  reconciliationByObject,
} from "./payout-matches.ts";
import { rootByAlias, sourceIdsByEntity } from "./aliases.ts";
import { historyBoundsByEntity, historyByEntity } from "./history.ts";
import { createLoader, type Loader, type LoaderEnvironment, type LoaderSpec } from "./define-loader.ts";
import { createLists, createTotals, type Lists, type TotalsByType } from "./lists.ts";

const SPECS = {
  alertById,
  alertEndpointById,
  alertEndpoints,
  alertMutes,
  apiKeyById,
  ...childCountLoaders,
  ...childLoaders,
  accountById,
  attemptById,
  auditHead,
  auditPage,
  bankTransactionById,
  budgetsBySource,
  comparedDays,
  chainBasisByAccount,
  comparisonsByStatement,
  conflictBody,
  conflictsByDelivery,
  decisionsByObject,
  deliveryBody,
  deliveryById,
  detailsByTransaction,
  disputeById,
  driftsByAccount,
  effectsByDelivery,
  erasureBySource,
  eventHead,
  evidencePackById,
  evidencePackPage,
  feedBySource,
  fileBody,
  fileByContent,
  fileById,
  findingById,
  freshBalances,
  freshEntity,
  historyBoundsByEntity,
  healthBySource,
  healthCounts,
  historyByDelivery,
  historyByEntity,
  ledgerEntryById,
  linksByChain,
  linksByStatement,
  matchDecisionById,
  membersByMatch,
  metrics,
  nextByStatement,
  oldestFindings,
  pairByObject,
  partyById,
  paymentById,
  payoutById,
  proofByPayout,
  quarantinedRecordById,
  rawBody,
  rawPayload,
  recordDifferences,
  reconciliationByObject,
  refundById,
  refundedByPayment,
  rootByAlias,
  sourceById,
  sourceIdsByEntity,
  statementById,
  statementChainState,
  streamStatesBySource,
  streamsByRun,
  syncRunById,
  throughput,
  transactionCountByStatement,
  transactionsByStatement,
  waitingBySource,
  learnedHoursBySource,
  webhookRateBySource,
  webhookStateBySource,
  worstSources,
};

type LoaderOf<Spec> = Spec extends LoaderSpec<infer Key, infer Value> ? Loader<Key, Value> : never;

/** All loaders of the store, for one operation or for one event of a subscription. */
export type Loaders = { readonly [Name in keyof typeof SPECS]: LoaderOf<(typeof SPECS)[Name]> } & {
  /** Root lists; not batched, because an operation requests each page once. */
  readonly lists: Lists;
  /** Sums of what matches a filter; not batched, as above. */
  readonly totals: TotalsByType;
};

/**
 * Loaders of one operation or event. Each is created on first use: most operations use three or four. The getters are
 * on the prototype, so that the loaders of an event cost no more than those that it uses.
 */
class LoaderSet {
  readonly environment: LoaderEnvironment;

  constructor(environment: LoaderEnvironment) {
    this.environment = environment;
  }
}

/** Defines a property that is made on first use, and replaces itself in the object by what was made. */
function defineLazy(name: string, make: (environment: LoaderEnvironment) => unknown): void {
  Object.defineProperty(LoaderSet.prototype, name, {
    get(this: LoaderSet) {
      const value = make(this.environment);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

for (const [name, spec] of Object.entries(SPECS)) {
  defineLazy(name, (environment) =>
    createLoader<never, unknown>(name, spec as LoaderSpec<never, unknown>, environment),
  );
}
defineLazy("lists", createLists);
defineLazy("totals", createTotals);

/** Creates loaders with empty caches. */
export function createLoaders(environment: LoaderEnvironment): Loaders {
  return new LoaderSet(environment) as unknown as Loaders; // a getter is defined for each loader
}
