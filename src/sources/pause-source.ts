import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { Transaction } from "../store/database.ts";
import { changeStatus } from "./source-status.ts";

/**
 * Pauses a source. While it is paused, nothing is read, applied or fetched; webhooks are still accepted and stored.
 * @throws ServiceError NOT_FOUND
 */
export function pauseSource(tx: Transaction, sourceId: string): Promise<void> {
  return signal(tx, sourceId, "pause");
}

/**
 * Ends the pause of a source; does nothing to a source that is not paused.
 * @throws ServiceError NOT_FOUND
 */
export function resumeSource(tx: Transaction, sourceId: string): Promise<void> {
  return signal(tx, sourceId, "resume");
}

async function signal(tx: Transaction, sourceId: string, name: "pause" | "resume"): Promise<void> {
  const events = await changeStatus(tx, sourceId, name, undefined);
  if (events.length > 0) {
    await appendEvents(tx, events);
    return;
  }
  const known = await tx.query("select 1 from sources where id = $1", [sourceId]);
  if (known.length === 0) throw new ServiceError("NOT_FOUND", "there is no source with this id");
}
