import { updateFindings } from "../../ingest/apply/update-findings.ts";
import { ENTITY_TYPES } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import type { Changes } from "./check-progress.ts";

/** Kind of the finding; the rule is in docs/invariants.md. */
export const EVENT_WITHOUT_OBJECT = "EVENT_WITHOUT_OBJECT";

const OBJECTS = ENTITY_TYPES.map((type) => `select id from ${ENTITY_TABLES[type].table} where id = event.entity_id`);

/**
 * Checks that every event about an object has its object, deleted ones included. Both are written in one transaction, so
 * that a breach needs no confirmation.
 */
export async function eventsWithoutObject(tx: Transaction, { after, through }: Changes): Promise<readonly NewEvent[]> {
  if (after === through) return [];
  const rows = await tx.query<{ source_id: string; id: string; seq: bigint }>(
    `select distinct on (event.entity_id) event.source_id, event.entity_id as id, event.seq from events as event
     where event.seq > $1 and event.seq <= $2 and event.entity_id is not null
       and not exists (${OBJECTS.join(" union all ")})
     order by event.entity_id, event.seq`,
    [after, through],
  );
  const events: NewEvent[] = [];
  for (const { source_id: sourceId, id, seq } of rows) {
    const finding = {
      cause: "DATABASE",
      summary: `Event ${seq} is about ${id}, which does not exist`,
      evidence: { id, event: String(seq) },
      remedy: "Rows of the database were deleted by other means than Sluice. Sync the source in full.",
    } as const;
    events.push(...(await updateFindings(tx, sourceId, [{ kind: EVENT_WITHOUT_OBJECT, subject: id, finding }])));
  }
  return events;
}
