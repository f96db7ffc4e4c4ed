import type { Database } from "../store/database.ts";

/** A source whose poll is due. */
export interface DuePoll {
  readonly sourceId: string;
  readonly tenantId: string;
}

/**
 * Time after which a claimed poll is due again, unless `settlePolls` has set the next one: the process that claimed it
 * has ended.
 */
const CLAIM_SECONDS = 60;
/** While the deliveries of a source do not arrive, the changes that they would have reported are at most this old. */
const SILENT_SECONDS = 60;
/** Intervals differ by so much in both directions: what started together does not stay together. */
const JITTER = 0.05;

/**
 * Claims due polls over all tenants: no other process gets them. If more are due than the limit, each tenant gets the
 * same share of it, and within a tenant those that have waited longest.
 * @param exceptSourceIds sources that this process does not know
 */
export async function claimDuePolls(
  db: Database,
  limit: number,
  exceptSourceIds: readonly string[],
): Promise<readonly DuePoll[]> {
  const [head] = await db.acrossTenants<{ due: number }>(
    `select count(*)::integer as due
     from (select from source_schedules where poll_due_at <= now() and not (source_id = any($2::text[])) limit $1) as due`,
    [limit + 1, exceptSourceIds],
  );
  const due = head?.due ?? 0;
  if (due === 0) return [];
  return await db.acrossTenants<DuePoll & Record<string, unknown>>(due > limit ? CLAIM_FAIRLY : CLAIM, [
    limit,
    exceptSourceIds,
  ]);
}

const claim = (due: string): string => `
  update source_schedules as schedule set poll_due_at = now() + interval '${CLAIM_SECONDS} seconds'
  from (${due}) as due where schedule.source_id = due.source_id
  returning schedule.source_id as "sourceId", schedule.tenant_id as "tenantId"`;

const IS_DUE = "poll_due_at <= now() and not (source_id = any($2::text[]))";

const CLAIM = claim(
  `select source_id from source_schedules where ${IS_DUE} order by poll_due_at limit $1 for update skip locked`,
);

/** `locked`: a row lock and a limit that is shared cannot be in one select. */
const CLAIM_FAIRLY = `
  with recursive tenants as (
    (select tenant_id from source_schedules where poll_due_at is not null order by tenant_id limit 1)
    union all
    select (
      select tenant_id from source_schedules where poll_due_at is not null and tenant_id > tenants.tenant_id
      order by tenant_id limit 1
    ) from tenants where tenants.tenant_id is not null
  ), fair as (
    select source_id from (
      select own.source_id, own.poll_due_at, row_number() over (partition by tenants.tenant_id order by own.poll_due_at) as turn
      from tenants cross join lateral (
        select source_id, poll_due_at from source_schedules
        where tenant_id = tenants.tenant_id and ${IS_DUE} order by poll_due_at limit $1
      ) as own
    ) as ordered order by turn, poll_due_at limit $1
  ), locked as (
    select source_id from source_schedules where source_id in (select source_id from fair) and poll_due_at <= now()
    for update skip locked
  )
  ${claim("select source_id from locked")}`;

/**
 * Sets the next poll of each source to its interval from now, which is short while its webhooks have stopped arriving.
 */
export async function settlePolls(db: Database, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await db.acrossTenants(
    `update source_schedules as schedule
     set poll_due_at = now() + ${INTERVAL} * (1 - ${JITTER} + ${2 * JITTER} * random()) * interval '1 second'
     from sources as source where schedule.source_id = any($1) and schedule.schedule_seconds is not null
       and source.tenant_id = schedule.tenant_id and source.id = schedule.source_id`,
    [sourceIds],
  );
}

const INTERVAL = `case when source.webhook_silent_since is null then schedule.schedule_seconds
  else least(schedule.schedule_seconds, ${SILENT_SECONDS}) end`;

/** Makes polls due again in a moment: this process does not know the sources, or their runs could not be started. */
export async function returnPolls(db: Database, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await db.acrossTenants(
    "update source_schedules set poll_due_at = now() + interval '2 seconds' where source_id = any($1) and poll_due_at is not null",
    [sourceIds],
  );
}
