import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { SourceStatus } from "../events/event.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { setSourceStatus } from "./source-status.ts";
import { startSync } from "./start-sync.ts";

const CHECK_TIMEOUT_MS = 20_000;

/**
 * Starts the scheduled incremental run of a source, unless an incremental one is still open or the source is paused. A source whose
 * credentials were refused is asked once per schedule whether they work again, and nothing more.
 * @returns whether there is a run to do
 */
export async function pollSource(db: Database, source: Source, log: Logger, nowMs: number): Promise<boolean> {
  const before = await db.read(source.tenantId, async (tx) => {
    const rows = await tx.query<{ status: SourceStatus; busy: boolean }>(
      `select status, exists (select 1 from sync_runs where source_id = $1 and finished_at is null
         and mode = 'INCREMENTAL') as busy
       from sources where id = $1`,
      [source.id],
    );
    return rows[0];
  });
  if (before === undefined || before.busy || before.status === "PAUSED") return false;
  if (before.status === "NEEDS_CREDENTIALS" && !(await credentialsWork(db, source, log))) return false;
  await db.transaction(source.tenantId, (tx) =>
    startSync(
      tx,
      source,
      { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined, trigger: "SCHEDULE" },
      nowMs,
    ),
  );
  return true;
}

async function credentialsWork(db: Database, source: Source, log: Logger): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    await source.connector.check({ config: source.config, client: source.client("incremental"), signal });
  } catch (reason) {
    log.warn({ sourceId: source.id, code: ServiceError.from(reason).code }, "credentials still refused");
    return false;
  }
  await db.transaction(source.tenantId, async (tx) =>
    appendEvents(tx, await setSourceStatus(tx, source.id, "ACTIVE", undefined)),
  );
  return true;
}
