import { HEALTH_STATES, type HealthState } from "../../domain/health.ts";
import type { Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";

/** Number of sources with one state. */
export interface HealthCountRow {
  readonly state: HealthState;
  readonly count: number;
}

/** Counts of the last hour. */
export interface ThroughputRow {
  readonly deliveries: bigint;
  readonly refused: bigint;
  readonly events: bigint;
  readonly runs: bigint;
}

/** Counts the tenant's connected sources by their recorded state, every state once. */
export async function countHealth(tx: Transaction): Promise<readonly HealthCountRow[]> {
  const rows = await tx.query<HealthCountRow & Record<string, unknown>>(
    `select coalesce(health.state, 'UNKNOWN') as state, count(*)::int as count
     from sources as source left join source_health as health on health.source_id = source.id
     where source.disconnected_at is null group by 1`,
  );
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  return HEALTH_STATES.map((state) => ({ state, count: counts.get(state) ?? 0 }));
}

/** States that need attention, the most serious one first. */
const WORSE = HEALTH_STATES.filter((state) => state !== "IN_STEP");

/** Finds the sources that are recorded as not in step: by state, and the longest ones first. */
export async function findWorst(tx: Transaction, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select health.source_id as id from source_health as health
     join sources as source on source.id = health.source_id and source.disconnected_at is null
     where health.state in (${literals(WORSE)})
     order by array_position(array[${literals(WORSE)}], health.state), health.since, health.source_id limit $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Finds the ids of the oldest open findings. */
export async function findOldestFindings(tx: Transaction, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    "select id from findings where closed_at is null order by opened_at, id limit $1",
    [limit],
  );
  return rows.map(({ id }) => id);
}

const MAX_EVENTS = 100_000;
const MAX_RUNS = 10_000;

/** Counts what was processed in the last hour. */
export async function findThroughput(tx: Transaction): Promise<ThroughputRow> {
  const [row] = await tx.query<ThroughputRow & Record<string, unknown>>(
    `select coalesce(calls.received, 0)::bigint as deliveries, coalesce(calls.refused, 0)::bigint as refused,
       (select count(*) from (select at from events order by seq desc limit ${MAX_EVENTS}) as newest
        where at > now() - interval '1 hour') as events,
       (select count(*) from (select from sync_runs where finished_at > now() - interval '1 hour' limit ${MAX_RUNS}) as ended)
         as runs
     from (
       select sum(counted.received) as received, sum(counted.refused) as refused
       from sources cross join lateral (select received, refused from webhook_counts
         where source_id = sources.id and at > now() - interval '1 hour') as counted
     ) as calls`,
  );
  return row ?? { deliveries: 0n, refused: 0n, events: 0n, runs: 0n };
}
