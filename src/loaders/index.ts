import { accountById } from "./account-by-id.ts";
import { attemptById } from "./attempt-by-id.ts";
import { attemptsByPayment } from "./attempts-by-payment.ts";
import { balancesByAccount } from "./balances-by-account.ts";
import { bankTransactionById } from "./bank-transaction-by-id.ts";
import { bankTransactionsByAccount } from "./bank-transactions-by-account.ts";
import { budgetsBySource } from "./budgets-by-source.ts";
import { comparisonsByStatement } from "./comparisons-by-statement.ts";
import { conflictBody } from "./conflict-body.ts";
import { conflictsByDelivery } from "./conflicts-by-delivery.ts";
import { deliveryBody } from "./delivery-body.ts";
import { deliveryById } from "./delivery-by-id.ts";
import { detailsByTransaction } from "./details-by-transaction.ts";
import { disputeById } from "./dispute-by-id.ts";
import { disputesByPayment } from "./disputes-by-payment.ts";
import { effectsByDelivery } from "./effects-by-delivery.ts";
import { eventHead } from "./event-head.ts";
import { fileBody } from "./file-body.ts";
import { fileByContent } from "./file-by-content.ts";
import { fileById } from "./file-by-id.ts";
import { findingById } from "./finding-by-id.ts";
import { freshBalances } from "./fresh-balances.ts";
import { freshEntity } from "./fresh-entity.ts";
import { historyByDelivery } from "./history-by-delivery.ts";
import { ledgerEntriesByAccount } from "./ledger-entries-by-account.ts";
import { ledgerEntriesByOrigin } from "./ledger-entries-by-origin.ts";
import { ledgerEntriesByPayment } from "./ledger-entries-by-payment.ts";
import { ledgerEntryById } from "./ledger-entry-by-id.ts";
import { linksByStatement } from "./links-by-statement.ts";
import { matchByPayout } from "./match-by-payout.ts";
import { matchByTransaction } from "./match-by-transaction.ts";
import { nextByStatement } from "./next-by-statement.ts";
import { partyById } from "./party-by-id.ts";
import { paymentById } from "./payment-by-id.ts";
import { paymentsByDebtor } from "./payments-by-debtor.ts";
import { payoutById } from "./payout-by-id.ts";
import { payoutsByDestination } from "./payouts-by-destination.ts";
import { quarantinedRecordById } from "./quarantined-record-by-id.ts";
import { rawBody } from "./raw-body.ts";
import { rawPayload } from "./raw-payload.ts";
import { refundById } from "./refund-by-id.ts";
import { refundedByPayment } from "./refunded-by-payment.ts";
import { refundsByPayment } from "./refunds-by-payment.ts";
import { rootByAlias } from "./root-by-alias.ts";
import { sourceById } from "./source-by-id.ts";
import { sourceIdsByEntity } from "./source-ids-by-entity.ts";
import { statementById } from "./statement-by-id.ts";
import { statementsByAccount } from "./statements-by-account.ts";
import { statementsByFile } from "./statements-by-file.ts";
import { statementsByTransaction } from "./statements-by-transaction.ts";
import { streamStatesBySource } from "./stream-states-by-source.ts";
import { streamsByRun } from "./streams-by-run.ts";
import { syncRunById } from "./sync-run-by-id.ts";
import { transactionsByStatement } from "./transactions-by-statement.ts";
import { waitingBySource } from "./waiting-by-source.ts";
import { webhookRateBySource } from "./webhook-rate-by-source.ts";
import { webhookStateBySource } from "./webhook-state-by-source.ts";
import { createLoader, type Loader, type LoaderEnvironment, type LoaderSpec } from "./define-loader.ts";
import { createLists, type Lists } from "./lists.ts";

const SPECS = {
  accountById,
  attemptById,
  attemptsByPayment,
  balancesByAccount,
  bankTransactionById,
  bankTransactionsByAccount,
  budgetsBySource,
  comparisonsByStatement,
  conflictBody,
  conflictsByDelivery,
  deliveryBody,
  deliveryById,
  detailsByTransaction,
  disputeById,
  disputesByPayment,
  effectsByDelivery,
  eventHead,
  fileBody,
  fileByContent,
  fileById,
  findingById,
  freshBalances,
  freshEntity,
  historyByDelivery,
  ledgerEntriesByAccount,
  ledgerEntriesByOrigin,
  ledgerEntriesByPayment,
  ledgerEntryById,
  linksByStatement,
  matchByPayout,
  matchByTransaction,
  nextByStatement,
  partyById,
  paymentById,
  paymentsByDebtor,
  payoutById,
  payoutsByDestination,
  quarantinedRecordById,
  rawBody,
  rawPayload,
  refundById,
  refundedByPayment,
  refundsByPayment,
  rootByAlias,
  sourceById,
  sourceIdsByEntity,
  statementById,
  statementsByAccount,
  statementsByFile,
  statementsByTransaction,
  streamStatesBySource,
  streamsByRun,
  syncRunById,
  transactionsByStatement,
  waitingBySource,
  webhookRateBySource,
  webhookStateBySource,
};

type LoaderOf<Spec> = Spec extends LoaderSpec<infer Key, infer Value> ? Loader<Key, Value> : never;

/** Every way to read the store, for one operation, or for one event of a subscription. */
export type Loaders = { readonly [Name in keyof typeof SPECS]: LoaderOf<(typeof SPECS)[Name]> } & {
  /** Root lists; not batched, since an operation asks for each page once. */
  readonly lists: Lists;
};

/** Loaders with empty caches. Each is made when it is first used: most operations use three or four. */
export function createLoaders(environment: LoaderEnvironment): Loaders {
  const loaders = { lists: createLists(environment) };
  for (const [name, spec] of Object.entries(SPECS)) {
    let made: Loader<never, unknown> | undefined;
    const get = () => (made ??= createLoader<never, unknown>(spec as LoaderSpec<never, unknown>, environment));
    Object.defineProperty(loaders, name, { get, enumerable: true });
  }
  return loaders as Loaders; // the loop has put in a loader for each spec
}
