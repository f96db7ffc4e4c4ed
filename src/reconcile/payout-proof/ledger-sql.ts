import { exists } from "../../store/queries/exists.ts";

/*
 * The ledger as payouts see it, as parts of SQL statements. An entry counts from the time when its money may be paid
 * out: a payout and its return at once, other money from when it is available.
 */

/** SQL expression: time from which an entry counts. The index `ledger_entries_by_settlement` is over the same one. */
export function settlesAt(entry: string): string {
  return `(case when ${entry}.kind = 'PAYOUT' then ${entry}.ordered_at else greatest(${entry}.available_on, ${entry}.ordered_at) end)`;
}

/** SQL condition: the source lists what a payout paid out, or will. */
export function isListed(payout: string): string {
  return `(coalesce(${payout}.disclosure in ('DISCLOSED', 'PENDING'), false) or ${payout}.lines_known_at is not null)`;
}

/** SQL condition: the entry is the one by which a stored payout left the balance. */
function isDeparture(entry: string): string {
  return `(${entry}.kind = 'PAYOUT' and ${entry}.origin_type = 'Payout' and exists (select 1 from payouts as origin
    where origin.id = ${entry}.origin_id and sign(origin.amount_minor::numeric) = -sign(${entry}.gross_minor::numeric)))`;
}

/** SELECT of payouts that exist, with the time of the payout before each in the same ledger. */
function subjectsWhere(condition: string): string {
  return `
    select payout.id, payout.source_id, payout.account_id, payout.currency, payout.exponent, payout.amount_minor,
      payout.status, payout.disclosure, payout.lines_known_at, payout.ordered_at, ${isListed("payout")} as is_listed,
      payout.extensions ->> 'stripe.method' = 'instant' as is_instant, coalesce(before.ordered_at, '-infinity') as since
    from payouts as payout left join lateral (
      select earlier.ordered_at from payouts as earlier
      where earlier.account_id = payout.account_id and earlier.currency = payout.currency and ${exists("earlier")}
        and (earlier.ordered_at, earlier.id) < (payout.ordered_at, payout.id)
      order by earlier.ordered_at desc, earlier.id desc limit 1
    ) as before on true
    where ${condition} and payout.amount_minor is not null and ${exists("payout")} offset 0`;
}

/** CTE `subject`: the payouts of $1. */
export const SUBJECT = `subject as materialized (${subjectsWhere("payout.id = any($1)")})`;

/** FROM item: entries of `subject`'s ledger that count since the payout before, without those by which payouts left. */
export const SINCE_LAST = `(
  select * from ledger_entries as own
  where own.account_id = subject.account_id and own.currency = subject.currency and own.exponent = subject.exponent
    and ${settlesAt("own")} > subject.since and ${settlesAt("own")} <= subject.ordered_at
    and ${exists("own")} and not ${isDeparture("own")} offset 0
)`;

/** FROM item: the entries that `subject`'s source lists as paid out. */
export const LISTED = `(
  select * from ledger_entries as own where own.payout_id = subject.id and ${exists("own")} offset 0
)`;

/** FROM item: the entry by which `subject` left the balance, and those by which it was returned. */
export const OWN = `(
  select * from ledger_entries as own
  where own.origin_id = subject.id and own.kind = 'PAYOUT' and ${exists("own")} offset 0
)`;

/** SQL expression: whether an entry of `OWN` took the payout out of the balance, or brought it back. */
export const LEFT = "sign(own.gross_minor::numeric) = -sign(subject.amount_minor::numeric)";

/** FROM item: the entries that `subject` paid out, as its proof counts them. */
export const PAID_OUT = `(
  select listed.* from ${LISTED} as listed where subject.is_listed
  union all select since.* from ${SINCE_LAST} as since where not subject.is_listed
)`;

/** Returns the FROM clause of the entries of one line of a proof, named `child`, where `parent.id` is `lineId` of it. */
export function entriesOfLine(lineOf: { readonly gross: string; readonly fee: string }): string {
  const kind = "split_part(parent.id, ':', 2)";
  return `(${subjectsWhere("payout.id = split_part(parent.id, ':', 1)")}) as subject cross join lateral (
    select entry.* from ${PAID_OUT} as entry
    where ${lineOf.gross} = ${kind} or (entry.fee_minor <> 0 and ${lineOf.fee} = ${kind}) offset 0
  ) as child`;
}
