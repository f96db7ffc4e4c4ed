import { decideArrivals, type PossibleArrival } from "../../domain/payout-match.ts";
import type { Transaction } from "../../store/database.ts";

/** A payout, the transaction that it arrived as, and the evidence for the match. */
export interface PayoutMatchRow extends PossibleArrival {
  readonly amountMinor: bigint;
  readonly exponent: number;
  readonly currency: string;
  /** Booking date, else value date. */
  readonly day: string;
  readonly arrivalDate: string;
}

const EARLY_DAYS = 2;
const LATE_DAYS = 7;
/** Shorter references occur in any text by chance. */
const MIN_NAME_LENGTH = 4;
/** Minor units of a payout have as many digits as ISO 4217 gives any currency. */
const MAX_EXPONENT = 4;
/**
 * For each payout the nearest transactions, and for each transaction the nearest payouts, are examined up to this
 * number. If there are more within ten days, they cannot be distinguished without references anyway.
 */
const MAX_POSSIBLE = 50;

/** Finds the matches of payouts, in no order; those without a match are left out. One statement. */
export async function matchPayouts(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutMatchRow[]> {
  const selected = `select payout.* from payouts as payout where payout.id = any($1) and ${CAN_ARRIVE}`;
  const possible = await tx.query<PayoutMatchRow & { readonly [column: string]: unknown }>(possibleOf(selected), [
    payoutIds,
  ]);
  return decideArrivals(possible, new Set(payoutIds));
}

/** Finds the matches of bank transactions, in no order; those without a match are left out. One statement. */
export async function matchTransactions(tx: Transaction, transactionIds: readonly string[]): Promise<PayoutMatchRow[]> {
  const found = "(select * from bank_transaction_search where id = any($1) offset 0) as found";
  const selected = `select distinct on (payout.id) payout.* from ${found}
    cross join lateral (${payoutsFor("found")}) as payout order by payout.id`;
  const possible = await tx.query<PayoutMatchRow & { readonly [column: string]: unknown }>(possibleOf(selected), [
    transactionIds,
  ]);
  const requested = new Set(transactionIds);
  const payoutIds = possible
    .filter(({ transactionId }) => requested.has(transactionId))
    .map(({ payoutId }) => payoutId);
  return decideArrivals(possible, new Set(payoutIds)).filter(({ transactionId }) => requested.has(transactionId));
}

/** A payout of zero moves no money. */
const CAN_ARRIVE = `payout.content_hash is not null and payout.deleted_at is null and payout.amount_minor <> 0
  and payout.arrival_date is not null and coalesce(payout.status, '') not in ('FAILED', 'CANCELED')`;

/**
 * Selects every possible arrival of some payouts, and of each payout that may have arrived as one of the same
 * transactions: all that is needed to decide. `offset 0` keeps the order of the search: each step is an index lookup,
 * whatever the planner assumes about tables without statistics.
 */
function possibleOf(selected: string): string {
  return `
    with selected as materialized (${selected}), moved as materialized (
      select distinct on (id) found.* from selected cross join lateral (${transactionsFor("selected")}) as found order by id
    ), rival as materialized (
      select payout.* from moved cross join lateral (${payoutsFor("moved")}) as payout
      union all select * from selected
    ), involved as materialized (
      select distinct on (id) * from rival order by id
    )
    select involved.id as "payoutId", moved.id as "transactionId", ${nameIn("involved", "moved")} as name,
      abs(moved.arrived_on - involved.arrival_date) as distance, moved.arrived_on as day, involved.arrival_date as "arrivalDate",
      involved.amount_minor as "amountMinor", involved.exponent, involved.currency
    from involved cross join lateral (${transactionsFor("involved")}) as found
    cross join lateral (
      select found.*, banked.search_text from bank_transactions as banked where banked.id = found.id offset 0
    ) as moved`;
}

/** Absolute amount; the sign is the transaction's direction. Exact, as in 0004-bank-statements.ts. */
function amountOf(payout: string): string {
  return `abs(${payout}.amount_minor) * power(10::numeric, -${payout}.exponent::numeric)`;
}

/** A negative payout takes money from its account. */
function directionOf(payout: string): string {
  return `case when ${payout}.amount_minor < 0 then 'DEBIT' else 'CREDIT' end`;
}

function transactionsFor(payout: string): string {
  return `select * from bank_transaction_search as found
    where found.currency = ${payout}.currency and found.amount = ${amountOf(payout)}
      and found.direction = ${directionOf(payout)}
      and found.arrived_on between ${payout}.arrival_date - ${EARLY_DAYS} and ${payout}.arrival_date + ${LATE_DAYS}
      and found.source_id <> ${payout}.source_id
    order by abs(found.arrived_on - ${payout}.arrival_date), found.id limit ${MAX_POSSIBLE}`;
}

/** The index of payouts is on their minor units: one lookup for each possible number of currency digits. */
function payoutsFor(transaction: string): string {
  return `select payout.* from generate_series(0, ${MAX_EXPONENT}) as digits (digits)
    cross join lateral (
      select case when scaled < 9e18 then scaled::bigint * case ${transaction}.direction when 'DEBIT' then -1 else 1 end end as minor
      from (select ${transaction}.amount * power(10::numeric, digits.digits::numeric) as scaled offset 0) as units offset 0
    ) as units
    cross join lateral (
      select * from payouts as payout
      where payout.currency = ${transaction}.currency and payout.amount_minor = units.minor
        and payout.arrival_date between ${transaction}.arrived_on - ${LATE_DAYS} and ${transaction}.arrived_on + ${EARLY_DAYS} offset 0
    ) as payout
    where payout.exponent = digits.digits and ${amountOf("payout")} = ${transaction}.amount
      and payout.source_id <> ${transaction}.source_id and ${CAN_ARRIVE}
    order by abs(payout.arrival_date - ${transaction}.arrived_on), payout.id limit ${MAX_POSSIBLE}`;
}

/**
 * Selects the first of a payout's own references that a transaction contains: as a reference, or as words of its text.
 */
function nameIn(payout: string, transaction: string): string {
  return `(
    select name from (
      select ${payout}.external_id as name
      union all
      select reference ->> 'value' from jsonb_array_elements(coalesce(${payout}.reference_list, '[]')) as reference
    ) as known
    where length(name) >= ${MIN_NAME_LENGTH} and (
      ${transaction}.reference_values ? name or (
        name ~ '^[ -~]+$' and name ~ '[A-Za-z0-9]' and strpos(' ' || ${transaction}.search_text || ' ',
          ' ' || btrim(lower(regexp_replace(name, '[^A-Za-z0-9]+', ' ', 'g'))) || ' ') > 0
      )
    )
    order by name limit 1
  )`;
}
