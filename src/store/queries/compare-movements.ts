import { type BalanceMovement, movementsOf } from "../../domain/balance-movement.ts";
import type { StatementBalance, StatementKind } from "../../domain/bank.ts";
import { addMoney, exactMoney, type Money, negated, sameAmount } from "../../domain/money.ts";
import { canHaveMoved, type MovingEntries, type MovementStatus, sumToCompare } from "../../domain/moving-entries.ts";
import type { Transaction } from "../database.ts";

/** Balances of a message without entries, compared with the entries of messages of another kind for the same days. */
export interface MovementComparison {
  /** Global id of the message without entries. */
  readonly statementId: string;
  readonly kind: StatementKind;
  /** Kind of the messages with the entries. */
  readonly with: StatementKind;
  readonly currency: string;
  readonly from: StatementBalance;
  readonly to: StatementBalance;
  readonly movement: Money;
  readonly entries: Money;
  /** Movement minus entries; zero if they match. */
  readonly difference: Money;
}

interface MessageRow {
  readonly id: string;
  readonly kind: StatementKind;
  readonly balances: readonly StatementBalance[];
  /** Balances of the older messages of its kind about the same days. */
  readonly older: readonly (readonly StatementBalance[])[];
  readonly with: StatementKind;
  /** True if messages of that kind cover all its days and state what was booked: entries, or that there were none. */
  readonly isCovered: boolean;
  readonly entries: readonly EntrySumRow[];
}

interface EntrySumRow {
  readonly currency: string;
  readonly status: MovementStatus;
  readonly count: number;
  /** Decimal text. */
  readonly byDay: string;
  readonly byValueDay: string;
}

/** Number of days before its value date within which an entry may be booked. */
const VALUED_LATER_DAYS = 7;

/**
 * Compares the messages that list no entries with the entries of other messages. Left out are messages with entries,
 * those whose balances show no movement, those with a newer message of their kind about the same days, and kinds of
 * which no message has an entry that can have changed the balance.
 */
export async function compareMovements(tx: Transaction, ids: readonly string[]): Promise<MovementComparison[]> {
  const rows = await tx.query<{ [Key in keyof MessageRow]: MessageRow[Key] }>(MESSAGES, [ids, VALUED_LATER_DAYS]);
  return rows.flatMap((row) =>
    movementsOf(row.balances).flatMap((movement) =>
      opensElsewhere(movement, row.older) ? [] : compareMovement(row, movement),
    ),
  );
}

function compareMovement(row: MessageRow, movement: BalanceMovement): readonly MovementComparison[] {
  const { kind, currency, from, to, money } = movement;
  // An interim balance is of one moment; the statement covers the whole day.
  if (row.with === "STATEMENT" && (to.code === "ITBD" || to.code === "ITAV")) return [];
  const entries = row.entries.filter((sum) => sum.currency === currency).map(movingEntries);
  // A notification need not contain every entry: without an entry that counts it proves nothing.
  if (row.with === "NOTIFICATION" ? !canHaveMoved(kind, entries) : !row.isCovered) return [];
  const sum = sumToCompare(kind, money, entries);
  const compared = { statementId: row.id, kind: row.kind, with: row.with, currency, from, to };
  return [{ ...compared, movement: money, entries: sum, difference: addMoney(money, negated(sum)) }];
}

/**
 * Returns true if an older message of these days opens with another balance: each covers a part of the day, and none
 * the whole.
 */
function opensElsewhere({ currency, from }: BalanceMovement, older: MessageRow["older"]): boolean {
  return older.some((balances) =>
    movementsOf(balances).some((other) => other.currency === currency && !sameAmount(other.from.money, from.money)),
  );
}

function movingEntries({ status, count, byDay, byValueDay, currency }: EntrySumRow): MovingEntries {
  return { status, count, byDay: moneyOf(byDay, currency), byValueDay: moneyOf(byValueDay, currency) };
}

/** Parses PostgreSQL's numeric text: digits, with a decimal point if there are decimals. */
function moneyOf(text: string, currency: string): Money {
  const [whole = "", fraction = ""] = text.split(".");
  return exactMoney(BigInt(whole + fraction), fraction.length, currency);
}

/**
 * Selects each message of $1 without entries, with the sums of the entries of each other kind. `offset 0` keeps the
 * planner from reading whole tables, as in `compareStatements`. An entry in several messages counts once, as booked if
 * one of them says so; of a page that arrived in several files, only the effective file counts. A power of ten less
 * than 1 is exact.
 */
const MESSAGES = `
  with message as materialized (
    select own.id, own.account_id, own.kind, own.first_day, own.last_day, own.balance_list, latest.version
    from statements as own cross join lateral (
      select max(version) as version from statement_parts where statement_id = own.id
    ) as latest
    where own.id = any($1) and own.entry_count = 0 and own.first_day is not null and own.last_day is not null
      and jsonb_array_length(own.balance_list) > 1 and own.content_hash is not null and own.deleted_at is null
  ), like_it as materialized (
    select message.id, other.balance_list, (latest.version, other.id) > (message.version, message.id) as is_newer
    from message cross join lateral (
      select * from statements as other where other.account_id = message.account_id and other.kind = message.kind
        and other.last_day = message.last_day and other.first_day = message.first_day and other.id <> message.id
        and other.content_hash is not null and other.deleted_at is null offset 0
    ) as other cross join lateral (
      select max(version) as version from statement_parts where statement_id = other.id
    ) as latest
  ), newest as materialized (
    select * from message where not exists (select 1 from like_it where like_it.id = message.id and is_newer)
  ), other_kind as materialized (
    select newest.id, other.kind, min(other.first_day) <= newest.first_day and max(other.last_day) >= newest.last_day
        and bool_or(other.entry_count > 0 or (coalesce(other.is_balanced, false) and not exists (
          select 1 from jsonb_array_elements(other.checks) as checked where checked->'booked'->'minor'->>'$int' <> '0'
        ))) as is_covered
    from newest cross join lateral (
      select * from statements as other where other.account_id = newest.account_id and other.kind <> newest.kind
        and other.last_day >= newest.first_day and other.first_day <= newest.last_day
        and other.content_hash is not null and other.deleted_at is null offset 0
    ) as other
    group by newest.id, newest.first_day, newest.last_day, other.kind
  ), entry as materialized (
    select newest.id, reported.kind, reported.transaction_id,
      coalesce(min(reported.day) filter (where reported.day >= newest.first_day), min(reported.day)) as day,
      max(case reported.status when 'BOOKED' then 3 when 'PENDING' then 2 else 1 end) as rank
    from newest cross join lateral (
      select * from statement_entries as reported where reported.account_id = newest.account_id
        and reported.day between newest.first_day - $2::int and newest.last_day and reported.kind <> newest.kind
        and reported.status in ('BOOKED', 'PENDING', 'INFORMATION') offset 0
    ) as reported
    where exists (select 1 from statement_parts as part where part.statement_id = reported.statement_id
      and part.page = reported.page and part.file_id = reported.file_id and part.occurrence = reported.occurrence)
    group by newest.id, newest.first_day, reported.kind, reported.transaction_id
  ), sums as materialized (
    select entry.id, entry.kind, booking.currency, entry.rank,
      count(*) filter (where entry.day >= newest.first_day)::int as entries,
      coalesce(sum(booking.amount) filter (where entry.day >= newest.first_day), 0)::text as by_day,
      coalesce(sum(booking.amount) filter (where coalesce(booking.value_date, entry.day)
        between newest.first_day and newest.last_day), 0)::text as by_value_day
    from entry join newest using (id) cross join lateral (
      select currency, value_date, amount_minor * power(10::numeric, -exponent::numeric)
          * case direction when 'DEBIT' then -1 else 1 end as amount
      from bank_transactions as booking where booking.id = entry.transaction_id and booking.deleted_at is null offset 0
    ) as booking
    group by entry.id, entry.kind, booking.currency, entry.rank
  )
  select newest.id, newest.kind, newest.balance_list as balances, other_kind.kind as with,
    other_kind.is_covered as "isCovered",
    coalesce((select jsonb_agg(balance_list) from like_it where like_it.id = newest.id and balance_list is not null), '[]')
      as older,
    coalesce((select jsonb_agg(jsonb_build_object('currency', currency,
        'status', (array['INFORMATION', 'PENDING', 'BOOKED'])[rank], 'count', entries, 'byDay', by_day,
        'byValueDay', by_value_day) order by currency, rank)
      from sums where sums.id = newest.id and sums.kind = other_kind.kind), '[]') as entries
  from newest join other_kind using (id) order by newest.id, other_kind.kind`;
