import { ServiceError } from "../../domain/error.ts";
import { QUARANTINE } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { type BulkItem, type BulkPosition, positionBehind } from "../../store/queries/bulk-position.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { type QuarantineBatch, selectOpenRecords } from "../../store/queries/quarantine-filter.ts";
import { after, allowsOfKnownRow } from "../../store/status-sql.ts";

/** Author and reason of the decision that a record need not be applied. */
export interface DiscardDecision {
  readonly reason: string;
  readonly by: string;
}

/**
 * Discards the records that are open, in the order of their ids, so that two concurrent calls never deadlock.
 * @returns the number of records
 */
async function discard(tx: Transaction, ids: readonly string[], { reason, by }: DiscardDecision): Promise<number> {
  const rows = await tx.query(
    `update quarantined_records as record set status = ${after(QUARANTINE, "discard")}, resolved_at = now(),
       discarded_at = now(), discarded_by = $2, discard_reason = $3
     from (select id from quarantined_records where id = any($1) and ${allowsOfKnownRow("status", QUARANTINE, "discard")}
       order by id for update) as open
     where record.id = open.id returning record.id`,
    [ids, by, reason],
  );
  return rows.length;
}

/**
 * Discards records, all or none. One that is resolved or discarded already does not change.
 * @throws ServiceError NOT_FOUND
 */
export async function discardQuarantined(
  tx: Transaction,
  ids: readonly string[],
  decision: DiscardDecision,
): Promise<void> {
  const known = await tx.query("select id from quarantined_records where id = any($1)", [ids]);
  if (known.length < new Set(ids).size)
    throw new ServiceError("NOT_FOUND", "ids: there is no quarantined record with one of these ids");
  await discard(tx, ids, decision);
}

/** Discards the open records that match, those that were first received earliest first, up to the limit. */
export async function discardManyQuarantined(
  tx: Transaction,
  batch: QuarantineBatch,
  decision: DiscardDecision,
): Promise<{ readonly count: number; readonly end: BulkPosition | undefined }> {
  const parameters = createParameters();
  const records = selectOpenRecords(batch, parameters);
  if (records === undefined) return { count: 0, end: undefined };
  const found = await tx.query<BulkItem & Record<string, unknown>>(
    `select id, first_at::text as at, now()::text as now from (${records}) as existing order by existing.first_at, id`,
    parameters.values,
  );
  const ids = found.slice(0, batch.limit).map(({ id }) => id);
  const count = ids.length === 0 ? 0 : await discard(tx, ids, decision);
  return { count, end: positionBehind(found, batch.limit, batch.after) };
}

/** Opens discarded records again, because somebody tries to apply them. */
export async function reopenDiscarded(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update quarantined_records set status = ${after(QUARANTINE, "reopen")}, resolved_at = null
     where id = any($1) and ${allowsOfKnownRow("status", QUARANTINE, "reopen")}`,
    [ids],
  );
}
