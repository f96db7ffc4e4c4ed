import type { Query } from "./service-database.ts";

/** Errors of an event log: a missing number, an object that was created or deleted twice, a run that ended twice. */
export async function logFaults(query: Query): Promise<readonly Record<string, unknown>[]> {
  return query(`
    with numbered as (select count(*) as count, max(seq) as head from sluice.events),
      heads as (select head from sluice.event_heads)
    select 'gap' as fault, null as id from numbered, heads where count <> numbered.head or numbered.head <> heads.head
    union all
    select 'created twice', entity_id from sluice.events where kind = 'EntityChanged' and data->>'change' = 'CREATED'
    group by entity_id having count(*) > 1
    union all
    select 'deleted twice', entity_id from sluice.events where kind = 'EntityChanged' and data->>'change' = 'DELETED'
    group by entity_id having count(*) > 1
    union all
    select 'finished twice', data->>'runId' from sluice.events where kind = 'RunFinished'
    group by data->>'runId' having count(*) > 1`);
}
