import type { AnyConnector } from "../../../connector-api/connector.ts";
import type { EntityType } from "../../../domain/ids.ts";
import type { Transaction } from "../../../store/database.ts";
import { requestMissing } from "../../refetch-queue/request-missing.ts";

/**
 * Requests a refetch of each object that a full read did not list: the upstream then returns it or reports that it is
 * deleted. This finds deletions that neither a webhook nor the upstream's feed of changes reported. Types that a stream
 * outside the run may also produce are skipped.
 * @returns number of objects to be fetched again
 */
export async function refetchMissing(tx: Transaction, connector: AnyConnector, runId: string): Promise<number> {
  const rows = await tx.query<{ stream: string }>("select stream from sync_run_streams where run_id = $1", [runId]);
  const read = new Set(rows.map(({ stream }) => stream));
  let unseen = 0;
  for (const type of Object.keys(connector.fetch) as EntityType[]) {
    // its keys are declared as that type
    const producers = connector.streams.filter(({ entities }) => entities.includes(type));
    if (producers.every(({ name }) => read.has(name)))
      unseen += await requestMissing(tx, type, runId, connector.renames?.includes(type) === true);
  }
  return unseen;
}
