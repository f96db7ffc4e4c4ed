import type { Transaction } from "../../store/database.ts";
import { entriesBetween, momentOf } from "./balance-sql.ts";

/*
 * Keeps the sums between observed balances up to date: an entry that changes affects the first balance that was observed
 * after it, and the sum is calculated again for that one alone.
 */

/** Maximum number of missing sums in one statement; each has the entries of a day. */
const BATCH_SIZE = 200;
/** Maximum number of batches in one round; the next round continues. */
const MAX_BATCHES = 25;

/** Discards the sums that changes of these ledger entries affect. @returns accounts of the entries */
export async function discardCounted(tx: Transaction, entryIds: readonly string[]): Promise<readonly string[]> {
  if (entryIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(DISCARD, [entryIds]);
  return rows.map(({ id }) => id);
}

const DISCARD = `
  with moment as materialized (
    select distinct account_id, currency, ordered_at as at from ledger_entries
    where id = any($1) and account_id is not null and currency is not null
  ), affected as materialized (
    select distinct next.account_id, next.currency, next.day from moment cross join lateral (
      select account_id, currency, day from balance_days as observed
      where observed.account_id = moment.account_id and observed.currency = moment.currency
        and observed.day >= (moment.at at time zone 'UTC')::date and ${momentOf("observed")} >= moment.at
      order by day limit 1
    ) as next
  ), discarded as (
    update balance_days as observed set counted_minor = null, counted_entries = null from affected
    where observed.account_id = affected.account_id and observed.currency = affected.currency
      and observed.day = affected.day and observed.counted_minor is not null
  )
  select distinct account_id as id from moment`;

/** Calculates the sums that are missing, for sources whose ledger was read completely. @returns their accounts */
export async function countBalances(tx: Transaction, wholeSourceIds: readonly string[]): Promise<readonly string[]> {
  const accounts = new Set<string>();
  if (wholeSourceIds.length === 0) return [];
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const rows = await tx.query<{ account_id: string }>(COUNT_MISSING, [wholeSourceIds]);
    for (const row of rows) accounts.add(row.account_id);
    if (rows.length === 0) break;
  }
  return [...accounts];
}

/** Calculates the sums of these accounts again, as far as they were calculated before. */
export async function countAgain(tx: Transaction, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length > 0) await tx.query(COUNT_AGAIN, [accountIds]);
}

/** The balance after a counted one is counted too: what is before it may have been observed only now. */
const COUNT_MISSING = count(`
  with missing as materialized (
    select observed.account_id, observed.currency, observed.day from balance_days as observed
    where observed.counted_minor is null and observed.source_id = any($1) and ${momentOf("observed")} is not null
    order by observed.account_id, observed.currency, observed.day limit ${BATCH_SIZE}
  ), chosen as materialized (
    select * from missing
    union
    select missing.account_id, missing.currency, next.day from missing cross join lateral (
      select day from balance_days as later
      where later.account_id = missing.account_id and later.currency = missing.currency and later.day > missing.day
        and ${momentOf("later")} is not null
      order by later.day limit 1
    ) as next
  )`);

const COUNT_AGAIN = count(`
  with chosen as materialized (
    select account_id, currency, day from balance_days as observed
    where account_id = any($1) and counted_minor is not null and ${momentOf("observed")} is not null
  )`);

function count(chosen: string): string {
  return `${chosen}, link as materialized (
    select observed.account_id, observed.currency, observed.day, ${momentOf("observed")} as moment,
      coalesce(before.moment, '-infinity') as since
    from chosen join balance_days as observed using (account_id, currency, day) left join lateral (
      select ${momentOf("earlier")} as moment from balance_days as earlier
      where earlier.account_id = observed.account_id and earlier.currency = observed.currency
        and earlier.day < observed.day and ${momentOf("earlier")} is not null
      order by earlier.day desc limit 1
    ) as before on true
  )
  update balance_days as existing set counted_minor = counted.net, counted_entries = counted.entries
  from link cross join lateral (
    select coalesce(sum(entry.net_minor), 0)::bigint as net, count(*) as entries
    from ${entriesBetween("link.since", "link.moment")} as entry
  ) as counted
  where existing.account_id = link.account_id and existing.currency = link.currency and existing.day = link.day
  returning existing.account_id`;
}

/** Sources with observed balances that are not counted, or not comparable yet. */
export async function findUncountedSources(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select source_id as id from balance_days where counted_minor is null
     union select source_id from balance_days where not is_comparable`,
  );
  return rows.map(({ id }) => id);
}

/** How far the ledger of a source is known. */
export interface LedgerReach {
  readonly sourceId: string;
  /** RFC 3339: every entry that was booked until then has been read. */
  readonly until: string;
}

/**
 * Marks the balances that the ledger was read after. Entries may appear some minutes late, so a balance counts as
 * comparable when the ledger was read ten minutes later, or when nothing was booked in the ten minutes before it.
 * @returns their accounts
 */
export async function markComparable(tx: Transaction, reach: readonly LedgerReach[]): Promise<readonly string[]> {
  if (reach.length === 0) return [];
  const rows = await tx.query<{ account_id: string }>(COMPARABLE, [
    reach.map(({ sourceId }) => sourceId),
    reach.map(({ until }) => until),
  ]);
  return [...new Set(rows.map((row) => row.account_id))];
}

const COMPARABLE = `
  with link as materialized (
    select observed.account_id, observed.currency, observed.day, ${momentOf("observed")} as moment, known.until
    from unnest($1::text[], $2::timestamptz[]) as known (source_id, until)
    join balance_days as observed on observed.source_id = known.source_id
    where not observed.is_comparable and ${momentOf("observed")} <= known.until
  )
  update balance_days as existing set is_comparable = true
  from link
  where existing.account_id = link.account_id and existing.currency = link.currency and existing.day = link.day
    and (link.moment <= link.until - interval '10 minutes'
      or not exists (select 1 from ${entriesBetween("link.moment - interval '10 minutes'", "'infinity'")} as late))
  returning existing.account_id`;
