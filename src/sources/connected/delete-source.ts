import type { Transaction } from "../../store/database.ts";
import { unregister } from "./register-connected.ts";
import { deleteSettings } from "./source-settings.ts";

/** Deletes what is left of a source whose data is erased: afterwards its id is free for every tenant. */
export async function deleteSource(tx: Transaction, sourceId: string): Promise<void> {
  await unregister(tx, sourceId);
  await deleteSettings(tx, sourceId);
}
