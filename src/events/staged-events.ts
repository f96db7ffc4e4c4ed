import { arrayLiteral } from "../store/array-literal.ts";
import { currentTraceparent } from "../runtime/tracing.ts";
import type { Transaction } from "../store/database.ts";
import { EVENTS_CHANNEL, type NewEvent } from "./event.ts";
import { dataOf } from "./append.ts";

/*
 * Events of a transaction that is too large for memory: they are kept in a table without a write-ahead log, and get their
 * numbers at the end. The numbers of a tenant are locked from the first one to the commit, so nothing else happens in
 * between: a million events take some seconds, while the changes that they describe take minutes.
 */

/** Number of events that are numbered by one statement, which must not last as long as the limit of a statement. */
const SLICE = 20_000;

/** Keeps events until `appendStagedEvents` of the same transaction. */
export async function stageEvents(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const active = currentTraceparent();
  await tx.query(
    `insert into staged_events (tenant_id, source_id, kind, entity_type, entity_id, data, traceparent)
     select $1, incoming.source_id, incoming.kind, incoming.entity_type, incoming.entity_id, incoming.data, incoming.traceparent
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[]) with ordinality
       as incoming (source_id, kind, entity_type, entity_id, data, traceparent, place)
     order by incoming.place`,
    [
      tx.tenantId,
      arrayLiteral(events, (event) => event.sourceId),
      arrayLiteral(events, (event) => event.body.kind),
      arrayLiteral(events, (event) => ("entityType" in event.body ? event.body.entityType : null)),
      arrayLiteral(events, (event) => ("entityId" in event.body ? event.body.entityId : null)),
      arrayLiteral(events, (event) => JSON.stringify(dataOf(event))),
      arrayLiteral(events, ({ traceparent = active }) => traceparent),
    ],
    { prepared: true },
  );
}

/**
 * Appends the staged events of a source in their order. Must be the transaction's last statements before the commit, as
 * `appendEvents`.
 * @param slice number of events that one statement appends
 */
export async function appendStagedEvents(tx: Transaction, sourceId: string, slice = SLICE): Promise<void> {
  for (let after = -1n; ;) {
    const [row] = await tx.query<{ count: bigint; last: bigint | null }>(APPEND, [tx.tenantId, sourceId, slice, after]);
    if ((row?.count ?? 0n) === 0n) break;
    after = row?.last ?? after;
    tx.notifyAfterCommit(EVENTS_CHANNEL);
  }
}

/**
 * Each slice is a range of the key, so that none reads the rows that earlier slices have deleted: until the commit they are
 * still in the index.
 */
const APPEND = `
  with slice as materialized (
    select ordinal, source_id, kind, entity_type, entity_id, data, traceparent from staged_events
    where tenant_id = $1 and source_id = $2 and ordinal > $4 order by ordinal limit $3
  ), counted as (
    select count(*) as count, max(ordinal) as last from slice
  ), removed as (
    delete from staged_events
    where tenant_id = $1 and source_id = $2 and ordinal > $4 and ordinal <= (select last from counted)
  ), taken as (
    insert into event_heads as existing (tenant_id, head, floor) select $1, count, 0 from counted where count > 0
    on conflict (tenant_id) do update set head = existing.head + excluded.head
    returning head
  ), written as (
    insert into events (tenant_id, seq, at, source_id, kind, entity_type, entity_id, data, traceparent)
    select $1, taken.head - counted.count + row_number() over (order by slice.ordinal), clock_timestamp(),
      slice.source_id, slice.kind, slice.entity_type, slice.entity_id, slice.data, slice.traceparent
    from slice, counted, taken
  )
  select count, last from counted`;
