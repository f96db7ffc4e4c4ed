import type { Transaction } from "../../store/database.ts";
import type { SourceRow, StreamStateRow } from "../../store/queries/operation-rows.ts";
import { columns } from "../../store/queries/select-list.ts";

const SOURCE = columns("sources", [
  "id",
  "connector",
  "status",
  "status_code",
  "status_reason",
  "status_since",
  "schedule_seconds",
  "last_success_at",
]);

/** Finds sources by name, in no order; missing ones are left out. */
export function findSources(tx: Transaction, ids: readonly string[]): Promise<SourceRow[]> {
  return tx.query(`select ${SOURCE} from sources where id = any($1)`, [ids]);
}

/** Reads a page of sources, by name. */
export function listSources(
  tx: Transaction,
  { limit, afterId }: { readonly limit: number; readonly afterId: string },
): Promise<SourceRow[]> {
  return tx.query(`select ${SOURCE} from sources where id > $1 order by id limit $2`, [afterId, limit]);
}

/** Finds the streams of sources that were ever synced, by name within each source. */
export function findStreamStates(tx: Transaction, sourceIds: readonly string[]): Promise<StreamStateRow[]> {
  return tx.query(
    `select source_id as "sourceId", stream, cursor_at as "checkpointAt", last_success_at as "lastSuccessAt",
       coalesce(lease_until > now(), false) as "isRunning"
     from stream_states where source_id = any($1) order by source_id, stream`,
    [sourceIds],
  );
}
