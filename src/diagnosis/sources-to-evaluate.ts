import type { Transaction } from "../store/database.ts";
import type { DueTenant } from "./health-schedule.ts";

/** From this number of new events on, every source is evaluated instead of those that the events are about. */
const MAX_EVENTS = 2_000;

/**
 * Finds the sources to evaluate, a batch at a time by name: those that the new events are about and those that are not
 * in step, or all of them.
 * @param afterId name of the last source of the previous batch; "" begins
 */
export async function findSourcesToEvaluate(
  tx: Transaction,
  { after, through, isComplete }: Pick<DueTenant, "after" | "through" | "isComplete">,
  afterId: string,
  limit: number,
): Promise<readonly string[]> {
  const isAll = isComplete || through < after || through - after > MAX_EVENTS;
  const rows = isAll
    ? await tx.query<{ id: string }>(
        "select id from sources where id > $1 and disconnected_at is null order by id limit $2",
        [afterId, limit],
      )
    : await tx.query<{ id: string }>(
        `select distinct id from (
           select source_id as id from events where seq > $3 and seq <= $4
           union all select source_id from source_health where state <> 'IN_STEP'
         ) as changed where id > $1 order by id limit $2`,
        [afterId, limit, after, through],
      );
  return rows.map(({ id }) => id);
}
