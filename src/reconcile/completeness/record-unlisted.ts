import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import {
  CONTENT_COLUMNS,
  storedContents,
  type StoredPosition,
  type StoredSelection,
} from "../../store/entities/compare-content.ts";
import { type ComparedStream, WRITTEN } from "./compared-objects.ts";

/** Rows of the store that one statement examines. */
export const UNLISTED_PAGE = 2_000;

/**
 * Records the objects of a page of the store that the upstream should have listed and did not.
 * @returns where the next page begins; undefined: this was the last one
 */
export async function recordUnlisted(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  type: EntityType,
  selection: StoredSelection,
  after: StoredPosition | undefined,
  limit = UNLISTED_PAGE,
): Promise<StoredPosition | undefined> {
  // `offset 0` makes it a search by the primary key for each row: this run's rows are newer than the planner's statistics,
  // by which it would read all of them for each row.
  const condition = `not exists (select from compared_objects as listed where listed.tenant_id = $1 and listed.run_id = $10
    and listed.stream = $11 and listed.entity_id = stored.id offset 0)`;
  const { page, text, values } = storedContents(tx.tenantId, type, selection, { after, limit }, condition);
  const [last] = await tx.query<StoredPosition & Record<string, unknown>>(
    `with stored as materialized (${page}), written as (
       insert into compared_objects (tenant_id, run_id, stream, entity_type, entity_id, ${WRITTEN}, state, look)
       select $1, $10, $11, $12, entity_id, ${WRITTEN}, 'SUSPECT', 0 from (${text}) as compared (${CONTENT_COLUMNS})
     ) select ordered_at::text as "orderedAt", id from stored order by ordered_at, id offset $9::bigint - 1`,
    [...values, runId, stream, type],
  );
  return last;
}
