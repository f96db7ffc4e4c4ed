import type { EntityRows } from "../../store/queries/rows.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_LISTS } from "../queries/entity-lists.ts";
import { countAlerts, listAlerts } from "../queries/find-alerts.ts";
import { countApiKeys, listApiKeys } from "../queries/find-api-keys.ts";
import { countSources, listSources } from "../queries/find-sources.ts";
import { countActivity, listActivity } from "../queries/list-activity.ts";
import { countDeliveries, listDeliveries } from "../queries/list-deliveries.ts";
import { countEntities, type EntityFilter, type EntityList, listEntities } from "../queries/list-entities.ts";
import {
  countOperations,
  FILES,
  FINDINGS,
  listOperations,
  type OperationFilter,
  type OperationList,
  QUARANTINED_RECORDS,
  SYNC_RUNS,
} from "../queries/list-operations.ts";
import {
  countReconciliation,
  listReconciliation,
  type ReconciliationListFilter,
  sumReconciliation,
} from "../queries/list-reconciliation.ts";
import type { ListedType } from "../queries/list-orders.ts";
import type { ListCount, PageRequest } from "../queries/page.ts";
import { sumEntities, type SummedType, type TotalsOf } from "../queries/sum-entities.ts";
import type { OperationType } from "../../domain/ids.ts";
import type { OperationRows } from "../../store/queries/operation-rows.ts";
import { type LoaderEnvironment, throwIfAborted } from "./define-loader.ts";

/** Statements of a list. */
interface ListQueries<Filter, Row> {
  readonly page: (tx: Transaction, filter: Filter, page: PageRequest) => Promise<readonly Row[]>;
  readonly count: (tx: Transaction, filter: Filter) => Promise<ListCount>;
}

function entities<Type extends ListedType, Filter extends EntityFilter>(
  list: EntityList<Type, Filter>,
): ListQueries<Filter, EntityRows[Type]> {
  return {
    page: (tx, filter, page) => listEntities(tx, list, filter, page),
    count: (tx, filter) => countEntities(tx, list, filter),
  };
}

function operations<Type extends OperationType, Filter extends OperationFilter>(
  list: OperationList<Type, Filter>,
): ListQueries<Filter, OperationRows[Type]> {
  return {
    page: (tx, filter, page) => listOperations(tx, list, filter, page),
    count: (tx, filter) => countOperations(tx, list, filter),
  };
}

const LISTS = {
  accounts: entities(ENTITY_LISTS.Account),
  activity: { page: listActivity, count: countActivity },
  alerts: { page: listAlerts, count: countAlerts },
  apiKeys: {
    page: (tx: Transaction, _filter: Record<never, never>, page: PageRequest) => listApiKeys(tx, page),
    count: (tx: Transaction) => countApiKeys(tx),
  },
  bankTransactions: entities(ENTITY_LISTS.BankTransaction),
  deliveries: { page: listDeliveries, count: countDeliveries },
  disputes: entities(ENTITY_LISTS.Dispute),
  files: operations(FILES),
  findings: operations(FINDINGS),
  ledgerEntries: entities(ENTITY_LISTS.LedgerEntry),
  parties: entities(ENTITY_LISTS.Party),
  payments: entities(ENTITY_LISTS.Payment),
  payouts: entities(ENTITY_LISTS.Payout),
  quarantinedRecords: operations(QUARANTINED_RECORDS),
  reconciliationItems: { page: listReconciliation, count: countReconciliation },
  refunds: entities(ENTITY_LISTS.Refund),
  sources: { page: listSources, count: countSources },
  statements: entities(ENTITY_LISTS.Statement),
  syncRuns: operations(SYNC_RUNS),
};

/** Functions that read a list. */
export interface RootList<Filter, Row> {
  readonly page: (filter: Filter, page: PageRequest) => Promise<readonly Row[]>;
  readonly count: (filter: Filter) => Promise<ListCount>;
}

type ListOf<Queries> = Queries extends ListQueries<infer Filter, infer Row> ? RootList<Filter, Row> : never;

/** The root lists. */
export type Lists = { readonly [Name in keyof typeof LISTS]: ListOf<(typeof LISTS)[Name]> };

/** Creates the lists of one tenant. */
export function createLists(environment: LoaderEnvironment): Lists {
  const { columns } = environment;
  const queries = Object.entries(LISTS) as [string, ListQueries<object, object>][];
  const lists = queries.map(([name, query]): [string, RootList<object, object>] => [
    name,
    {
      page: (filter, page) => read(environment, (tx) => query.page(tx, filter, { ...page, columns })),
      count: (filter) => read(environment, (tx) => query.count(tx, filter)),
    },
  ]);
  return Object.fromEntries(lists) as unknown as Lists; // one for each of LISTS, with its types
}

async function read<T>(environment: LoaderEnvironment, work: (tx: Transaction) => Promise<T>): Promise<T> {
  throwIfAborted(environment);
  return await environment.database.read(environment.tenantId, work);
}

/** Filter of each list that can be added up. */
type FilterOf<Type extends SummedType> =
  (typeof ENTITY_LISTS)[Type] extends EntityList<Type, infer Filter> ? Filter : never;

/** Functions that add up the objects that match a filter. */
export type TotalsByType = {
  readonly [Type in SummedType]: (filter: FilterOf<Type>) => Promise<TotalsOf[Type]>;
} & { readonly Reconciliation: (filter: ReconciliationListFilter) => ReturnType<typeof sumReconciliation> };

/** Creates the totals of one tenant. */
export function createTotals(environment: LoaderEnvironment): TotalsByType {
  const types: readonly SummedType[] = ["Payment", "Refund", "Payout", "LedgerEntry", "BankTransaction"];
  const totals = types.map((type) => [
    type,
    (filter: EntityFilter) =>
      read(environment, (tx) => sumEntities(tx, ENTITY_LISTS[type] as EntityList<SummedType, EntityFilter>, filter)),
  ]);
  const others = {
    Reconciliation: (filter: ReconciliationListFilter) => read(environment, (tx) => sumReconciliation(tx, filter)),
  };
  return { ...Object.fromEntries(totals), ...others } as TotalsByType; // one for each type
}
