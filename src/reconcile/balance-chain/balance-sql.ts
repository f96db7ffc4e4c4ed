import { exists } from "../../store/queries/exists.ts";

/*
 * Observed balances as parts of SQL statements. The balance of an account is what it has booked; a processor states it in
 * two parts, available and pending, which are compared only if they are from one answer.
 */

/** SQL expression: the moment of an observed balance; null if its parts are of different moments. */
export function momentOf(row: string): string {
  return `(case when ${row}.booked_at is not null then ${row}.booked_at
    when ${row}.available_at = ${row}.pending_at then ${row}.available_at end)`;
}

/** SQL expression: amount of an observed balance. */
export function totalOf(row: string): string {
  return `(case when ${row}.booked_at is not null then ${row}.booked_minor else ${row}.available_minor + ${row}.pending_minor end)`;
}

/** FROM item: the entries of the ledger of `link` between two moments, the second one included. */
export function entriesBetween(since: string, until: string): string {
  return `(
    select * from ledger_entries as own
    where own.account_id = link.account_id and own.currency = link.currency and own.ordered_at > ${since}
      and own.ordered_at <= ${until} and ${exists("own")} offset 0
  )`;
}

/**
 * SELECT of the observed balances that `condition` selects of `observed`, each with the sum of the ledger until its
 * moment. Only balances with a moment are in it.
 */
export function runningSums(condition: string): string {
  return `
    select account_id, currency, day, source_id, exponent, ${momentOf("observed")} as moment, ${totalOf("observed")} as total,
      counted_minor, counted_entries, is_comparable,
      sum(counted_minor) over until as ledger, bool_or(counted_minor is null) over until as is_partial,
      lag(${momentOf("observed")}) over until as since, lag(${totalOf("observed")}) over until as opening
    from balance_days as observed where ${condition} and ${momentOf("observed")} is not null
    window until as (partition by account_id, currency order by day)`;
}
