import { listAccounts } from "../store/read/list-accounts.ts";
import { listBankTransactions } from "../store/read/list-bank-transactions.ts";
import { listDeliveries } from "../store/read/list-deliveries.ts";
import { listDisputes } from "../store/read/list-disputes.ts";
import { listLedgerEntries } from "../store/read/list-ledger-entries.ts";
import { listFiles, listFindings, listQuarantinedRecords, listSyncRuns } from "../store/read/list-operations.ts";
import { listParties } from "../store/read/list-parties.ts";
import { listPayments } from "../store/read/list-payments.ts";
import { listPayouts } from "../store/read/list-payouts.ts";
import { listRefunds } from "../store/read/list-refunds.ts";
import { listStatements } from "../store/read/list-statements.ts";
import { listSources } from "../store/read/find-sources.ts";
import type { SourceRow } from "../store/read/operation-rows.ts";
import type { PageRequest } from "../store/read/page.ts";
import type { Transaction } from "../store/database.ts";
import { type LoaderEnvironment, requireWanted } from "./define-loader.ts";

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
  statements: listStatements,
  syncRuns: listSyncRuns,
};

type ListOf<Query> = Query extends (tx: Transaction, filter: infer Filter, page: PageRequest) => infer Rows
  ? (filter: Filter, page: PageRequest) => Rows
  : never;

/** A page of each root list. */
export type Lists = { readonly [Name in keyof typeof LISTS]: ListOf<(typeof LISTS)[Name]> } & {
  /** By name; the time of a position is of no account. */
  readonly sources: (page: PageRequest) => Promise<readonly SourceRow[]>;
};

/** The lists of one tenant. */
export function createLists(environment: LoaderEnvironment): Lists {
  const { database, tenantId } = environment;
  async function read<T>(work: (tx: Transaction) => T): Promise<Awaited<T>> {
    requireWanted(environment);
    return await database.read(tenantId, async (tx) => await work(tx));
  }
  const queries = Object.entries(LISTS) as [string, (tx: Transaction, filter: object, page: PageRequest) => unknown][];
  const lists = queries.map(([name, query]) => [
    name,
    (filter: object, page: PageRequest) => read((tx) => query(tx, filter, page)),
  ]);
  const sources = ({ limit, after }: PageRequest) => read((tx) => listSources(tx, { limit, afterId: after?.id ?? "" }));
  return { ...Object.fromEntries(lists), sources } as Lists; // one function for each of LISTS, with its types
}
