import type { FailureCause } from "../domain/error.ts";
import type { HealthState } from "../domain/health.ts";
import type { Database } from "../store/database.ts";

/** State of the whole service as its rows have it, over all tenants. */
export interface InstanceState {
  readonly sources: readonly { readonly state: HealthState; readonly count: number }[];
  readonly findings: readonly { readonly cause: FailureCause; readonly count: number }[];
  /** Deliveries that are not applied, each status counted up to a limit. */
  readonly deliveries: readonly { readonly status: "PENDING" | "PARKED"; readonly count: number }[];
  /** Alerts that wait to be sent, counted up to a limit, and alert endpoints to which nothing is sent any more. */
  readonly alertsPending: number;
  readonly alertEndpointsEnded: number;
  /** Events that no evaluation has counted yet. */
  readonly unevaluatedEvents: number;
  /** The first sources by name, as many as have series of their own. */
  readonly named: readonly {
    readonly sourceId: string;
    readonly state: HealthState;
    /** Seconds since every stream was read to its end; null before that. */
    readonly ageSeconds: number | null;
  }[];
}

const COUNT_LIMIT = 100_000;

/** Reads the state of the service by one statement. @param named number of sources that are named */
export async function readInstanceState(db: Database, named: number): Promise<InstanceState> {
  const [row] = await db.acrossTenants<{ state: InstanceState }>(READ, [named]);
  return (
    row?.state ?? {
      sources: [],
      findings: [],
      deliveries: [],
      alertsPending: 0,
      alertEndpointsEnded: 0,
      unevaluatedEvents: 0,
      named: [],
    }
  );
}

const counted = (status: string): string => `(select jsonb_build_object('status', '${status}', 'count', count(*))
  from (select from deliveries where status = '${status}' limit ${COUNT_LIMIT}) as waiting)`;

const READ = `
  select jsonb_build_object(
    'sources', (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'count', count)), '[]') from (
      select coalesce(health.state, 'UNKNOWN') as state, count(*) as count
      from sources left join source_health as health on health.tenant_id = sources.tenant_id and health.source_id = sources.id
      where disconnected_at is null group by 1) as states),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('cause', cause, 'count', count)), '[]') from (
      select cause, count(*) as count from findings where closed_at is null group by cause) as causes),
    'deliveries', jsonb_build_array(${counted("PENDING")}, ${counted("PARKED")}),
    'alertsPending', (select count(*) from (
      select from alerts where status = 'PENDING' limit ${COUNT_LIMIT}) as waiting),
    'alertEndpointsEnded', (select count(*) from alert_endpoints where status in ('REJECTED', 'FAILED')),
    'unevaluatedEvents', (select coalesce(sum(heads.head - schedule.seq), 0)
      from event_heads as heads join health_schedules as schedule using (tenant_id)),
    'named', (select coalesce(jsonb_agg(jsonb_build_object('sourceId', id, 'state', state, 'ageSeconds', age)), '[]') from (
      select sources.id, coalesce(health.state, 'UNKNOWN') as state, extract(epoch from now() - last_success_at) as age
      from sources left join source_health as health on health.tenant_id = sources.tenant_id and health.source_id = sources.id
      where disconnected_at is null order by sources.id limit $1) as first)
  ) as state`;
