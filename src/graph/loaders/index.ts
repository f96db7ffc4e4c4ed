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
import { childLoaders, refundedByPayment, sumByPayout } from "./child-lists.ts";
import {
  budgetsBySource,
  erasureBySource,
  eventHead,
  streamStatesBySource,
  streamsByRun,
  waitingBySource,
  webhookRateBySource,
  webhookStateBySource,
} from "./source-parts.ts";
import {
  comparisonsByStatement,
  detailsByTransaction,
  linksByStatement,
  nextByStatement,
  transactionsByStatement,
} from "./statement-parts.ts";
import { conflictBody, deliveryBody, fileBody, rawBody, rawPayload } from "./raw-bytes.ts";
import { conflictsByDelivery, effectsByDelivery, historyByDelivery } from "./delivery-parts.ts";
import {
  deliveryById,
  fileByContent,
  fileById,
  findingById,
  quarantinedRecordById,
  sourceById,
  syncRunById,
} from "./operation-by-id.ts";
import { freshBalances, freshEntity } from "./fresh.ts";
import { matchByPayout, matchByTransaction } from "./payout-matches.ts";
import { rootByAlias, sourceIdsByEntity } from "./aliases.ts";
import { createLoader, type Loader, type LoaderEnvironment, type LoaderSpec } from "./define-loader.ts";
import { createLists, type Lists } from "./lists.ts";

const SPECS = {
  ...childLoaders,
  accountById,
  attemptById,
  bankTransactionById,
  budgetsBySource,
  comparisonsByStatement,
  conflictBody,
  conflictsByDelivery,
  deliveryBody,
  deliveryById,
  detailsByTransaction,
  disputeById,
  effectsByDelivery,
  erasureBySource,
  eventHead,
  fileBody,
  fileByContent,
  fileById,
  findingById,
  freshBalances,
  freshEntity,
  historyByDelivery,
  ledgerEntryById,
  linksByStatement,
  matchByPayout,
  matchByTransaction,
  nextByStatement,
  partyById,
  paymentById,
  payoutById,
  quarantinedRecordById,
  rawBody,
  rawPayload,
  refundById,
  refundedByPayment,
  rootByAlias,
  sourceById,
  sourceIdsByEntity,
  statementById,
  streamStatesBySource,
  streamsByRun,
  sumByPayout,
  syncRunById,
  transactionsByStatement,
  waitingBySource,
  webhookRateBySource,
  webhookStateBySource,
};

type LoaderOf<Spec> = Spec extends LoaderSpec<infer Key, infer Value> ? Loader<Key, Value> : never;

/** All loaders of the store, for one operation or for one event of a subscription. */
export type Loaders = { readonly [Name in keyof typeof SPECS]: LoaderOf<(typeof SPECS)[Name]> } & {
  /** Root lists; not batched, because an operation requests each page once. */
  readonly lists: Lists;
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
  defineLazy(name, (environment) => createLoader<never, unknown>(spec as LoaderSpec<never, unknown>, environment));
}
defineLazy("lists", createLists);

/** Creates loaders with empty caches. */
export function createLoaders(environment: LoaderEnvironment): Loaders {
  return new LoaderSet(environment) as unknown as Loaders; // a getter is defined for each loader
}
