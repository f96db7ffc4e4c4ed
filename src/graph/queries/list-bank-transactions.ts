import type { Direction } from "../../domain/bank.ts";
import { searchWords } from "../../domain/search-words.ts";
import { type Condition, equals, isWithinDays } from "../../store/queries/conditions.ts";
import { type IndexedFilter, indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { type AmountRange, amountWithin, type Search } from "./searches.ts";

/** Conditions of the list of bank transactions; names and meaning as in the SDL. */
export interface BankTransactionListFilter extends Omit<EntityFilter, "createdFrom" | "createdTo"> {
  readonly account?: string | null | undefined;
  readonly statement?: string | null | undefined;
  readonly direction?: string | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  /** First day, and the day after the last one. */
  readonly bookedFrom?: string | null | undefined;
  readonly bookedTo?: string | null | undefined;
  readonly amount?: AmountRange | null | undefined;
  readonly reference?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly isReversal?: boolean | null | undefined;
}

/** Bank transactions. */
export const BANK_TRANSACTIONS: EntityList<"BankTransaction", BankTransactionListFilter> = {
  type: "BankTransaction",
  conditions: ({ tenantId }, filter) => ({
    indexed: [
      indexedBy("account_id", filter.account),
      indexedBy("status", filter.status),
      isDirected(filter.direction, filter.isReversal),
    ],
    searches: [
      foundBy(hasReference(tenantId, filter.reference)),
      foundBy(hasWords(tenantId, filter.text)),
      amountWithin("bank_transactions", filter.amount),
    ],
    checks: [isReportedBy(filter.statement), isBookedWithin(filter.bookedFrom, filter.bookedTo)],
    isShort: typeof filter.statement === "string",
  }),
};

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
      parts.push(`bank_transactions.ordered_at < ${parameters.add(to)}::date::timestamp at time zone 'UTC'`);
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

/** Search in the table that has indexes of references and words. */
function foundBy(matches: Condition | undefined): Search | undefined {
  if (matches === undefined) return undefined;
  return {
    isOfWords: true,
    // Planned as if all rows were needed, which uses an index, but read no further than the limit.
    ids: (parameters) => `with few as materialized (
      select id from bank_transaction_search as found where ${matches(parameters)}
    ) select id from few`,
    // `offset 0` makes it a check on each row of the list.
    check: (parameters) => `exists (
      select from bank_transaction_search as found
      where found.id = bank_transactions.id and ${matches(parameters)} offset 0
    )`,
  };
}

/**
 * Condition in the form of the index, whose keys contain the tenant (0014-filter-indexes.ts). A value in a subquery is
 * unknown to the planner, which therefore assumes that few rows have it, and uses the index: without it, it would read
 * the rows of other tenants.
 */
function hasReference(tenantId: string, reference: string | null | undefined): Condition | undefined {
  if (reference === null || reference === undefined) return undefined;
  return (parameters) => {
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
function hasWords(tenantId: string, text: string | null | undefined): Condition | undefined {
  if (text === null || text === undefined) return undefined;
  return (parameters) => {
    const words = [...new Set(searchWords(text))];
    if (words.length === 0) return "false";
    return `found.words @@ (
      select string_agg(prefix || word || ':*', ' & ')::tsquery
      from unnest(${parameters.add(words)}::text[]) as word cross join search_prefix(${parameters.add(tenantId)}) as prefix
    )`;
  };
}
