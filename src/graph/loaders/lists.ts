import { listAccounts } from "../queries/list-accounts.ts";
import { listBankTransactions } from "../queries/list-bank-transactions.ts";
import { listDeliveries } from "../queries/list-deliveries.ts";
import { listDisputes } from "../queries/list-disputes.ts";
import { listLedgerEntries } from "../queries/list-ledger-entries.ts";
import { listFiles, listFindings, listQuarantinedRecords, listSyncRuns } from "../queries/list-operations.ts";
import { listParties } from "../queries/list-parties.ts";
import { listPayments } from "../queries/list-payments.ts";
import { listPayouts } from "../queries/list-payouts.ts";
import { listRefunds } from "../queries/list-refunds.ts";
import { listStatements } from "../queries/list-statements.ts";
import { listSources } from "../queries/find-sources.ts";
import type { PageRequest } from "../queries/page.ts";
import type { Transaction } from "../../store/database.ts";
import { type LoaderEnvironment, throwIfAborted } from "./define-loader.ts";

const LISTS = {
  accounts: listAccounts,
  bankTransactions: listBankTransactions,
  deliveries: listDeliveries,
  disputes: listDisputes,
  files: listFiles,
  findings: listFindings,
  ledgerEntries: listLedgerEntries,
  parties: listParties,
  payments: listPayments,
  payouts: listPayouts,
  quarantinedRecords: listQuarantinedRecords,
  refunds: listRefunds,
  sources: listSources,
  statements: listStatements,
  syncRuns: listSyncRuns,
};

type ListOf<Query> = Query extends (tx: Transaction, filter: infer Filter, page: PageRequest) => infer Rows
  ? (filter: Filter, page: PageRequest) => Rows
  : never;

/** Functions that read a page of each root list. */
export type Lists = { readonly [Name in keyof typeof LISTS]: ListOf<(typeof LISTS)[Name]> };

/** Creates the lists of one tenant. */
export function createLists(environment: LoaderEnvironment): Lists {
  const { database, tenantId, columns } = environment;
  async function read<T>(work: (tx: Transaction) => T): Promise<Awaited<T>> {
    throwIfAborted(environment);
    return await database.read(tenantId, async (tx) => await work(tx));
  }
  const queries = Object.entries(LISTS) as [string, (tx: Transaction, filter: object, page: PageRequest) => unknown][];
  const lists = queries.map(([name, query]) => [
    name,
    (filter: object, page: PageRequest) => read((tx) => query(tx, filter, { ...page, columns })),
  ]);
  return Object.fromEntries(lists) as Lists; // one function for each of LISTS, with its types
}
