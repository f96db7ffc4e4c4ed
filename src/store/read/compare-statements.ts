import type { StatementKind } from "../../domain/bank.ts";
import type { Transaction } from "../database.ts";

/** What a statement and the messages of another kind about the same account and days both tell, and only one of them does. */
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
}

const MAX_LISTED = 100;

/**
 * Compares statements with the messages of each other kind about the same account; kinds without a message are left out. Of
 * the statement count its booked transactions, of the others those that they tell too, and those that are booked within the
 * statement's days. One statement for all, in which each object is looked up by its index: `offset 0` keeps the planner from
 * reading whole tables instead, which is what it thinks of them before it has statistics.
 */
export function compareStatements(tx: Transaction, ids: readonly string[]): Promise<StatementComparisonRow[]> {
  return tx.query(COMPARISON, [ids, MAX_LISTED]);
}

const COMPARISON = `
  with asked as materialized (
    select id, account_id, kind, first_day, last_day from statements
    where id = any($1) and content_hash is not null and deleted_at is null
  ), here as (
    select asked.id, booked.id as transaction_id, booked.ordered_at
    from asked join bank_sightings as entry on entry.statement_id = asked.id
    cross join lateral (
      select * from bank_transactions as booked
      where booked.id = entry.transaction_id and booked.status = 'BOOKED' and booked.deleted_at is null offset 0
    ) as booked
  ), of_days as (
    select asked.id, booked.id as transaction_id, booked.ordered_at
    from asked cross join lateral (
      select * from bank_transactions as booked
      where booked.account_id = asked.account_id and booked.status = 'BOOKED' and booked.deleted_at is null
        and booked.ordered_at >= asked.first_day::timestamp at time zone 'UTC'
        and booked.ordered_at <= asked.last_day::timestamp at time zone 'UTC'
        and booked.booking_date between asked.first_day and asked.last_day offset 0
    ) as booked
  ), possible as materialized (
    select id, transaction_id, min(ordered_at) as ordered_at, bool_or(is_here) as is_here
    from (select *, true as is_here from here union all select *, false from of_days) as each_one
    group by id, transaction_id
  ), told as materialized (
    select possible.*, other.ids, other.kinds
    from possible join asked using (id) cross join lateral (
      select array_agg(teller.id) as ids, array_agg(teller.kind) as kinds
      from (
        select distinct statement_id from bank_sightings where transaction_id = possible.transaction_id offset 0
      ) as entry
      cross join lateral (
        select * from statements as other where other.id = entry.statement_id
          and other.account_id = asked.account_id and other.kind <> asked.kind and other.deleted_at is null offset 0
      ) as teller
    ) as other
  ), message as (
    select asked.id, other.kind, other.id as message_id
    from asked cross join lateral (
      select * from statements as other where other.account_id = asked.account_id and other.kind <> asked.kind
        and other.last_day >= asked.first_day and other.first_day <= asked.last_day
        and other.content_hash is not null and other.deleted_at is null offset 0
    ) as other
    union
    select told.id, teller.kind, teller.id from told cross join lateral unnest(told.ids, told.kinds) as teller (id, kind)
  ), pair as materialized (
    select message.id, asked.kind, message.kind as other_kind, count(*)::int as messages
    from message join asked using (id) group by message.id, asked.kind, message.kind
  ), judged as (
    select pair.*, told.transaction_id, told.ordered_at, told.is_here,
      coalesce(pair.other_kind = any(told.kinds), false) as is_there
    from pair left join told using (id)
  )
  select id as "statementId", kind, other_kind as with, messages,
    (count(*) filter (where is_here and is_there))::int as "inBoth",
    (count(*) filter (where is_here and not is_there))::int as "onlyHere",
    (count(*) filter (where is_there and not is_here))::int as "onlyThere",
    coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
      filter (where is_here and not is_there))[1:$2], '{}') as "onlyHereIds",
    coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
      filter (where is_there and not is_here))[1:$2], '{}') as "onlyThereIds"
  from judged group by id, kind, other_kind, messages order by id, other_kind`;
