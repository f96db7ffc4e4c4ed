import { appendEvents } from "../../events/append.ts";
import { QUARANTINE } from "../../domain/lifecycles.ts";
import { literals } from "../../store/status-sql.ts";
import type { Transaction } from "../../store/database.ts";
import { closeFindings } from "./findings.ts";
import { DRIFT_KINDS } from "./drift-kinds.ts";

/** Longer than what is sent once a week, such as a statement: a finding must not close and open again each time. */
const UNSEEN_DAYS = 8;

/**
 * Closes the findings about objects that differ from the contract, once no such object was seen for eight days. Those
 * about quarantined objects also close when none of their kind is quarantined any more.
 */
export async function closeUnseenDrift(tx: Transaction): Promise<void> {
  const rows = await tx.query<{ id: string; source_id: string }>(
    `select id, source_id from findings as finding
     where closed_at is null and kind = any($1) and evidence ? 'entity' and (
       coalesce((evidence ->> 'lastSeen')::timestamptz, opened_at) < now() - interval '${UNSEEN_DAYS} days'
       or kind = 'MALFORMED_FIELD' and not exists (
         select from quarantined_records as item where item.source_id = finding.source_id
           and item.entity_type = finding.evidence ->> 'entity' and item.status in (${literals(QUARANTINE.initial)})))`,
    [Object.keys(DRIFT_KINDS)],
  );
  for (const [sourceId, own] of Map.groupBy(rows, (row) => row.source_id)) {
    const ids = own.map(({ id }) => id).toSorted();
    await appendEvents(tx, await closeFindings(tx, sourceId, ids));
  }
}
