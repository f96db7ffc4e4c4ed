import type { Transaction } from "../../store/database.ts";
import { runningSums } from "./balance-sql.ts";
import { exists } from "../../store/queries/exists.ts";

/*
 * A chain of balances agrees with the ledger if the balance minus the sum of the ledger until its moment is zero. A
 * difference that a later balance does not have was a matter of time: the two were not read at the same moment. One that
 * the last balance still has is drift; it began between the last balance that agreed and the one after it.
 *
 * The ledger of a processor begins with nothing. That of another account is known to be whole as soon as one of its
 * balances agreed; before that its chain has no beginning that anything could be compared with.
 */

/**
 * SELECT of the drift of accounts' chains, by account and currency. `is_anchored`: the ledger is known to be whole. The
 * last row that can be compared decides.
 */
export function drifts(condition: string): string {
  return `
    with link as materialized (${runningSums(condition)}), judged as materialized (
      select link.*, (link.total - link.ledger)::bigint as offset_minor from link
      where link.is_comparable and not link.is_partial
    ), chain as materialized (
      select account_id, currency, source_id, exponent,
        (array_agg(offset_minor order by day desc))[1] as offset_minor, max(day) as until, max(moment) as until_moment,
        max(day) filter (where offset_minor = 0) as agreed
      from judged group by account_id, currency, source_id, exponent
    )
    select chain.*, begun.day as since, begun.moment, begun.since as agreed_at, begun.offset_minor as first_offset,
      account.kind = 'PROCESSOR_BALANCE' or chain.agreed is not null as is_anchored
    from chain join accounts as account on account.id = chain.account_id
    left join lateral (
      select judged.day, judged.moment, judged.offset_minor, (
          select max(earlier.moment) from judged as earlier where earlier.account_id = chain.account_id
            and earlier.currency = chain.currency and earlier.day < judged.day
        ) as since
      from judged where judged.account_id = chain.account_id and judged.currency = chain.currency
        and judged.day > coalesce(chain.agreed, '-infinity'::date)
      order by judged.day limit 1
    ) as begun on chain.offset_minor <> 0`;
}

/** Why an entry may be the cause of a drift. */
export type CandidateReason = "DELETED" | "ALTERED" | "DOUBLED" | "LATE";

/** Days after the last balance within which an entry that it counts already may be booked. */
const LATE_DAYS = 7;

/**
 * SELECT of the entries of `drift` that account for exactly the whole difference: one that is deleted here and counts at
 * the source, one that was changed, one that is here twice, and one that is booked only after the last balance, which
 * counts it already: a balance after it would agree. None: an entry of that amount is missing.
 */
export const CANDIDATES = `
  select id, external_id, reason, ordered_at from (
  select entry.id, entry.external_id, found.reason, entry.ordered_at
  from (
    select * from ledger_entries as own
    where own.account_id = drift.account_id and own.currency = drift.currency
      and own.ordered_at > coalesce(drift.agreed_at, '-infinity') and own.ordered_at <= drift.moment offset 0
  ) as entry cross join lateral (
    select case
      when entry.deleted_at is not null and entry.net_minor = drift.first_offset then 'DELETED'
      when entry.deleted_at is not null or entry.content_hash is null then null
      when exists (
        select 1 from entity_changes as change where change.entity_id = entry.id and change.fields ? 'net_minor'
          and (change.fields #>> '{net_minor,0}')::numeric - (change.fields #>> '{net_minor,1}')::numeric = drift.first_offset
      ) then 'ALTERED'
      when entry.net_minor = -drift.first_offset and exists (
        select 1 from ledger_entries as twin where twin.account_id = entry.account_id and twin.ordered_at = entry.ordered_at
          and twin.id <> entry.id and twin.net_minor = entry.net_minor and twin.kind is not distinct from entry.kind
          and twin.origin_id is not distinct from entry.origin_id and ${exists("twin")}
      ) then 'DOUBLED' end as reason
  ) as found
  where found.reason is not null
  union all
  select own.id, own.external_id, 'LATE', own.ordered_at from ledger_entries as own
  where own.account_id = drift.account_id and own.currency = drift.currency and ${exists("own")}
    and own.ordered_at > drift.until_moment and own.ordered_at <= drift.until_moment + interval '${LATE_DAYS} days'
    and own.net_minor = drift.offset_minor
  ) as candidate
  order by ordered_at, id limit 20`;

/** An entry that accounts for exactly the whole difference. */
export interface DriftCandidate {
  /** Global id. */
  readonly id: string;
  readonly reason: CandidateReason;
}

/** Drift of one chain. */
export interface DriftRow {
  readonly accountId: string;
  readonly currency: string;
  readonly exponent: number;
  readonly isAnchored: boolean;
  /** Last balance minus the ledger; zero if they agree. */
  readonly offsetMinor: bigint;
  /** Day of the last balance that was compared. */
  readonly until: string;
  /** Day of the first balance that does not agree, and of the last one that did; null without drift. */
  readonly firstDay: string | null;
  readonly lastAgreed: string | null;
  /** Times between which the drift began; null without drift, the first one also before the first balance. */
  readonly sinceAt: string | null;
  readonly untilAt: string | null;
  readonly firstOffsetMinor: bigint | null;
  readonly candidates: readonly DriftCandidate[];
}

/** Finds the drift of the chains of accounts, by account and currency: one statement. */
export function findDrifts(tx: Transaction, accountIds: readonly string[]): Promise<DriftRow[]> {
  return tx.query(DRIFTS, [accountIds]);
}

const DRIFTS = `
  select drift.account_id as "accountId", drift.currency, drift.exponent, drift.is_anchored as "isAnchored",
    drift.offset_minor as "offsetMinor", drift.until::text as until, drift.since::text as "firstDay",
    drift.agreed::text as "lastAgreed", drift.agreed_at as "sinceAt", drift.moment as "untilAt",
    drift.first_offset as "firstOffsetMinor", coalesce(found.candidates, '[]') as candidates
  from (${drifts("observed.account_id = any($1)")}) as drift
  left join lateral (
    select jsonb_agg(jsonb_build_object('id', candidate.id, 'reason', candidate.reason)
      order by candidate.ordered_at, candidate.id) as candidates
    from (${CANDIDATES}) as candidate
  ) as found on drift.offset_minor <> 0
  order by drift.account_id, drift.currency`;
