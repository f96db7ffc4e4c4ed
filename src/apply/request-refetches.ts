import { entityId, type EntityType } from "../domain/ids.ts";
import type { Transaction } from "../store/database.ts";

/** An object that only the upstream can tell the state of. */
export interface RefetchRequest {
  readonly entity: EntityType;
  readonly externalId: string;
}

/**
 * Asks for objects to be fetched again. One row per object however often it is asked for; a request that comes while
 * one is being fetched raises the generation, so that the fetch in flight does not count as its answer.
 */
export async function requestRefetches(
  tx: Transaction,
  sourceId: string,
  requests: readonly RefetchRequest[],
): Promise<void> {
  const byId = new Map(
    requests.map((request) => [entityId(tx.tenantId, sourceId, request.entity, request.externalId), request]),
  );
  if (byId.size === 0) return;
  const ordered = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(
    `insert into refetches as held (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
     select $1, offered.id, $2, offered.entity_type, offered.external_id, now()
     from unnest($3::text[], $4::text[], $5::text[]) as offered (id, entity_type, external_id)
     on conflict (tenant_id, id) do update set generation = held.generation + 1`,
    [
      tx.tenantId,
      sourceId,
      ordered.map(([id]) => id),
      ordered.map(([, request]) => request.entity),
      ordered.map(([, request]) => request.externalId),
    ],
  );
}
