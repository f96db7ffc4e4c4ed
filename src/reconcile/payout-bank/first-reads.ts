import type { Transaction } from "../../store/database.ts";

/**
 * Sources that are being read for the first time. One that cannot be read, is paused or has no configuration any more is
 * not waited for. A source that follows a log is read when it has reached it.
 */
const IN_FIRST_READ = `
  select from sources as source
  where source.status = 'ACTIVE' and source.disconnected_at is null and source.unconfigured_since is null
    and (source.last_success_at is null and (source.schedule_seconds is not null
        or exists (select from sync_runs as run where run.source_id = source.id and run.finished_at is null))
      and not exists (select from change_feeds as feed where feed.source_id = source.id and feed.status = 'FOLLOWING')
      or exists (select from files as file where file.source_id = source.id and file.status = 'ACCEPTED'))`;

/** True if all sources of the tenant have been read once, with the files that they had. */
export async function areFirstReadsOver(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ over: boolean }>(`select not exists (${IN_FIRST_READ}) as over`);
  return row?.over === true;
}
