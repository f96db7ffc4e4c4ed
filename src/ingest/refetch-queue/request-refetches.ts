import { entityId, type EntityType } from "../../domain/ids.ts";
import { currentTraceparent } from "../../runtime/tracing.ts";
import type { Transaction } from "../../store/database.ts";

/** An object whose state only the upstream can determine. */
export interface RefetchRequest {
  readonly entity: EntityType;
  readonly externalId: string;
  /** Same meaning as in `HintMessage`: all objects of `entity` that belong to this one. */
  readonly of?: EntityType;
  /** Trace that the fetch continues. Default: that of the active span. */
  readonly traceparent?: string | undefined;
}

/** Key of a request: the object's global id, with the type of what is fetched where that belongs to the object. */
function requestId(tenantId: string, sourceId: string, { entity, externalId, of }: RefetchRequest): string {
  if (of === undefined) return entityId(tenantId, sourceId, entity, externalId);
  return `${entityId(tenantId, sourceId, of, externalId)}:${entity}`;
}

/**
 * Requests that objects are fetched again. There is one row per object however often it is requested; a request that
 * arrives during a fetch raises the generation, so that the fetch in flight does not fulfil it.
 */
export async function requestRefetches(
  tx: Transaction,
  sourceId: string,
  requests: readonly RefetchRequest[],
): Promise<void> {
  const byId = new Map(requests.map((request) => [requestId(tx.tenantId, sourceId, request), request]));
  if (byId.size === 0) return;
  const active = currentTraceparent();
  const ordered = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(
    `insert into refetches as existing (tenant_id, id, source_id, entity_type, external_id, of_type, next_attempt_at,
       traceparent)
     select $1, incoming.id, $2, incoming.entity_type, incoming.external_id, incoming.of_type, now(), incoming.traceparent
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as incoming (id, entity_type, external_id, of_type, traceparent)
     on conflict (tenant_id, id) do update set generation = existing.generation + 1,
       traceparent = coalesce(excluded.traceparent, existing.traceparent)`,
    [
      tx.tenantId,
      sourceId,
      ordered.map(([id]) => id),
      ordered.map(([, request]) => request.entity),
      ordered.map(([, request]) => request.externalId),
      ordered.map(([, request]) => request.of ?? null),
      ordered.map(([, { traceparent = active }]) => traceparent ?? null),
    ],
    { prepared: true },
  );
}
