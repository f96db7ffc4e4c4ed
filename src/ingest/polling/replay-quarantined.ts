import { requestRefetches, type RefetchRequest } from "../refetch-queue/request-refetches.ts";
import { ServiceError } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";

export interface ReplayedQuarantine {
  /** Deliveries that contain the records: to be replayed as a whole, which is harmless because of the version gate. */
  readonly deliveryIds: readonly string[];
  /**
   * Files that contain the records, or were rejected themselves: to be read again as a whole, which is equally
   * harmless.
   */
  readonly fileIds: readonly string[];
  /** Sources with objects to be fetched again. */
  readonly sourceIds: readonly string[];
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly source_id: string;
  readonly entity_type: EntityType;
  readonly external_id: string | null;
  readonly delivery_id: string | null;
  readonly file_id: string | null;
}

/**
 * Retries quarantined records: one that came by webhook with its delivery, one that came in a file with its file, one
 * that was polled by fetching its object. All or none. A record leaves the quarantine when it is applied, not before.
 * @throws ServiceError NOT_FOUND | INVALID_INPUT for a record without an id of its own, which only a FULL sync reads
 * again
 */
export async function replayQuarantined(
  tx: Transaction,
  sources: SourceRegistry,
  ids: readonly string[],
): Promise<ReplayedQuarantine> {
  const rows = await tx.query<Row>(
    `select existing.id, existing.source_id, entity_type, external_id, delivery_id, files.id as file_id
     from quarantined_records existing
     left join files on files.source_id = existing.source_id and files.content_hash = existing.raw_hash
     where existing.id = any($1)`,
    [ids],
  );
  if (rows.length < new Set(ids).size)
    throw new ServiceError("NOT_FOUND", "ids: there is no quarantined record with one of these ids");
  const deliveryIds = new Set<string>();
  const fileIds = new Set<string>();
  const requests = new Map<string, RefetchRequest[]>();
  for (const row of rows) {
    if (row.delivery_id !== null) deliveryIds.add(row.delivery_id);
    else if (row.file_id !== null) fileIds.add(row.file_id);
    else requests.set(row.source_id, [...(requests.get(row.source_id) ?? []), await refetchOf(row, sources)]);
  }
  for (const [sourceId, own] of requests) await requestRefetches(tx, sourceId, own);
  return { deliveryIds: [...deliveryIds], fileIds: [...fileIds], sourceIds: [...requests.keys()] };
}

async function refetchOf(row: Row, sources: SourceRegistry): Promise<RefetchRequest> {
  const fetchable = (await sources.find(row.source_id))?.connector.fetch[row.entity_type] !== undefined;
  if (row.external_id !== null && fetchable) return { entity: row.entity_type, externalId: row.external_id };
  throw new ServiceError("INVALID_INPUT", `ids: ${row.id} can't be fetched by itself; start a FULL sync of its stream`);
}
