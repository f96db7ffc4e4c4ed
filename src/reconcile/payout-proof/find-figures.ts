import type { Transaction } from "../../store/database.ts";
import { LEFT, OWN, PAID_OUT, SINCE_LAST, SUBJECT } from "./ledger-sql.ts";
import { exists } from "../../store/queries/exists.ts";
import { feeLine, grossLine, type LineKind } from "./line-kinds.ts";

/** What the ledger says about one payout, without the entries that it paid out. Amounts in the payout's currency. */
export interface PayoutFigures {
  readonly payoutId: string;
  readonly currency: string;
  readonly exponent: number;
  readonly amountMinor: bigint;
  readonly status: string | null;
  /** True if the source lists what the payout paid out, or will. */
  readonly isListed: boolean;
  /** True if the source says that it will never list it. */
  readonly isUndisclosed: boolean;
  /** Time when all entries of the list were stored first; null before that. */
  readonly listKnownAt: string | null;
  /** True if the payout may draw on money that is not available yet. */
  readonly isInstant: boolean;
  /** True if the account's ledger has any entry. */
  readonly hasLedger: boolean;
  /** The ledger, as a key. */
  readonly ledger: string;
  /** What is stored as this payout's error in the balances after it. */
  readonly balanceErrorMinor: bigint;
  /**
   * Balance after the payout according to the ledger, without the errors of earlier payouts; null until all before it is
   * calculated.
   */
  readonly keptMinor: bigint | null;
  /** Part of it that the ledger gained since the payout before. */
  readonly settledMinor: bigint | null;
  /** Number of entries by which the payout left the balance; then their amount before fees, and the fees. */
  readonly departures: number;
  readonly departureMinor: bigint;
  readonly departureFeeMinor: bigint;
  /** What came back when the payout failed or was canceled. */
  readonly returnedMinor: bigint;
}

/** Finds the figures of payouts, oldest first: one statement. A payout that does not exist has none. */
export function findFigures(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutFigures[]> {
  return tx.query(FIGURES, [payoutIds]);
}

/**
 * The balance after each payout is a running sum over the payouts of its account, of which there are some each day.
 * `offset 0` makes each of these look-ups one by its index: for many payouts the planner would read the whole ledger.
 */
const FIGURES = `
  with ${SUBJECT}, ledger as materialized (
    select distinct account_id, currency, max(ordered_at) over (partition by account_id, currency) as until
    from subject where account_id is not null
  ), point as materialized (
    select payout.id, payout.settled_minor, coalesce(payout.balance_error_minor, 0) as error,
      sum(payout.settled_minor) over earlier + sum(coalesce(payout.balance_error_minor, 0)) over earlier
        - coalesce(payout.balance_error_minor, 0) as kept, bool_or(payout.settled_minor is null) over earlier as is_partial
    from ledger cross join lateral (
      select * from payouts as own where own.account_id = ledger.account_id and own.currency = ledger.currency
        and own.ordered_at <= ledger.until and ${exists("own")} offset 0
    ) as payout
    window earlier as (partition by payout.account_id, payout.currency order by payout.ordered_at, payout.id)
  )
  select subject.id as "payoutId", subject.currency, subject.exponent, subject.amount_minor as "amountMinor",
    subject.status, subject.is_listed as "isListed",
    coalesce(subject.disclosure = 'NOT_DISCLOSED', false) as "isUndisclosed", subject.lines_known_at as "listKnownAt",
    coalesce(subject.is_instant, false) as "isInstant",
    exists (select 1 from ledger_entries as own where own.account_id = subject.account_id offset 0) as "hasLedger",
    coalesce(subject.account_id, '') || ' ' || subject.currency as ledger, coalesce(point.error, 0) as "balanceErrorMinor",
    case when not point.is_partial then point.kept::bigint end as "keptMinor", point.settled_minor as "settledMinor",
    own.departures, own.departure as "departureMinor", own.departure_fee as "departureFeeMinor", own.returned as "returnedMinor"
  from subject left join point using (id)
  cross join lateral (
    select count(*) filter (where ${LEFT})::int as departures,
      coalesce(sum(own.gross_minor) filter (where ${LEFT}), 0)::bigint as departure,
      coalesce(sum(own.fee_minor) filter (where ${LEFT}), 0)::bigint as departure_fee,
      coalesce(sum(own.gross_minor) filter (where not ${LEFT}), 0)::bigint as returned
    from ${OWN} as own
  ) as own
  order by subject.ordered_at, subject.id`;

/** Entries of one kind that a payout paid out. */
export interface PayoutLineRow {
  readonly payoutId: string;
  readonly kind: LineKind;
  readonly currency: string;
  readonly exponent: number;
  /** Number of entries with a part in this line: their amount before fees, or their fee. */
  readonly count: number;
  /** Number of entries of which this is the amount before fees. */
  readonly entries: number;
  readonly minor: bigint;
}

/**
 * Groups the entries that payouts paid out: those that the source lists, or those that count since the payout before.
 * One statement.
 */
export function findLines(tx: Transaction, payoutIds: readonly string[]): Promise<PayoutLineRow[]> {
  return tx.query(LINES, [payoutIds]);
}

/** The amount before fees of an entry, and its fee, which belong to different lines. */
const PARTS = `(values (${grossLine("entry")}, entry.gross_minor, true, true),
  (${feeLine("entry")}, -entry.fee_minor, entry.fee_minor <> 0, false))`;

const LINES = `
  with ${SUBJECT}
  select subject.id as "payoutId", found.kind, found.currency, found.exponent, found.count, found.entries,
    found.minor
  from subject cross join lateral (
    select part.kind, entry.currency, entry.exponent, count(*)::int as count,
      count(*) filter (where part.is_gross)::int as entries, sum(part.minor)::bigint as minor
    from ${PAID_OUT} as entry
    cross join lateral ${PARTS} as part (kind, minor, is_part, is_gross)
    where part.is_part
    group by part.kind, entry.currency, entry.exponent
  ) as found`;

/** Money of an account that may explain why a payout is not the sum of its list. */
export interface UnlistedRow {
  readonly payoutId: string;
  /** Since the payout before, in no payout's list. */
  readonly loanMinor: bigint;
  readonly reserveMinor: bigint;
  /** Booked before the payout and available after it. */
  readonly pendingMinor: bigint;
}

/** Finds what may explain a difference: one statement. */
export function findUnlisted(tx: Transaction, payoutIds: readonly string[]): Promise<UnlistedRow[]> {
  return tx.query(UNLISTED, [payoutIds]);
}

const UNLISTED = `
  with ${SUBJECT}
  select subject.id as "payoutId", free.loan as "loanMinor", free.reserve as "reserveMinor", early.pending as "pendingMinor"
  from subject cross join lateral (
    select coalesce(sum(net_minor) filter (where kind = 'FINANCING'), 0)::bigint as loan,
      coalesce(sum(net_minor) filter (where kind = 'RESERVE'), 0)::bigint as reserve
    from ${SINCE_LAST} as entry where payout_id is null and kind in ('FINANCING', 'RESERVE')
  ) as free cross join lateral (
    select coalesce(sum(net_minor), 0)::bigint as pending from (
      select * from ledger_entries as own
      where own.account_id = subject.account_id and own.currency = subject.currency and own.exponent = subject.exponent
        and own.ordered_at > subject.ordered_at - interval '90 days' and own.ordered_at <= subject.ordered_at
        and own.available_on > subject.ordered_at and own.kind <> 'PAYOUT' and ${exists("own")} and subject.is_instant
      offset 0
    ) as entry
  ) as early`;

/** Calculates what the ledger gained from the payout before until each of these: one statement. */
export function sumSettled(
  tx: Transaction,
  payoutIds: readonly string[],
): Promise<{ readonly payoutId: string; readonly settledMinor: bigint }[]> {
  return tx.query(SETTLED, [payoutIds]);
}

/** While the entry by which a payout left the balance is not stored, the payout itself says what left. */
const SETTLED = `
  with ${SUBJECT}
  select subject.id as "payoutId", (gained.net + coalesce(departed.net, -subject.amount_minor))::bigint as "settledMinor"
  from subject cross join lateral (
    select coalesce(sum(entry.net_minor), 0) as net from ${SINCE_LAST} as entry
  ) as gained cross join lateral (
    select sum(own.net_minor) as net from ${OWN} as own where ${LEFT}
  ) as departed`;
