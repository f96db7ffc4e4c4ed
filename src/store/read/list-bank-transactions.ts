import { searchWords } from "../../domain/search-words.ts";
import type { Transaction } from "../database.ts";
import { type Condition, equals, isFlag, isOneOf, isWithinDays } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import { createParameters } from "./parameters.ts";
import type { BankTransactionRow } from "./rows.ts";

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
  const own = [
    equals("account_id", filter.account),
    isToldBy(filter.statement),
    equals("direction", filter.direction),
    isOneOf("status", filter.status),
    isBookedWithin(filter.bookedFrom, filter.bookedTo),
    isFlag("is_reversal", filter.isReversal),
    await isFound(tx, filter),
  ];
  return listEntities(tx, "BankTransaction", { filter, own, page });
}

/** The list is ordered by day (0004-bank-statements.ts), so the days are a stretch of it: nothing beside it is read. */
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

/** An entry of this statement, on whichever of its pages. */
function isToldBy(statementId: string | null | undefined): Condition {
  return (parameters) => {
    const told = equals("statement_id", statementId)(parameters);
    return told && `bank_transactions.id in (select transaction_id from bank_sightings where ${told})`;
  };
}

/** So many that are found are looked up one by one and sorted; more are met soon enough by whoever reads the list in order. */
const FEW = 1_000;

/** What only the search table has indexes for. The planner cannot know how rare a word is, so we look. */
async function isFound(tx: Transaction, filter: BankTransactionListFilter): Promise<Condition> {
  const parameters = createParameters();
  const search = matches(filter)(parameters);
  if (search === undefined) return () => undefined;
  // Planned as if all were wanted, by an index, but read no further than the limit.
  const rows = await tx.query<{ id: string }>(
    `with few as materialized (select id from bank_transaction_search as found where ${search})
     select id from few limit ${parameters.add(FEW + 1)}`,
    parameters.values,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length <= FEW) return isOneOf("bank_transactions.id", ids);
  // `offset 0` makes it a question to each row of the list.
  return (own) => `exists (
    select from bank_transaction_search as found where found.id = bank_transactions.id and ${matches(filter)(own)} offset 0
  )`;
}

function matches({ amount, reference, text }: BankTransactionListFilter): Condition {
  return (parameters) => {
    const parts = [hasAmount(amount), hasReference(reference), hasWords(text)].map((part) => part(parameters));
    const all = parts.filter((part) => part !== undefined);
    return all.length === 0 ? undefined : all.join(" and ");
  };
}

function hasAmount(range: AmountRange | null | undefined): Condition {
  return (parameters) => {
    if (range === null || range === undefined) return undefined;
    const parts = [`found.currency = ${parameters.add(range.currency)}`];
    if (typeof range.min === "string") parts.push(`found.amount >= ${parameters.add(range.min)}::numeric`);
    if (typeof range.max === "string") parts.push(`found.amount <= ${parameters.add(range.max)}::numeric`);
    return parts.join(" and ");
  };
}

function hasReference(reference: string | null | undefined): Condition {
  return (parameters) => {
    if (reference === null || reference === undefined) return undefined;
    if (reference.includes("\0")) return "false"; // PostgreSQL has no such text
    return `found.reference_values @> to_jsonb(array[${parameters.add(reference)}::text])`;
  };
}

/**
 * Every word, or the beginning of it. A word is of letters and digits only, so that none can be read as an operator. As a
 * subquery its words are not known to the planner, which takes every beginning of a word for a common one.
 */
function hasWords(text: string | null | undefined): Condition {
  return (parameters) => {
    if (text === null || text === undefined) return undefined;
    const words = [...new Set(searchWords(text))].map((word) => `${word}:*`);
    return words.length === 0 ? "false" : `found.words @@ (select ${parameters.add(words.join(" & "))}::tsquery)`;
  };
}
