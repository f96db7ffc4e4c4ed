import type { Direction } from "../../domain/bank.ts";
import { searchWords } from "../../domain/search-words.ts";
import type { Transaction } from "../../store/database.ts";
import { type Condition, equals, isOneOf, isWithinDays } from "../../store/queries/conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { type IndexedFilter, indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import type { BankTransactionRow } from "../../store/queries/rows.ts";

/** Conditions of the list of bank transactions; names and meaning as in the SDL. */
export interface BankTransactionListFilter extends Omit<EntityFilter, "createdFrom" | "createdTo"> {
  readonly account?: string | null | undefined;
  readonly statement?: string | null | undefined;
  readonly direction?: string | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  /** Days, both inclusive. */
  readonly bookedFrom?: string | null | undefined;
  readonly bookedTo?: string | null | undefined;
  readonly amount?: AmountRange | null | undefined;
  readonly reference?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly isReversal?: boolean | null | undefined;
}

/** Amounts of one currency; bounds as decimal text, both inclusive. */
export interface AmountRange {
  readonly currency: string;
  readonly min?: string | null | undefined;
  readonly max?: string | null | undefined;
}

/** A page of bank transactions, the latest booking first. */
export async function listBankTransactions(
  tx: Transaction,
  filter: BankTransactionListFilter,
  page: PageRequest,
): Promise<BankTransactionRow[]> {
  const found = await isFound(tx, filter);
  const own = [isReportedBy(filter.statement), isBookedWithin(filter.bookedFrom, filter.bookedTo), found.condition];
  const isShort = found.isShort || typeof filter.statement === "string";
  const indexed = [
    indexedBy("account_id", filter.account),
    indexedBy("status", filter.status),
    isDirected(filter.direction, filter.isReversal),
  ];
  return listEntities(tx, "BankTransaction", { filter, indexed, own, isShort, page });
}

const DIRECTIONS: readonly Direction[] = ["CREDIT", "DEBIT"];

/** One index for two filters: a transaction has a direction, and either is a reversal or is not. */
function isDirected(direction: string | null | undefined, isReversal: boolean | null | undefined): IndexedFilter {
  const hasDirection = typeof direction === "string";
  const hasFlag = typeof isReversal === "boolean";
  if (!hasDirection && !hasFlag) return [];
  return [
    { column: "direction", values: hasDirection ? [direction] : DIRECTIONS },
    { column: "is_reversal", type: "boolean", values: hasFlag ? [isReversal] : [true, false] },
  ];
}

/**
 * The list is ordered by day (0004-bank-statements.ts), so the days are a contiguous range of it: no other row is read.
 */
function isBookedWithin(from: string | null | undefined, to: string | null | undefined): Condition {
  return (parameters) => {
    const booked = isWithinDays({ first: "booking_date", last: "booking_date" }, from, to)(parameters);
    if (booked === undefined) return undefined;
    const parts = [booked];
    if (typeof from === "string")
      parts.push(`bank_transactions.ordered_at >= ${parameters.add(from)}::date::timestamp at time zone 'UTC'`);
    if (typeof to === "string")
      parts.push(`bank_transactions.ordered_at <= ${parameters.add(to)}::date::timestamp at time zone 'UTC'`);
    return parts.join(" and ");
  };
}

/** Condition for an entry of this statement, on any of its pages. */
function isReportedBy(statementId: string | null | undefined): Condition {
  return (parameters) => {
    const isReported = equals("statement_id", statementId)(parameters);
    // Only the displayed copy of each page counts: an earlier copy may have had other entries.
    return (
      isReported &&
      `bank_transactions.id in (select transaction_id from statement_entries
        join statement_parts using (statement_id, page, file_id, occurrence) where ${isReported})`
    );
  };
}

/**
 * Up to this number of matches are looked up one by one and sorted; if there are more, reading the list in order soon
 * finds enough of them.
 */
const FEW = 1_000;

/**
 * Condition for filters that only the search table has indexes for. The planner cannot know how rare a word is, so it
 * is measured.
 */
async function isFound(
  tx: Transaction,
  filter: BankTransactionListFilter,
): Promise<{ readonly condition: Condition; readonly isShort: boolean }> {
  const parameters = createParameters();
  const search = matches(tx.tenantId, filter)(parameters);
  if (search === undefined) return { condition: () => undefined, isShort: false };
  const limit = parameters.add(FEW + 1);
  const found = `select id from bank_transaction_search as found where ${search}`;
  const rows = await tx.query<{ id: string }>(
    hasAmountOnly(filter)
      ? `${found} order by found.tenant_id, found.currency, found.amount, found.arrived_on limit ${limit}`
      : // Planned as if all rows were needed, which uses an index, but read no further than the limit.
        `with few as materialized (${found}) select id from few limit ${limit}`,
    parameters.values,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length <= FEW) return { condition: isOneOf("bank_transactions.id", ids), isShort: true };
  // `offset 0` makes it a check on each row of the list.
  const condition: Condition = (own) => `exists (
    select from bank_transaction_search as found
    where found.id = bank_transactions.id and ${matches(tx.tenantId, filter)(own)} offset 0
  )`;
  return { condition, isShort: false };
}

function matches(tenantId: string, { amount, reference, text }: BankTransactionListFilter): Condition {
  return (parameters) => {
    const parts = [hasAmount(amount), hasReference(tenantId, reference), hasWords(tenantId, text)].map((part) =>
      part(parameters),
    );
    const all = parts.filter((part) => part !== undefined);
    return all.length === 0 ? undefined : all.join(" and ");
  };
}

/** Amounts are found in the order of their index, which ends at the limit. */
function hasAmountOnly({ reference, text }: BankTransactionListFilter): boolean {
  return (reference ?? text ?? undefined) === undefined;
}

/**
 * Bounds in subqueries are unknown to the planner, which therefore assumes that few rows are within them, and uses the
 * index: without it, it would read the rows of other tenants.
 */
function hasAmount(range: AmountRange | null | undefined): Condition {
  return (parameters) => {
    if (range === null || range === undefined) return undefined;
    const [min, max] = [parameters.add(range.min ?? "-Infinity"), parameters.add(range.max ?? "Infinity")];
    return `found.currency = ${parameters.add(range.currency)}
      and found.amount between (select ${min}::numeric) and (select ${max}::numeric)`;
  };
}

/** Condition in the form of the index, whose keys contain the tenant (0014-filter-indexes.ts); a subquery as above. */
function hasReference(tenantId: string, reference: string | null | undefined): Condition {
  return (parameters) => {
    if (reference === null || reference === undefined) return undefined;
    if (reference.includes("\0")) return "false"; // PostgreSQL text cannot contain U+0000
    return `jsonb_set('{}', array[found.tenant_id], found.reference_values)
      @> (select jsonb_build_object(${parameters.add(tenantId)}::text, array[${parameters.add(reference)}::text]))`;
  };
}

/**
 * Condition that matches every word, or its beginning. A word has letters and digits only, so that none can be parsed
 * as an operator. Each begins with the prefix of the tenant (0014-filter-indexes.ts). In a subquery its words are unknown
 * to the planner, which assumes that every prefix is common.
 */
function hasWords(tenantId: string, text: string | null | undefined): Condition {
  return (parameters) => {
    if (text === null || text === undefined) return undefined;
    const words = [...new Set(searchWords(text))];
    if (words.length === 0) return "false";
    return `found.words @@ (
      select string_agg(prefix || word || ':*', ' & ')::tsquery
      from unnest(${parameters.add(words)}::text[]) as word cross join search_prefix(${parameters.add(tenantId)}) as prefix
    )`;
  };
}
