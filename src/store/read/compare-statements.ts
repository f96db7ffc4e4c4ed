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

const COMPARISON = `with asked as materialized (
     select id, account_id, kind, first_day, last_day from statements
     where id = any($1) and content_hash is not null and deleted_at is null
   ), here as materialized (
     select asked.id, entry.transaction_id
     from asked join bank_sightings as entry on entry.statement_id = asked.id
     group by asked.id, entry.transaction_id
   ), possible as materialized (
     select asked.id, asked.kind, asked.account_id, found.id as transaction_id, found.ordered_at, found.is_here
     from asked cross join lateral (
       select booked.id, booked.ordered_at, true as is_here
       from here cross join lateral (
         select * from bank_transactions as booked where booked.id = here.transaction_id
           and booked.status = 'BOOKED' and booked.deleted_at is null offset 0
       ) as booked
       where here.id = asked.id
       union all
       select booked.id, booked.ordered_at, false
       from bank_transactions as booked
       where booked.account_id = asked.account_id and booked.status = 'BOOKED' and booked.deleted_at is null
         and booked.ordered_at >= asked.first_day::timestamp at time zone 'UTC'
         and booked.ordered_at <= asked.last_day::timestamp at time zone 'UTC'
         and booked.booking_date between asked.first_day and asked.last_day
         and not exists (select 1 from here where here.id = asked.id and here.transaction_id = booked.id)
     ) as found
   ), there as materialized (
     select possible.id, other.kind, possible.transaction_id, array_agg(other.id) as messages
     from possible cross join lateral (
       select distinct statement_id as id from bank_sightings where transaction_id = possible.transaction_id offset 0
     ) as entry
     cross join lateral (
       select * from statements as other where other.id = entry.id and other.account_id = possible.account_id
         and other.kind <> possible.kind and other.deleted_at is null offset 0
     ) as other
     group by possible.id, other.kind, possible.transaction_id
   ), message as (
     select asked.id, other.kind, other.id as message_id
     from asked cross join lateral (
       select * from statements as other where other.account_id = asked.account_id and other.kind <> asked.kind
         and other.last_day >= asked.first_day and other.first_day <= asked.last_day
         and other.content_hash is not null and other.deleted_at is null offset 0
     ) as other
     union
     select there.id, there.kind, teller.id from there cross join lateral unnest(there.messages) as teller (id)
   ), pair as (
     select id, kind, count(*)::int as messages from message group by id, kind
   ), judged as (
     select pair.id, pair.kind, pair.messages, possible.transaction_id, possible.ordered_at, possible.is_here,
       there.transaction_id is not null as is_there
     from pair left join possible on possible.id = pair.id
     left join there on there.id = pair.id and there.kind = pair.kind
       and there.transaction_id = possible.transaction_id
   )
   select judged.id as "statementId", asked.kind, judged.kind as with, judged.messages,
     (count(*) filter (where is_here and is_there))::int as "inBoth",
     (count(*) filter (where is_here and not is_there))::int as "onlyHere",
     (count(*) filter (where is_there and not is_here))::int as "onlyThere",
     coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
       filter (where is_here and not is_there))[1:$2], '{}') as "onlyHereIds",
     coalesce((array_agg(transaction_id order by ordered_at desc, transaction_id desc)
       filter (where is_there and not is_here))[1:$2], '{}') as "onlyThereIds"
   from judged join asked on asked.id = judged.id
   group by judged.id, asked.kind, judged.kind, judged.messages order by judged.id, judged.kind`;
