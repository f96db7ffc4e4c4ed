import { ServiceError } from "../../domain/error.ts";
import { beginErasure } from "../erasure/erasure-rows.ts";
import { noSuchSource, refuseFileSource } from "./refusals.ts";
import { recordDisconnect } from "./register-connected.ts";
import type { ConnectedSourcesOptions, DataChoice } from "./requests.ts";
import { endConnection, lockSettings } from "./source-settings.ts";

/** See `ConnectedSources.disconnect`. */
export async function disconnectSource(
  { db, file, endRuns, onChanged, onErasing }: ConnectedSourcesOptions,
  tenantId: string,
  sourceId: string,
  data: DataChoice,
): Promise<void> {
  refuseFileSource(file.configs, tenantId, sourceId);
  await db.transaction(tenantId, async (tx) => {
    const stored = await lockSettings(tx, sourceId);
    if (stored === undefined) throw noSuchSource();
    if (stored.status === "ERASING" && data === "KEEP") {
      throw new ServiceError("CONFLICT", "the data of the source is being erased already", { sourceId });
    }
    const version = await endConnection(tx, sourceId, data === "ERASE" ? "erase" : "disconnect");
    if (version === undefined) return; // it has this state already
    await recordDisconnect(tx, sourceId);
    // Runs are erased with everything else.
    await (data === "ERASE" ? beginErasure : endRuns)(tx, sourceId);
  });
  onChanged(sourceId);
  if (data === "ERASE") onErasing(tenantId);
}
