import type { Database } from "../store/database.ts";
import type { Source } from "./source.ts";

/** A source whose comparison by the schedule is due. */
export interface DueComparison {
  readonly sourceId: string;
  readonly tenantId: string;
  /** Calendar date at which the walk over older days continues, going back; undefined: from its beginning. */
  readonly comparedUntil: string | undefined;
}

/** Intervals differ by so much in both directions: what started together does not stay together. */
const JITTER = 0.2;

/** Time after which another process may claim the comparisons of one that has died since it claimed them. */
const CLAIM_SECONDS = 600;

/**
 * Claims due comparisons over all tenants: no other process gets them until their claim expires or ends. Sources that are
 * read on demand only are compared on demand only.
 */
export async function claimDueComparisons(
  db: Database,
  limit: number,
  everyMs: number,
): Promise<readonly DueComparison[]> {
  const rows = await db.acrossTenants<{ sourceId: string; tenantId: string; comparedUntil: string | null }>(CLAIM, [
    limit,
    everyMs,
  ]);
  return rows.map(({ comparedUntil, ...row }) => ({ ...row, comparedUntil: comparedUntil ?? undefined }));
}

const CLAIM = `
  with due as (
    select source_id from source_schedules where reconcile_due_at <= now()
    order by reconcile_due_at limit $1 for update skip locked
  ), claimed as (
    update source_schedules as schedule set reconcile_due_at = now() + case
      when schedule_seconds is null then $2 * interval '1 millisecond' else interval '${CLAIM_SECONDS} seconds' end
    from due where schedule.source_id = due.source_id
    returning schedule.source_id, schedule.tenant_id, schedule.compared_until, schedule.schedule_seconds
  )
  select source_id as "sourceId", tenant_id as "tenantId", compared_until::text as "comparedUntil" from claimed
  where schedule_seconds is not null`;

/** Ends the claim of a comparison: it is due again after the interval. */
export async function endComparisonClaim(db: Database, sourceId: string, everyMs: number): Promise<void> {
  await db.acrossTenants(
    `update source_schedules set reconcile_due_at =
       now() + $2 * interval '1 millisecond' * (${1 - JITTER} + ${2 * JITTER} * random())
     where source_id = $1`,
    [sourceId, everyMs],
  );
}

/** Sets where the walk over older days continues. Undefined: it begins again. */
export async function saveComparedUntil(db: Database, sourceId: string, day: string | undefined): Promise<void> {
  await db.acrossTenants("update source_schedules set compared_until = $2 where source_id = $1", [
    sourceId,
    day ?? null,
  ]);
}

/**
 * Makes sources whose interval has become shorter due within the new one: the next comparison was set by the longer one.
 * @param everyMs interval of sources that state none
 */
export async function shortenComparisonIntervals(
  db: Database,
  sources: Iterable<Pick<Source, "id" | "reconcile">>,
  everyMs: number | "off",
): Promise<void> {
  const intervals = [...sources].flatMap(({ id, reconcile }) => {
    const own = reconcile?.everyMs ?? everyMs;
    return own === "off" ? [] : [{ id, own }];
  });
  await db.acrossTenants(SHORTEN, [intervals.map(({ id }) => id), intervals.map(({ own }) => own)]);
}

const SHORTEN = `
  update source_schedules as schedule set reconcile_due_at = now() + incoming.every_ms * interval '1 millisecond' * random()
  from unnest($1::text[], $2::bigint[]) as incoming (source_id, every_ms)
  where schedule.source_id = incoming.source_id
    and schedule.reconcile_due_at > now() + incoming.every_ms * interval '1 millisecond' * ${1 + JITTER}`;
