import { DELIVERY, FILE, QUARANTINE } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";
import type { DeliveryFact, FileFact, FindingFact, QuarantineFact, RefetchFact } from "./facts.ts";
import { COUNT_LIMIT, msOf } from "./sql-times.ts";

type Rows<Fact> = Promise<(Fact & Record<string, unknown>)[]>;

/** Rows that a diagnosis refers to. */
const NAMED = 3;

/** Five whole minutes, which every process has written by now. */
const RECENT =
  "at >= date_trunc('minute', now()) - interval '7 minutes' and at < date_trunc('minute', now()) - interval '2 minutes'";
const RECENT_SECONDS = 300;

/** Number by which the waiting deliveries of a source became fewer per second; null if they did not. */
const DRAIN = `select nullif(greatest(0, applied.count - arrived.count), 0)::float8 / ${RECENT_SECONDS} as rate
  from (select coalesce(sum(count), 0) as count from source_metrics
      where resolution = 'MINUTE' and source_id = requested.id and name = 'DELIVERY_AGE_MS' and ${RECENT}) as applied,
    (select coalesce(sum(received - duplicates - conflicts), 0) as count from webhook_counts
      where source_id = requested.id and ${RECENT}) as arrived`;

/** Finds the deliveries of sources that are not applied, each kind counted up to the limit. */
export function findDeliveryFacts(tx: Transaction, sourceIds: readonly string[]): Rows<DeliveryFact> {
  return tx.query(
    `select requested.id as "sourceId", pending.count::float8 as pending, ${msOf("oldest.received_at")} as "oldestPendingMs",
       oldest.id as "oldestPendingId", drain.rate as "drainPerSecond", parked.count::float8 as parked, coalesce(named.ids, '{}') as "parkedIds",
       ${msOf("parked.since")} as "parkedSinceMs", named.code as "parkedCode", named.message as "parkedMessage"
     from unnest($1::text[]) as requested (id)
     cross join lateral (select count(*) from (select from deliveries
       where status = ${literals(DELIVERY.initial)} and source_id = requested.id limit ${COUNT_LIMIT}) as waiting) as pending
     left join lateral (select id, received_at from deliveries
       where status = ${literals(DELIVERY.initial)} and source_id = requested.id order by next_attempt_at limit 1) as oldest on true
     left join lateral (${DRAIN}) as drain on oldest.id is not null
     cross join lateral (select count(*), min(received_at) as since from (select received_at from deliveries
       where status = 'PARKED' and source_id = requested.id order by received_at desc, id desc limit ${COUNT_LIMIT}) as aside)
       as parked
     cross join lateral (
       select array_agg(id order by received_at desc) as ids, (array_agg(error_code order by received_at desc))[1] as code,
         (array_agg(error_message order by received_at desc))[1] as message
       from (select id, received_at, error_code, error_message from deliveries
         where status = 'PARKED' and source_id = requested.id order by received_at desc, id desc limit ${NAMED}) as newest
     ) as named
     where pending.count > 0 or parked.count > 0`,
    [sourceIds],
  );
}

/** Finds the open quarantined records of sources, counted up to the limit. */
export function findQuarantineFacts(tx: Transaction, sourceIds: readonly string[]): Rows<QuarantineFact> {
  return tx.query(
    `select requested.id as "sourceId", counted.count::float8 as open, named.ids, ${msOf("named.since")} as "sinceMs",
       named.path, named.problem, named."fileIds"
     from unnest($1::text[]) as requested (id)
     cross join lateral (select count(*) from (select from quarantined_records
       where status = ${literals(QUARANTINE.initial)} and source_id = requested.id limit ${COUNT_LIMIT}) as open) as counted
     cross join lateral (
       select array_agg(id order by first_at) as ids, min(first_at) as since, (array_agg(path order by first_at))[1] as path,
         (array_agg(problem order by first_at))[1] as problem,
         array(select id from files where source_id = requested.id and status = 'REFUSED'
           and content_hash = any(array_agg(raw_hash))) as "fileIds"
       from (select id, first_at, path, problem, raw_hash from quarantined_records
         where status = ${literals(QUARANTINE.initial)} and source_id = requested.id order by first_at limit ${NAMED}) as oldest
     ) as named
     where counted.count > 0`,
    [sourceIds],
  );
}

/** Finds how many objects of sources wait to be fetched again, counted up to the limit. */
export function findRefetchFacts(tx: Transaction, sourceIds: readonly string[]): Rows<RefetchFact> {
  return tx.query(
    `select requested.id as "sourceId", waiting.count::float8 as waiting, ${msOf("waiting.oldest")} as "oldestMs"
     from unnest($1::text[]) as requested (id)
     cross join lateral (select count(*), min(next_attempt_at) as oldest from (select next_attempt_at from refetches
       where source_id = requested.id order by next_attempt_at limit ${COUNT_LIMIT}) as due) as waiting
     where waiting.count > 0`,
    [sourceIds],
  );
}

/** Finds how many files of sources wait to be applied, counted up to the limit. */
export function findFileFacts(tx: Transaction, sourceIds: readonly string[]): Rows<FileFact> {
  return tx.query(
    `select requested.id as "sourceId", waiting.count::float8 as waiting, ${msOf("waiting.oldest")} as "oldestMs",
       waiting.id as "oldestId"
     from unnest($1::text[]) as requested (id)
     cross join lateral (select count(*), min(received_at) as oldest, (array_agg(id order by received_at))[1] as id
       from (select id, received_at from files where status = ${literals([FILE.initial[0] ?? ""])} and source_id = requested.id
         limit ${COUNT_LIMIT}) as accepted) as waiting
     where waiting.count > 0`,
    [sourceIds],
  );
}

/** Open findings of a source that are read, and their kinds. */
const FINDINGS = 1_000;
const KINDS = 20;

/** Finds the open findings of sources, one of each kind. */
export function findFindingFacts(tx: Transaction, sourceIds: readonly string[]): Rows<FindingFact> {
  return tx.query(
    `select requested.id as "sourceId", own.id, own.kind, own.cause, own.summary, own.remedy,
       ${msOf("own.opened_at")} as "openedMs", own.ids
     from unnest($1::text[]) as requested (id)
     cross join lateral (
       select distinct on (kind) id, kind, cause, summary, remedy, opened_at, array_agg(id) over (partition by kind) as ids
       from (select id, kind, cause, summary, remedy, opened_at from findings
         where closed_at is null and source_id = requested.id order by opened_at limit ${FINDINGS}) as open
       order by kind, opened_at limit ${KINDS}
     ) as own
     order by own.opened_at`,
    [sourceIds],
  );
}
