import { ENTITY_TABLES } from "../entities/tables.ts";

/**
 * SQL of the objects of a source that a run has changed, those that have changed again since too: `id`, and `change`,
 * which is the first one. The first state of an object that has not changed since is not in its history.
 * @param sourceId SQL expression
 * @param runId SQL expression
 */
export function changedByRun(sourceId: string, runId: string): string {
  const created = Object.values(ENTITY_TABLES).map(
    ({ table }) => `union all
      select id, 1, case when deleted_at is null then 'CREATED' else 'DELETED' end from ${table}
      where source_id = ${sourceId} and caused_by = ${runId} and revision = 1 and content_hash is not null`,
  );
  return `
    with history as (
      select entity_id, revision, change, caused_by, created ->> 'causedBy' as created_by from entity_changes
      where source_id = ${sourceId}
        and changed_at >= (select coalesce(started_at, created_at) from sync_runs where id = ${runId})),
    changed as (
      select entity_id as id, revision, change from history where caused_by = ${runId}
      union all select entity_id, 1, 'CREATED' from history where created_by = ${runId}
      ${created.join(" ")})
    select distinct on (id) id, change from changed order by id, revision`;
}
