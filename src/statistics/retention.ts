import type { RetentionRule } from "../store/retention.ts";
import { METRICS } from "./metric-names.ts";

/** Days for which the metrics of hours are kept, and of minutes. */
export const METRIC_DAYS = { hours: 90, minutes: 2 } as const;

/** Old metrics, which are found source by source in the order of their key. */
export const metricRetention: RetentionRule = {
  tables: ["source_metrics"],
  async deleteBatch(tx, { days, limit = 5_000 }) {
    const values = [days, (days * METRIC_DAYS.minutes) / METRIC_DAYS.hours, limit, Object.keys(METRICS)];
    const [row] = await tx.query<{ deleted: number }>(DELETE, values);
    const deleted = row?.deleted ?? 0;
    return { deleted, next: deleted < limit ? undefined : [] };
  },
};

const DELETE = `
  with deleted as (
    delete from source_metrics where ctid = any(array(
      select old.place from sources
      cross join unnest($4::text[]) as names (name)
      cross join (values ('HOUR', $1::float8), ('MINUTE', $2::float8)) as kept (resolution, days)
      cross join lateral (
        select ctid as place from source_metrics as stored
        where stored.resolution = kept.resolution and stored.source_id = sources.id and stored.name = names.name
          and stored.at < now() - kept.days * interval '1 day'
        order by stored.at limit $3::int) as old
      limit $3::int)) returning 1
  )
  select count(*)::int as deleted from deleted`;
