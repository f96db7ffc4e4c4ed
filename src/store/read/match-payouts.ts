import type { Transaction } from "../database.ts";

/*
 * Which bank transaction a payout of a processor arrived as. Nothing is stored: a statement that comes later may say
 * better. A credit is possible when another source booked it, in the same currency and of exactly the same amount, from two
 * days before the expected arrival to seven days after it. Of the possible ones
 *
 * - one that names the payout, by its id or by one of its references, is it: the nearest day first. A transaction that names
 *   a payout is no other's;
 * - otherwise it is it only when there is no doubt: no second possible transaction for the payout, and no second payout for
 *   the transaction, those left out that are named by, or name, another.
 *
 * So each transaction is matched to one payout at most, whichever side is asked.
 */

/** A payout, the transaction that it arrived as, and what that is concluded from. */
export interface PayoutMatchRow {
  readonly payoutId: string;
  readonly transactionId: string;
  /** The payout's reference that stands in the transaction; null: there was no other possibility. */
  readonly reference: string | null;
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
const MIN_REFERENCE_LENGTH = 4;
/** Minor units of a payout have as many digits as ISO 4217 gives any currency. */
const MAX_EXPONENT = 4;

/** Matches of payouts, in no order; those without one are left out. */
export function matchPayouts(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutMatchRow[]> {
  return tx.query(match(`select ${PAYOUT} from payouts as payout where payout.id = any($1) and ${CAN_ARRIVE}`, "true"), [
    payoutIds,
  ]);
}

/** Matches of bank transactions, in no order; those without one are left out. */
export function matchTransactions(tx: Transaction, transactionIds: readonly string[]): Promise<PayoutMatchRow[]> {
  const found = "(select * from bank_transaction_search where id = any($1) offset 0) as found";
  const competing = `select distinct on (payout.id) ${PAYOUT} from (select ${CREDIT} from ${withTransaction(found)}) as credit
    cross join lateral (${payoutsFor("credit")}) as payout order by payout.id`;
  return tx.query(match(competing, "transaction_id = any($1)"), [transactionIds]);
}

const CAN_ARRIVE = `payout.content_hash is not null and payout.deleted_at is null and payout.amount_minor > 0
  and payout.arrival_date is not null and coalesce(payout.status, '') not in ('FAILED', 'CANCELED')`;
const PAYOUT = `payout.id, payout.source_id, payout.currency, payout.amount_minor, payout.exponent, payout.arrival_date,
  payout.external_id, payout.reference_list`;
const CREDIT = `found.id, found.currency, found.amount, found.day, found.reference_values, banked.source_id, banked.search_text`;
const AMOUNT = "payout.amount_minor * power(10::numeric, -payout.exponent::numeric)"; // exact, as in 0004-bank-statements.ts

/** `offset 0`: a transaction is looked up by its id, whatever the planner thinks of a table without statistics. */
function withTransaction(found: string): string {
  return `${found} cross join lateral (
    select * from bank_transactions as banked where banked.id = found.id and banked.direction = 'CREDIT'
      and banked.status = 'BOOKED' and banked.is_reversal is not true and banked.deleted_at is null offset 0
  ) as banked`;
}

function creditsFor(payout: string): string {
  const found = `(
    select * from bank_transaction_search as found
    where found.currency = ${payout}.currency and found.amount = ${AMOUNT.replaceAll("payout.", `${payout}.`)}
      and found.day between ${payout}.arrival_date - ${EARLY_DAYS} and ${payout}.arrival_date + ${LATE_DAYS} offset 0
  ) as found`;
  return `select ${CREDIT} from ${withTransaction(found)} where banked.source_id <> ${payout}.source_id`;
}

/** The index of payouts is over their minor units: one probe for each number of digits that a currency may have. */
function payoutsFor(credit: string): string {
  return `select payout.* from generate_series(0, ${MAX_EXPONENT}) as digits (digits)
    cross join lateral (select ${credit}.amount * power(10::numeric, digits.digits::numeric) as minor) as scaled
    join payouts as payout on payout.currency = ${credit}.currency
      and payout.amount_minor = case when scaled.minor < 9e18 then scaled.minor::bigint end
      and payout.arrival_date between ${credit}.day - ${LATE_DAYS} and ${credit}.day + ${EARLY_DAYS}
    where payout.exponent = digits.digits and ${AMOUNT} = ${credit}.amount
      and payout.source_id <> ${credit}.source_id and ${CAN_ARRIVE}`;
}

/** The first of a payout's own names that stands in a transaction: as a reference, or as words of its text. */
function nameIn(payout: string, credit: string): string {
  return `(
    select name from (
      select ${payout}.external_id as name
      union all
      select reference ->> 'value' from jsonb_array_elements(coalesce(${payout}.reference_list, '[]')) as reference
    ) as known
    where length(name) >= ${MIN_REFERENCE_LENGTH} and (
      ${credit}.reference_values ? name or (
        name ~ '^[ -~]+$' and name ~ '[A-Za-z0-9]' and strpos(' ' || ${credit}.search_text || ' ',
          ' ' || btrim(lower(regexp_replace(name, '[^A-Za-z0-9]+', ' ', 'g'))) || ' ') > 0
      )
    )
    order by name limit 1
  )`;
}

function match(asked: string, condition: string): string {
  return `
    with asked as materialized (${asked}), edge as materialized (
      select asked.id as payout_id, credit.id as transaction_id, credit.day, credit.currency, credit.amount,
        credit.source_id, credit.search_text, credit.reference_values,
        abs(credit.day - asked.arrival_date) as distance, ${nameIn("asked", "credit")} as name
      from asked cross join lateral (${creditsFor("asked")}) as credit
    ), credit as materialized (
      select distinct on (transaction_id) transaction_id, day, currency, amount, source_id, search_text, reference_values
      from edge order by transaction_id
    ), rival as materialized (
      select credit.transaction_id, payout.*, abs(credit.day - payout.arrival_date) as distance,
        ${nameIn("payout", "credit")} as name
      from credit cross join lateral (${payoutsFor("credit")}) as payout
    ), named_by_payout as (
      select distinct on (payout_id) payout_id, transaction_id, name, day
      from edge where name is not null order by payout_id, distance, transaction_id
    ), named_by_transaction as (
      select distinct on (transaction_id) transaction_id, id as payout_id
      from rival where name is not null order by transaction_id, distance, id
    ), only_one as (
      select payout_id, min(transaction_id) as transaction_id, min(day) as day
      from edge
      where not exists (select from named_by_payout as named where named.payout_id = edge.payout_id)
        and not exists (select from named_by_transaction as named where named.transaction_id = edge.transaction_id)
      group by payout_id having count(*) = 1
    ), matched as (
      select payout_id, transaction_id, name, day
      from named_by_payout join named_by_transaction using (payout_id, transaction_id)
      union all
      select only_one.payout_id, only_one.transaction_id, null, only_one.day from only_one
      where not exists (
        select from rival
        where rival.transaction_id = only_one.transaction_id and rival.id <> only_one.payout_id and not exists (
          select from (${creditsFor("rival")}) as credit where ${nameIn("rival", "credit")} is not null
        )
      )
    )
    select payout_id as "payoutId", transaction_id as "transactionId", matched.name as reference, asked.amount_minor as
      "amountMinor", asked.exponent, asked.currency, matched.day, asked.arrival_date as "arrivalDate"
    from matched join asked on asked.id = matched.payout_id where ${condition}`;
}
