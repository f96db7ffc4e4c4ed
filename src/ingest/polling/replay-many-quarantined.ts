import { IS_BODY } from "../../store/queries/find-delivery-bodies.ts";
import type { Transaction } from "../../store/database.ts";
import { isOneOf } from "../../store/queries/conditions.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import type { QuarantineFilter } from "../../store/queries/quarantine-filter.ts";
import { isBehind, positionBehind, type BulkItem, type BulkPosition } from "../../store/queries/bulk-position.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import {
  canBeRetried,
  JOIN_FILE,
  QUARANTINED_COLUMNS,
  type QuarantinedRow,
  type ReplayedQuarantine,
  requestAgain,
} from "./replay-quarantined.ts";

/** Records to be retried by one call. */
export interface QuarantineBatch {
  readonly filter: QuarantineFilter;
  readonly limit: number;
  /** Position of the call before; undefined in the first call. */
  readonly after: BulkPosition | undefined;
}

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

/** Finds the open records of a batch, and one more; those of each source are read from its own index and merged. */
async function findOpenRecords(
  tx: Transaction,
  { filter, limit, after }: QuarantineBatch,
): Promise<readonly ChosenRow[]> {
  const { sourceIds, entityTypes, status } = filter;
  if (sourceIds?.length === 0 || entityTypes?.length === 0 || (status ?? "OPEN") !== "OPEN") return [];
  const parameters = createParameters();
  const own = [isOneOf("entity_type", entityTypes), isBehind("first_at", after)].flatMap(
    (one) => one(parameters) ?? [],
  );
  const until = parameters.add(after?.until ?? null);
  const most = parameters.add(limit + 1);
  const named = sourceIds?.filter((id) => !id.includes("\0")); // PostgreSQL text cannot contain U+0000
  const requested =
    named === undefined
      ? "(select id as source_id from sources)"
      : `(select distinct * from unnest(${parameters.add(named)}::text[]))`;
  return tx.query<ChosenRow & Record<string, unknown>>(
    `select ${QUARANTINED_COLUMNS}, existing.first_at::text as at, now()::text as now,
       existing.delivery_id is null
         or exists (select 1 from delivery_bodies bodies where ${IS_BODY}) as is_kept,
       case when deliveries.id is not null then coalesce(deliveries.finished_at >= ${until}::timestamptz, deliveries.finished_at is null)
         when files.id is not null then coalesce(files.finished_at >= ${until}::timestamptz, files.finished_at is null)
         else false end as is_read
     from (select own.* from ${requested} as requested (source_id) cross join lateral (
         select * from quarantined_records where source_id = requested.source_id and status = 'OPEN'
           ${own.map((one) => `and ${one}`).join(" ")} order by first_at, id limit ${most}
       ) as own order by own.first_at, own.id limit ${most}) as existing
     ${JOIN_FILE}
     left join deliveries on deliveries.id = existing.delivery_id
     order by existing.first_at, existing.id`,
    parameters.values,
  );
}
