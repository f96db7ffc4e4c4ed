import { decideArrivals, type PossibleArrival } from "../../domain/payout-match.ts";
import type { Transaction } from "../database.ts";

/** A payout, the transaction that it arrived as, and what that is concluded from. */
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
/** Shorter ones stand in any text. */
const MIN_NAME_LENGTH = 4;
/** Minor units of a payout have as many digits as ISO 4217 gives any currency. */
const MAX_EXPONENT = 4;
/** Of a payout's transactions, and of a transaction's payouts, the nearest are looked at. Who has more in ten days has no way to tell them apart without names. */
const MAX_POSSIBLE = 50;

/** Matches of payouts, in no order; those without one are left out. One statement. */
export async function matchPayouts(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutMatchRow[]> {
  const asked = `select payout.* from payouts as payout where payout.id = any($1) and ${CAN_ARRIVE}`;
  const possible = await tx.query<PayoutMatchRow & { readonly [column: string]: unknown }>(possibleOf(asked), [
    payoutIds,
  ]);
  return decideArrivals(possible, new Set(payoutIds));
}

/** Matches of bank transactions, in no order; those without one are left out. One statement. */
export async function matchTransactions(tx: Transaction, transactionIds: readonly string[]): Promise<PayoutMatchRow[]> {
  const found = "(select * from bank_transaction_search where id = any($1) offset 0) as found";
  const asked = `select distinct on (payout.id) payout.* from ${found}
    cross join lateral (${payoutsFor("found")}) as payout order by payout.id`;
  const possible = await tx.query<PayoutMatchRow & { readonly [column: string]: unknown }>(possibleOf(asked), [
    transactionIds,
  ]);
  const wanted = new Set(transactionIds);
  const payoutIds = possible.filter(({ transactionId }) => wanted.has(transactionId)).map(({ payoutId }) => payoutId);
  return decideArrivals(possible, new Set(payoutIds)).filter(({ transactionId }) => wanted.has(transactionId));
}

const CAN_ARRIVE = `payout.content_hash is not null and payout.deleted_at is null and payout.amount_minor > 0
  and payout.arrival_date is not null and coalesce(payout.status, '') not in ('FAILED', 'CANCELED')`;

/**
 * Every possible arrival of some payouts, and of each payout that may have arrived as one of the same transactions: all that
 * is needed to decide. `offset 0` keeps the order of the search: each step is a lookup by an index, whatever the planner
 * thinks of tables without statistics.
 */
function possibleOf(asked: string): string {
  return `
    with asked as materialized (${asked}), credit as materialized (
      select distinct on (id) found.* from asked cross join lateral (${creditsFor("asked")}) as found order by id
    ), rival as materialized (
      select payout.* from credit cross join lateral (${payoutsFor("credit")}) as payout
      union all select * from asked
    ), involved as materialized (
      select distinct on (id) * from rival order by id
    )
    select involved.id as "payoutId", credit.id as "transactionId", ${nameIn("involved", "credit")} as name,
      abs(credit.arrived_on - involved.arrival_date) as distance, credit.arrived_on as day, involved.arrival_date as "arrivalDate",
      involved.amount_minor as "amountMinor", involved.exponent, involved.currency
    from involved cross join lateral (${creditsFor("involved")}) as found
    cross join lateral (
      select found.*, banked.search_text from bank_transactions as banked where banked.id = found.id offset 0
    ) as credit`;
}

/** Exact, as in 0004-bank-statements.ts. */
function amountOf(payout: string): string {
  return `${payout}.amount_minor * power(10::numeric, -${payout}.exponent::numeric)`;
}

function creditsFor(payout: string): string {
  return `select * from bank_transaction_search as found
    where found.currency = ${payout}.currency and found.amount = ${amountOf(payout)}
      and found.arrived_on between ${payout}.arrival_date - ${EARLY_DAYS} and ${payout}.arrival_date + ${LATE_DAYS}
      and found.source_id <> ${payout}.source_id
    order by abs(found.arrived_on - ${payout}.arrival_date), found.id limit ${MAX_POSSIBLE}`;
}

/** The index of payouts is over their minor units: one probe for each number of digits that a currency may have. */
function payoutsFor(credit: string): string {
  return `select payout.* from generate_series(0, ${MAX_EXPONENT}) as digits (digits)
    cross join lateral (
      select case when scaled < 9e18 then scaled::bigint end as minor
      from (select ${credit}.amount * power(10::numeric, digits.digits::numeric) as scaled offset 0) as units offset 0
    ) as units
    cross join lateral (
      select * from payouts as payout
      where payout.currency = ${credit}.currency and payout.amount_minor = units.minor
        and payout.arrival_date between ${credit}.arrived_on - ${LATE_DAYS} and ${credit}.arrived_on + ${EARLY_DAYS} offset 0
    ) as payout
    where payout.exponent = digits.digits and ${amountOf("payout")} = ${credit}.amount
      and payout.source_id <> ${credit}.source_id and ${CAN_ARRIVE}
    order by abs(payout.arrival_date - ${credit}.arrived_on), payout.id limit ${MAX_POSSIBLE}`;
}

/** The first of a payout's own names that stands in a transaction: as a reference, or as words of its text. */
function nameIn(payout: string, credit: string): string {
  return `(
    select name from (
      select ${payout}.external_id as name
      union all
      select reference ->> 'value' from jsonb_array_elements(coalesce(${payout}.reference_list, '[]')) as reference
    ) as known
    where length(name) >= ${MIN_NAME_LENGTH} and (
      ${credit}.reference_values ? name or (
        name ~ '^[ -~]+$' and name ~ '[A-Za-z0-9]' and strpos(' ' || ${credit}.search_text || ' ',
          ' ' || btrim(lower(regexp_replace(name, '[^A-Za-z0-9]+', ' ', 'g'))) || ' ') > 0
      )
    )
    order by name limit 1
  )`;
}
