import type { StatementKind } from "../../domain/bank.ts";
import type { Transaction } from "../../store/database.ts";

/**
 * Transactions that a statement and the messages of another kind about the same account and days have in common, and
 * those that only one of them has.
 */
export interface StatementComparisonRow {
  readonly statementId: string;
  readonly kind: StatementKind;
  readonly with: StatementKind;
  readonly messages: number;
  readonly inBoth: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** Global ids, the latest booking first; at most MAX_LISTED. */
  readonly onlyHereIds: readonly string[];
  readonly onlyThereIds: readonly string[];
  /** True if the statement lists no entries and states balances instead. */
  readonly isHereUnlisted: boolean;
  /** True if no message of the other kind lists entries. */
  readonly isThereUnlisted: boolean;
}

const MAX_LISTED = 100;

/**
 * Compares statements with the messages of each other kind about the same account; kinds without a message are left
 * out. For the statement its booked transactions count; for the others, those that they contain too, and those booked
 * within the statement's days: by the day of their message if they have no booking date. One statement for all, in
 * which each object is looked up by its index: `offset 0` keeps the planner from reading whole tables instead, which it
 * prefers before it has statistics.
 */
export function compareStatements(tx: Transaction, ids: readonly string[]): Promise<StatementComparisonRow[]> {
  return tx.query(COMPARISON, [ids, MAX_LISTED]);
}

/** SQL condition that a message lists no entries and states balances instead. */
function unlisted(table: string): string {
  return `coalesce(${table}.entry_count = 0 and jsonb_array_length(${table}.balance_list) > 0, false)`;
}

/** A statement, and a message without entries that is relevant to its comparisons: itself, or one of another kind. */
export interface UnlistedMessageRow {
  readonly statementId: string;
  /** Global id. */
  readonly messageId: string;
}

/**
 * Finds the messages without entries about the account and the days of statements; of their own kind only the
 * statements themselves.
 */
export function findUnlistedMessages(tx: Transaction, ids: readonly string[]): Promise<UnlistedMessageRow[]> {
  return tx.query(
    `with selected as materialized (
       select id, account_id, kind, first_day, last_day, entry_count from statements
       where id = any($1) and content_hash is not null and deleted_at is null
     )
     select id as "statementId", id as "messageId" from selected where entry_count = 0
     union all
     select selected.id, other.id from selected cross join lateral (
       select * from statements as other where other.account_id = selected.account_id and other.kind <> selected.kind
         and other.last_day >= selected.first_day and other.first_day <= selected.last_day and other.entry_count = 0
         and other.content_hash is not null and other.deleted_at is null offset 0
     ) as other`,
    [ids],
  );
}

/** SQL condition for an entry that no later copy of its statement has left out. */
function counts(entry: string): string {
  return `(${entry}.kind <> 'STATEMENT' or exists (
    select 1 from statement_parts as part where part.statement_id = ${entry}.statement_id and part.page = ${entry}.page
      and part.file_id = ${entry}.file_id and part.occurrence = ${entry}.occurrence offset 0))`;
}

/** Currency of a message as stated in it. An account may have messages in several. */
const CURRENCY = `(select max(part.part #>> '{account,currency}') from statement_parts as part
  where part.statement_id = statements.id offset 0) as currency`;

/** SQL condition for a message that does not state a currency other than the requested one. */
function isOfCurrency(statementId: string): string {
  return `(selected.currency is null or not exists (
    select 1 from statement_parts as part where part.statement_id = ${statementId}
      and part.part #>> '{account,currency}' <> selected.currency offset 0))`;
}

/** An expression, because the planner would otherwise read all booked transactions of the days by their own index. */
const IS_BOOKED = "(booked.status || '') = 'BOOKED'";

const COMPARISON = `
  with selected as materialized (
    select id, account_id, kind, first_day, last_day, ${unlisted("statements")} as is_unlisted, ${CURRENCY} from statements
    where id = any($1) and content_hash is not null and deleted_at is null
  ), here as (
    select selected.id, booked.id as transaction_id, booked.ordered_at
    from selected join statement_entries as entry on entry.statement_id = selected.id and ${counts("entry")}
    cross join lateral (
      select * from bank_transactions as booked
      where booked.id = entry.transaction_id and ${IS_BOOKED} and booked.deleted_at is null offset 0
    ) as booked
  ), of_days as (
    select selected.id, booked.id as transaction_id, booked.ordered_at
    from selected cross join lateral (
      select * from bank_transactions as booked
      where booked.account_id = selected.account_id and ${IS_BOOKED} and booked.deleted_at is null
        and booked.ordered_at >= selected.first_day::timestamp at time zone 'UTC'
        and booked.ordered_at <= selected.last_day::timestamp at time zone 'UTC'
        and booked.booking_date between selected.first_day and selected.last_day
        and (booked.currency = selected.currency or ${isOfCurrency("booked.statement_id")}) offset 0
    ) as booked
  ), undated as (
    select selected.id, booked.id as transaction_id, booked.ordered_at
    from selected cross join lateral (
      select distinct entry.transaction_id from statement_entries as entry
      where entry.account_id = selected.account_id and entry.day between selected.first_day and selected.last_day
        and entry.status = 'BOOKED' and entry.booking_date is null offset 0
    ) as entry cross join lateral (
      select * from bank_transactions as booked
      where booked.id = entry.transaction_id and ${IS_BOOKED} and booked.booking_date is null
        and booked.deleted_at is null and (booked.currency = selected.currency or ${isOfCurrency("booked.statement_id")}) offset 0
    ) as booked
  ), possible as materialized (
    select id, transaction_id, min(ordered_at) as ordered_at, bool_or(is_here) as is_here
    from (select *, true as is_here from here union all select *, false from of_days
      union all select *, false from undated) as each_one
    group by id, transaction_id
  ), reported as materialized (
    select possible.*, other.ids, other.kinds
    from possible join selected using (id) cross join lateral (
      select array_agg(teller.id) as ids, array_agg(teller.kind) as kinds
      from (
        select distinct statement_id from statement_entries as own
        where own.transaction_id = possible.transaction_id and ${counts("own")} offset 0
      ) as entry
      cross join lateral (
        select * from statements as other where other.id = entry.statement_id
          and other.account_id = selected.account_id and other.kind <> selected.kind and other.deleted_at is null offset 0
      ) as teller
    ) as other
  ), message as (
    select selected.id, other.kind, other.id as message_id, ${unlisted("other")} as is_unlisted
    from selected cross join lateral (
      select * from statements as other where other.account_id = selected.account_id and other.kind <> selected.kind
        and other.last_day >= selected.first_day and other.first_day <= selected.last_day
        and other.content_hash is not null and other.deleted_at is null
        and ${isOfCurrency("other.id")}
      offset 0
    ) as other
    union
    select reported.id, teller.kind, teller.id, false from reported cross join lateral unnest(reported.ids, reported.kinds) as teller (id, kind)
  ), pair as materialized (
    select message.id, selected.kind, message.kind as other_kind, count(distinct message.message_id)::int as messages,
      selected.is_unlisted as is_here_unlisted, bool_and(message.is_unlisted) as is_there_unlisted
    from message join selected using (id) group by message.id, selected.kind, selected.is_unlisted, message.kind
  ), compared as (
    select pair.*, reported.transaction_id, reported.ordered_at, reported.is_here,
      coalesce(pair.other_kind = any(reported.kinds), false) as is_there
    from pair left join reported using (id)
  )
  select id as "statementId", kind, other_kind as with, messages,
    (count(*) filter (where is_here and is_there))::int as "inBoth",
    (count(*) filter (where is_here and not is_there))::int as "onlyHere",
    (count(*) filter (where is_there and not is_here))::int as "onlyThere",
    coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
      filter (where is_here and not is_there))[1:$2], '{}') as "onlyHereIds",
    coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
      filter (where is_there and not is_here))[1:$2], '{}') as "onlyThereIds",
    is_here_unlisted as "isHereUnlisted", is_there_unlisted as "isThereUnlisted"
  from compared group by id, kind, other_kind, messages, is_here_unlisted, is_there_unlisted order by id, other_kind`;
