import type { Database } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";

/** While deliveries do not come, what they would have told is at most this old. */
const SILENT_MS = 60_000;

/** Pause to the next poll of a source that has a schedule: its own, or a shorter one while its deliveries have stopped coming. */
export async function pollIntervalMs(db: Database, source: Source, scheduleMs: number): Promise<number> {
  const [held] = await db.read(source.tenantId, (tx) =>
    tx.query<{ silent: boolean }>("select webhook_silent_since is not null as silent from sources where id = $1", [
      source.id,
    ]),
  );
  return held?.silent === true ? Math.min(scheduleMs, SILENT_MS) : scheduleMs;
}
