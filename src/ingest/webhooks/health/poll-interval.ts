import type { Database } from "../../../store/database.ts";
import type { Source } from "../../../sources/source.ts";

/** While deliveries do not arrive, the changes that they would have reported are at most this old. */
const SILENT_MS = 60_000;

/**
 * Interval until the next poll of a source that has a schedule: its own, or a shorter one while its deliveries have
 * stopped arriving.
 */
export async function pollIntervalMs(db: Database, source: Source, scheduleMs: number): Promise<number> {
  const [existing] = await db.read(source.tenantId, (tx) =>
    tx.query<{ silent: boolean }>("select webhook_silent_since is not null as silent from sources where id = $1", [
      source.id,
    ]),
  );
  return existing?.silent === true ? Math.min(scheduleMs, SILENT_MS) : scheduleMs;
}
