import { arrayLiteral } from "../../store/array-literal.ts";
import type { Transaction } from "../../store/database.ts";
import { type Breach, breachKey, type Subjects } from "./find-breaches.ts";

/*
 * Parts of one object arrive one after the other: a refund may be stored some seconds before the charge that it belongs
 * to. A breach is therefore recorded first, and confirmed only if it is still there when everything that was in transit
 * at that moment has been applied.
 */

/** Maximum number of breaches checked again in one round. */
const MAX_DUE = 500;

/**
 * Minimum duration of a breach: twice the interval between polls, since two streams are read at two moments, and at
 * least the configured time.
 */
const IS_CONFIRMABLE = `breach.first_seen_at <= now() - greatest($1 * interval '1 millisecond',
  coalesce(source.schedule_seconds, 0) * interval '2 seconds')`;

/** Finds ids of subjects whose recorded breach has lasted long enough to be checked again. */
export async function findDueSubjects(tx: Transaction, confirmAfterMs: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select breach.subject_id as id from unconfirmed_breaches as breach
     join sources as source on source.id = breach.source_id
     where ${IS_CONFIRMABLE} order by breach.first_seen_at limit ${MAX_DUE}`,
    [confirmAfterMs],
  );
  return rows.map(({ id }) => id);
}

/** Records breaches that are new, and deletes the records of checked subjects that now satisfy the rule. */
export async function recordBreaches(tx: Transaction, subjects: Subjects, breaches: readonly Breach[]): Promise<void> {
  const checked = [...subjects.values()].flatMap((ids) => [...ids]);
  const columns = [
    arrayLiteral(breaches, ({ invariant }) => invariant.kind),
    arrayLiteral(breaches, ({ subjectId }) => subjectId),
  ];
  await tx.query(
    `delete from unconfirmed_breaches as existing where subject_id = any($1) and not exists (
       select 1 from unnest($2::text[], $3::text[]) as broken (kind, subject_id)
       where broken.kind = existing.kind and broken.subject_id = existing.subject_id)`,
    [checked, ...columns],
  );
  if (breaches.length === 0) return;
  await tx.query(
    `insert into unconfirmed_breaches (tenant_id, kind, subject_id, source_id, first_seen_at)
     select $1, incoming.kind, incoming.subject_id, incoming.source_id, now()
     from unnest($2::text[], $3::text[], $4::text[]) as incoming (kind, subject_id, source_id)
     on conflict do nothing`,
    [tx.tenantId, ...columns, arrayLiteral(breaches, ({ sourceId }) => sourceId)],
  );
}

/**
 * Returns those of the current breaches that are not caused by a change in transit: they have lasted, every run,
 * delivery and file that was open when they were first seen has ended, and none of their parts waits to be fetched
 * again.
 * @param partsOf global ids of a subject and its parts
 */
export async function takeConfirmed(
  tx: Transaction,
  breaches: readonly Breach[],
  confirmAfterMs: number,
  partsOf: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Breach[]> {
  if (breaches.length === 0) return [];
  const parts = breaches.flatMap(({ subjectId }) =>
    (partsOf.get(subjectId) ?? [subjectId]).map((partId) => ({ subjectId, partId })),
  );
  const rows = await tx.query<{ kind: string; id: string }>(
    `delete from unconfirmed_breaches as breach using sources as source
     where source.id = breach.source_id and ${IS_CONFIRMABLE}
       and (breach.kind, breach.subject_id) in (select * from unnest($2::text[], $3::text[]))
       and not exists (select 1 from sync_runs as run where run.source_id = breach.source_id and run.finished_at is null
         and run.created_at <= breach.first_seen_at)
       and not exists (select 1 from deliveries as delivery where delivery.source_id = breach.source_id
         and delivery.status = 'PENDING' and delivery.received_at <= breach.first_seen_at)
       and not exists (select 1 from files as file where file.source_id = breach.source_id and file.status = 'ACCEPTED'
         and file.received_at <= breach.first_seen_at)
       and not exists (select 1 from unnest($4::text[], $5::text[]) as part (subject_id, id)
         join refetches as refetch on refetch.id = part.id where part.subject_id = breach.subject_id)
     returning breach.kind, breach.subject_id as id`,
    [
      confirmAfterMs,
      arrayLiteral(breaches, ({ invariant }) => invariant.kind),
      arrayLiteral(breaches, ({ subjectId }) => subjectId),
      arrayLiteral(parts, ({ subjectId }) => subjectId),
      arrayLiteral(parts, ({ partId }) => partId),
    ],
  );
  const confirmed = new Set(rows.map(({ kind, id }) => breachKey(kind, id)));
  return breaches.filter(({ invariant, subjectId }) => confirmed.has(breachKey(invariant.kind, subjectId)));
}
