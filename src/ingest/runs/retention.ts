import { expiringRows } from "../../store/retention.ts";

/**
 * Ended runs with their streams. A run that a quarantined record names is kept, and so is the newest run of each source
 * with each result, however old: a source that was removed or paused still shows how its last sync ended.
 */
export const runRetention = expiringRows({
  table: "sync_runs",
  deleteFrom: "delete from sync_runs",
  key: { id: "text" },
  age: "finished_at",
  isUnneeded: `
    not exists (select 1 from quarantined_records where quarantined_records.run_id = stored.id offset 0)
    and stored.id <> (
      select newest.id from sync_runs as newest where newest.source_id = stored.source_id
        and newest.status = stored.status and newest.finished_at is not null
      order by newest.finished_at desc, newest.id desc limit 1)`,
  dependents: {
    sync_run_streams: "delete from sync_run_streams where run_id = any(array(select id from expired))",
  },
});
