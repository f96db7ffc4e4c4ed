import { arrayLiteral } from "../store/array-literal.ts";
import { currentTraceparent } from "../runtime/tracing.ts";
import type { StatementOptions, Transaction } from "../store/database.ts";
import { EVENTS_CHANNEL, type NewEvent } from "./event.ts";

/**
 * Appends events at the end of the transaction that they describe, and returns the number of the last one; 0 if there
 * are none. Must be the transaction's last statement before the commit: from here on the tenant's head row is locked.
 * This lock makes commit order equal sequence order, and a rollback returns the numbers, so there are no gaps.
 * @param options `last`: the transaction's work ends with it, so that the commit is sent together with it. Default: false
 */
export async function appendEvents(
  tx: Transaction,
  events: readonly NewEvent[],
  { last = false }: Pick<StatementOptions, "last"> = {},
): Promise<bigint> {
  if (events.length === 0) return 0n;
  const active = currentTraceparent();
  const values = [
    tx.tenantId,
    events.length,
    arrayLiteral(events, (event) => event.sourceId),
    arrayLiteral(events, (event) => event.body.kind),
    arrayLiteral(events, (event) => ("entityType" in event.body ? event.body.entityType : null)),
    arrayLiteral(events, (event) => ("entityId" in event.body ? event.body.entityId : null)),
    arrayLiteral(events, (event) => JSON.stringify(dataOf(event))),
    arrayLiteral(events, ({ traceparent = active }) => traceparent),
  ];
  const rows = await tx.query<{ head: bigint }>(APPEND, values, { prepared: true, last });
  tx.notifyAfterCommit(EVENTS_CHANNEL);
  return rows[0]?.head ?? 0n;
}

/** Returns the number of the newest committed event; 0 before the first. */
export async function headOf(tx: Transaction): Promise<bigint> {
  const rows = await tx.query<{ head: bigint }>("select head from event_heads", [], { prepared: true });
  return rows[0]?.head ?? 0n;
}

const APPEND = `
  with taken as (
    insert into event_heads as existing (tenant_id, head, floor) values ($1, $2, 0)
    on conflict (tenant_id) do update set head = existing.head + excluded.head
    returning head
  ), written as (
    insert into events (tenant_id, seq, at, source_id, kind, entity_type, entity_id, data, traceparent)
    select $1, taken.head - $2 + incoming.position, clock_timestamp(), incoming.source_id, incoming.kind,
      incoming.entity_type, incoming.entity_id, incoming.data, incoming.traceparent
    from taken, unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[]) with ordinality
      as incoming (source_id, kind, entity_type, entity_id, data, traceparent, position)
  )
  select head from taken`;

/** Returns the fields that have no column of their own. */
export function dataOf({ body }: NewEvent): Record<string, unknown> {
  const { kind: _kind, ...rest } = body;
  if (body.kind !== "EntityChanged") return rest;
  return { change: body.change };
}
