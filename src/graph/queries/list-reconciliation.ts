import { moneyOfDecimal } from "../../domain/money.ts";
import { MATCH_STATES } from "../../domain/match-state.ts";
import { addDays } from "../../domain/payout-route.ts";
import type { Transaction } from "../../store/database.ts";
import { type Condition, equals, isOneOf } from "../../store/queries/conditions.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { type CountedList, countList } from "./count-list.ts";
import { RECONCILIATION_COLUMNS, type ReconciliationRow } from "./find-reconciliation.ts";
import { conditionsOf, indexedBy } from "./indexed-filter.ts";
import { listPage, whereAll } from "./list-page.ts";
import type { ListCount, ListOrder, PageRequest, Positioned } from "./page.ts";
import type { CurrencySums } from "./sum-entities.ts";

/** Conditions of the list of results; names and meaning as in the SDL, and the day from which ages are counted. */
export interface ReconciliationListFilter {
  readonly state?: readonly string[] | null | undefined;
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly kind?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly minAgeDays?: number | null | undefined;
  readonly maxAgeDays?: number | null | undefined;
  /** YYYY-MM-DD. */
  readonly today?: string;
}

const BY_AGE: ListOrder = { column: "day", type: "date", isAscending: true };
const BY_AMOUNT: ListOrder = { column: "amount_order", type: "text", isAscending: false };

const TYPES: Readonly<Record<string, string>> = { PAYOUT: "Payout", BANK_TRANSACTION: "BankTransaction" };

/** A page of results. */
export function listReconciliation(
  tx: Transaction,
  filter: ReconciliationListFilter,
  page: PageRequest,
): Promise<(ReconciliationRow & Positioned)[]> {
  const order = page.order === "AMOUNT" ? BY_AMOUNT : BY_AGE;
  const select = `${RECONCILIATION_COLUMNS}, reconciliation_items.${order.column}::text as "orderedAt"`;
  return listPage(tx, { ...selectionOf(filter, order), select, page });
}

export function countReconciliation(tx: Transaction, filter: ReconciliationListFilter): Promise<ListCount> {
  return countList(tx, selectionOf(filter, BY_AGE));
}

/** Adds up the amounts that match a filter. */
export async function sumReconciliation(
  tx: Transaction,
  filter: ReconciliationListFilter,
): Promise<{ readonly count: number; readonly sums: readonly CurrencySums<"amount">[] }> {
  const parameters = createParameters();
  const { conditions, indexed } = selectionOf(filter, BY_AGE);
  const all = [...conditions, ...indexed.flatMap((one) => conditionsOf(one))];
  const rows = await tx.query<{ currency: string; count: number; amount: string }>(
    `select currency, count(*)::int as count, sum(amount)::text as amount from reconciliation_items
     ${whereAll(all.flatMap((condition) => condition(parameters) ?? []))}
     group by currency order by currency collate "C"`,
    parameters.values,
  );
  return {
    count: rows.reduce((count, row) => count + row.count, 0),
    sums: rows.map(({ currency, count, amount }) => {
      const { minor, exponent } = moneyOfDecimal(amount, currency);
      return { currency, exponent, count, sums: { amount: minor } };
    }),
  };
}

/** The index has the state before the order, so that a list of all states is merged from one of each. */
function selectionOf(filter: ReconciliationListFilter, order: ListOrder): CountedList {
  const { state, sourceIds, kind, currency } = filter;
  return {
    table: "reconciliation_items",
    order,
    indexed: [indexedBy("state", state ?? MATCH_STATES)],
    conditions: [
      isOneOf("source_id", sourceIds),
      equals("object_type", typeof kind === "string" ? TYPES[kind] : undefined),
      equals("currency", currency),
      isOfAge(filter),
    ],
  };
}

function isOfAge({ minAgeDays, maxAgeDays, today }: ReconciliationListFilter): Condition {
  return (parameters) => {
    if (today === undefined) return undefined;
    const parts: string[] = [];
    if (typeof minAgeDays === "number") parts.push(`day <= ${parameters.add(addDays(today, -minAgeDays))}::date`);
    if (typeof maxAgeDays === "number") parts.push(`day >= ${parameters.add(addDays(today, -maxAgeDays))}::date`);
    return parts.length === 0 ? undefined : parts.join(" and ");
  };
}
