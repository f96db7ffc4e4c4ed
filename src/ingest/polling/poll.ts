import type { Logger } from "pino";
import type { SourceStatus } from "../../domain/lifecycles.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { credentialsWork } from "../../sources/may-be-read.ts";
import { startIncremental } from "../runs/start-incremental.ts";

/**
 * Starts the scheduled incremental run of a source, unless another scheduled run is still open or the source may not be
 * read. Runs requested by webhooks are not a reason to wait: they read some streams only, and may follow each other
 * indefinitely.
 * @returns true if there is a run to execute
 */
export async function pollSource(db: Database, source: Source, log: Logger, nowMs: () => number): Promise<boolean> {
  const result = await db.transaction(source.tenantId, (tx) => startPoll(tx, source, nowMs, false));
  if (result !== "credentials refused") return result === "started";
  if (!(await credentialsWork(db, source, log))) return false;
  return (await db.transaction(source.tenantId, (tx) => startPoll(tx, source, nowMs, true))) === "started";
}

async function startPoll(
  tx: Transaction,
  source: Source,
  nowMs: () => number,
  areAccepted: boolean,
): Promise<"started" | "nothing to do" | "credentials refused"> {
  const [state] = await tx.query<{ status: SourceStatus; rests: boolean; open: boolean }>(
    `select status, paused or disconnected_at is not null as rests, exists (select from sync_runs where source_id = $1 and finished_at is null
       and mode = 'INCREMENTAL' and trigger <> 'WEBHOOK') as open
     from sources where id = $1`,
    [source.id],
    { prepared: true },
  );
  if (state === undefined || state.rests || state.open) return "nothing to do";
  if (state.status === "NEEDS_CREDENTIALS" && !areAccepted) return "credentials refused";
  await startIncremental(tx, source, { streams: undefined, trigger: "SCHEDULE" }, nowMs());
  return "started";
}
