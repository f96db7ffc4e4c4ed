import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { mayBeRead } from "./may-be-read.ts";
import { startIncremental } from "../runs/start-incremental.ts";

/**
 * Starts the scheduled incremental run of a source, unless another scheduled run is still open or the source may not be
 * read. Runs requested by webhooks are not a reason to wait: they read some streams only, and may follow each other
 * indefinitely.
 * @returns true if there is a run to execute
 */
export async function pollSource(db: Database, source: Source, log: Logger, nowMs: () => number): Promise<boolean> {
  const open = await db.read(source.tenantId, (tx) =>
    tx.query(
      `select 1 as open from sync_runs where source_id = $1 and finished_at is null and mode = 'INCREMENTAL'
         and trigger <> 'WEBHOOK' limit 1`,
      [source.id],
    ),
  );
  if (open.length > 0 || !(await mayBeRead({ db, source, log, nowMs, pace: undefined }))) return false;
  await db.transaction(source.tenantId, (tx) =>
    startIncremental(tx, source, { streams: undefined, trigger: "SCHEDULE" }, nowMs()),
  );
  return true;
}
