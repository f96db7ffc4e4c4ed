import { IS_BODY } from "../../store/queries/find-delivery-bodies.ts";
import type { Transaction } from "../../store/database.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { type QuarantineBatch, selectOpenRecords } from "../../store/queries/quarantine-filter.ts";
import { positionBehind, type BulkItem, type BulkPosition } from "../../store/queries/bulk-position.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import {
  canBeRetried,
  JOIN_FILE,
  QUARANTINED_COLUMNS,
  type QuarantinedRow,
  type ReplayedQuarantine,
  requestAgain,
} from "./replay-quarantined.ts";

export interface ReplayedMany extends ReplayedQuarantine {
  /** Records that are retried, those included whose delivery or file is read again already. */
  readonly count: number;
  /** Records that only a FULL sync of their stream reads again. */
  readonly skipped: number;
  readonly end: BulkPosition | undefined;
}

interface ChosenRow extends QuarantinedRow, BulkItem {
  /** Whether the bytes that it came in are still kept, if it came in a delivery. */
  readonly is_kept: boolean;
  /** Whether the delivery or file is being read, or was since the first call. */
  readonly is_read: boolean;
}

/** Retries the open records that match, those that were first received earliest first, up to the limit. */
export async function replayManyQuarantined(
  tx: Transaction,
  sources: SourceRegistry,
  batch: QuarantineBatch,
): Promise<ReplayedMany> {
  const found = await findOpenRecords(tx, batch);
  const rows = found.slice(0, batch.limit);
  const retried: ChosenRow[] = [];
  for (const row of rows) {
    const isConfigured = row.file_id === null || (await sources.find(row.source_id)) !== undefined;
    if (row.is_kept && isConfigured && (await canBeRetried(row, sources))) retried.push(row);
  }
  const requested = await requestAgain(
    tx,
    retried.filter((row) => !row.is_read),
  );
  const end = positionBehind(found, batch.limit, batch.after);
  return { ...requested, count: retried.length, skipped: rows.length - retried.length, end };
}

/** Finds the open records of a batch, and one more. */
async function findOpenRecords(tx: Transaction, batch: QuarantineBatch): Promise<readonly ChosenRow[]> {
  const parameters = createParameters();
  const records = selectOpenRecords(batch, parameters);
  if (records === undefined) return [];
  const until = parameters.add(batch.after?.until ?? null);
  return tx.query<ChosenRow & Record<string, unknown>>(
    `select ${QUARANTINED_COLUMNS}, existing.first_at::text as at, now()::text as now,
       existing.delivery_id is null
         or exists (select 1 from delivery_bodies bodies where ${IS_BODY}) as is_kept,
       case when deliveries.id is not null then coalesce(deliveries.finished_at >= ${until}::timestamptz, deliveries.finished_at is null)
         when files.id is not null then coalesce(files.finished_at >= ${until}::timestamptz, files.finished_at is null)
         else false end as is_read
     from (${records}) as existing
     ${JOIN_FILE}
     left join deliveries on deliveries.id = existing.delivery_id
     order by existing.first_at, existing.id`,
    parameters.values,
  );
}
