import { requestRefetches, type RefetchRequest } from "../refetch-queue/request-refetches.ts";
import { reopenDiscarded } from "../apply/discard-quarantined.ts";
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

/** A quarantined record with what it came in. */
export interface QuarantinedRow {
  readonly id: string;
  readonly source_id: string;
  readonly entity_type: EntityType;
  readonly external_id: string | null;
  readonly delivery_id: string | null;
  readonly file_id: string | null;
}

/** Columns of such a row. */
export const QUARANTINED_COLUMNS =
  "existing.id, existing.source_id, existing.entity_type, existing.external_id, existing.delivery_id, files.id as file_id";
export const JOIN_FILE =
  "left join files on files.source_id = existing.source_id and files.content_hash = existing.raw_hash";

/**
 * Retries quarantined records: one that came by webhook with its delivery, one that came in a file with its file, one
 * that was polled by fetching its object. All or none. A record leaves the quarantine when it is applied, not before;
 * one that was discarded is open again.
 * @throws ServiceError NOT_FOUND | INVALID_INPUT for a record without an id of its own, which only a FULL sync reads
 * again
 */
export async function replayQuarantined(
  tx: Transaction,
  sources: SourceRegistry,
  ids: readonly string[],
): Promise<ReplayedQuarantine> {
  const rows = await tx.query<QuarantinedRow & Record<string, unknown>>(
    `select ${QUARANTINED_COLUMNS} from quarantined_records existing ${JOIN_FILE} where existing.id = any($1)`,
    [ids],
  );
  if (rows.length < new Set(ids).size)
    throw new ServiceError("NOT_FOUND", "ids: there is no quarantined record with one of these ids");
  for (const row of rows)
    if (!(await canBeRetried(row, sources)))
      throw new ServiceError(
        "INVALID_INPUT",
        `ids: ${row.id} can't be fetched by itself; start a FULL sync of its stream`,
      );
  await reopenDiscarded(tx, ids);
  return requestAgain(tx, rows);
}

/** Tells whether a record can be retried without a sync of its stream. */
export async function canBeRetried(row: QuarantinedRow, sources: SourceRegistry): Promise<boolean> {
  if (row.delivery_id !== null || row.file_id !== null) return true;
  if (row.external_id === null) return false;
  return (await sources.find(row.source_id))?.connector.fetch[row.entity_type] !== undefined;
}

/** Requests the objects that have to be fetched, and returns what is to be replayed as a whole. */
export async function requestAgain(tx: Transaction, rows: readonly QuarantinedRow[]): Promise<ReplayedQuarantine> {
  const deliveryIds = new Set<string>();
  const fileIds = new Set<string>();
  const requests = new Map<string, RefetchRequest[]>();
  for (const { source_id: sourceId, entity_type: entity, external_id: externalId, ...row } of rows) {
    if (row.delivery_id !== null) deliveryIds.add(row.delivery_id);
    else if (row.file_id !== null) fileIds.add(row.file_id);
    else if (externalId !== null) requests.set(sourceId, [...(requests.get(sourceId) ?? []), { entity, externalId }]);
  }
  for (const [sourceId, own] of requests) await requestRefetches(tx, sourceId, own);
  return { deliveryIds: [...deliveryIds], fileIds: [...fileIds], sourceIds: [...requests.keys()] };
}
