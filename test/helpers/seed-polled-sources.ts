import pg from "pg";

export interface SeededSource {
  readonly id: string;
  readonly tenant: string;
  readonly connector: string;
}

export interface SeedValues {
  readonly streams: readonly string[];
  /** Undefined: they have none, and are only read on request. */
  readonly scheduleSeconds: number | undefined;
  /** The next polls are due evenly over a schedule from so many seconds on. Default: all at the end of the schedule. */
  readonly dueFromSeconds?: number;
  /** Tenants were evaluated at different times within so many seconds. */
  readonly evaluatedWithinSeconds: number;
}

/**
 * Registers sources as they are after their first poll: read, in step and evaluated. They have no objects and no cursors,
 * so that the next poll of each reads everything that its upstream has: it costs as much as the first one. For a migrated
 * database, before a service with the same sources in its settings file starts.
 */
export async function seedPolledSources(
  connection: pg.ClientConfig,
  sources: readonly SeededSource[],
  given: SeedValues,
): Promise<void> {
  const client = new pg.Client({ ...connection, options: "-c search_path=sluice" });
  await client.connect();
  try {
    const columns = [
      sources.map(({ tenant }) => tenant),
      sources.map(({ id }) => id),
      sources.map(({ connector }) => connector),
    ];
    await client.query("set session_replication_role = replica"); // triggers would make each source due at once
    for (const { text, values } of SEED) await client.query(text, [...columns, ...values(given)]);
  } finally {
    await client.end();
  }
}

const INPUT = "from unnest($1::text[], $2::text[], $3::text[]) as source (tenant_id, id, connector)";

const SEED: readonly { readonly text: string; readonly values: (given: SeedValues) => readonly unknown[] }[] = [
  {
    text: `insert into sources (tenant_id, id, connector, status, status_since, last_success_at, schedule_seconds)
      select tenant_id, id, connector, 'ACTIVE', now(), now(), $4::integer ${INPUT}`,
    values: ({ scheduleSeconds }) => [scheduleSeconds],
  },
  {
    text: `insert into source_schedules (source_id, tenant_id, schedule_seconds, poll_due_at, polled_at)
      select id, tenant_id, $4::integer, now() + $4::integer * interval '1 second' + shift, now() + coalesce(shift, '0')
      from (
        select source.*, case when $5::integer is null then interval '0' else interval '1 second' * ($5::integer - $4::integer
          + $4::integer * (row_number() over (order by md5(id)) - 1)::float8 / count(*) over ()) end as shift ${INPUT}
      ) as placed`,
    values: ({ scheduleSeconds, dueFromSeconds }) => [scheduleSeconds, dueFromSeconds],
  },
  {
    text: `insert into stream_states (tenant_id, source_id, stream, last_success_at, cursor_at)
      select tenant_id, id, stream, now(), now() ${INPUT} cross join unnest($4::text[]) as streams (stream)`,
    values: ({ streams }) => [streams],
  },
  {
    text: `insert into source_health (tenant_id, source_id, state, since) select tenant_id, id, 'IN_STEP', now() ${INPUT}`,
    values: () => [],
  },
  {
    text: `insert into health_schedules (tenant_id, evaluated_at, complete_at)
      select tenant_id, now(), now() - random() * $4::integer * interval '1 second' ${INPUT} group by tenant_id`,
    values: ({ evaluatedWithinSeconds }) => [evaluatedWithinSeconds],
  },
];
