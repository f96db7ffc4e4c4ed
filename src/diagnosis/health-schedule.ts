import type { Database } from "../store/database.ts";

/** A tenant whose sources are to be evaluated. */
export interface DueTenant {
  readonly tenantId: string;
  /** Number of the last event before its previous evaluation, and of the last one now. */
  readonly after: bigint;
  readonly through: bigint;
  /** True if every source is to be evaluated, also those to which nothing has happened. */
  readonly isComplete: boolean;
}

export interface DueSearch {
  /** Maximum number of tenants. */
  readonly limit: number;
  /** Shortest time between two evaluations of a tenant. */
  readonly everyMs: number;
  /** Longest time after which all sources of a tenant are evaluated, whether anything has happened or not. */
  readonly completeMs: number;
}

/** Adds tenants to the schedule. */
export async function registerTenants(db: Database, tenants: readonly string[]): Promise<void> {
  await db.acrossTenants(
    "insert into health_schedules (tenant_id) select unnest($1::text[]) order by 1 on conflict do nothing",
    [tenants],
  );
}

/**
 * Claims the tenants that are due, over all tenants, by one statement: no other process gets them before the next time.
 * A tenant is due when its event log has grown, and otherwise from time to time, because a source becomes late
 * without an event. A process that ends after its claim delays the evaluation until then.
 */
export async function claimDueTenants(
  db: Database,
  { limit, everyMs, completeMs }: DueSearch,
): Promise<readonly DueTenant[]> {
  return db.acrossTenants<DueTenant & Record<string, unknown>>(CLAIM, [limit, everyMs, completeMs]);
}

/** Share of the time between complete evaluations by which they differ: tenants that began together do not stay together. */
const SPREAD = 0.4;

const IS_COMPLETE = "schedule.complete_at < now() - $3 * interval '1 millisecond'";

const CLAIM = `
  with due as (
    select schedule.tenant_id, schedule.seq as after, coalesce(heads.head, 0) as through, ${IS_COMPLETE} as is_complete
    from health_schedules as schedule left join event_heads as heads on heads.tenant_id = schedule.tenant_id
    where schedule.evaluated_at < now() - $2 * interval '1 millisecond'
      and (${IS_COMPLETE} or coalesce(heads.head, 0) <> schedule.seq)
    order by schedule.evaluated_at limit $1 for update of schedule skip locked
  )
  update health_schedules as own set evaluated_at = now(), seq = due.through,
    complete_at = case when due.is_complete then now() - random() * ${SPREAD} * $3 * interval '1 millisecond' else own.complete_at end
  from due where own.tenant_id = due.tenant_id
  returning own.tenant_id as "tenantId", due.after, due.through, due.is_complete as "isComplete"`;
