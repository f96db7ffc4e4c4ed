import { searchWords } from "../../domain/search-words.ts";
import type { Transaction } from "../database.ts";
import { type Condition, equals, isFlag, isOneOf, isWithinDays } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
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
export function listBankTransactions(
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
    isFound(filter),
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

/** What only the search table has indexes for. */
function isFound({ amount, reference, text }: BankTransactionListFilter): Condition {
  return (parameters) => {
    const parts = [hasAmount(amount), hasReference(reference), hasWords(text)]
      .map((condition) => condition(parameters))
      .filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    return `bank_transactions.id in (select id from bank_transaction_search as found where ${parts.join(" and ")})`;
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

/** Every word, or the beginning of it. A word is of letters and digits only, so that none can be read as an operator. */
function hasWords(text: string | null | undefined): Condition {
  return (parameters) => {
    if (text === null || text === undefined) return undefined;
    const words = [...new Set(searchWords(text))].map((word) => `${word}:*`);
    return words.length === 0 ? "false" : `found.words @@ ${parameters.add(words.join(" & "))}::tsquery`;
  };
}
