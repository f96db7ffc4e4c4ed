import { arrayLiteral } from "../store/array-literal.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";

/**
 * Stores deliveries of one tenant in one transaction and says what became of each, in order. Whoever was there first
 * is kept, in this batch as in the table.
 */
export async function insertDeliveries(
  db: Database,
  tenantId: string,
  deliveries: readonly NewDelivery[],
): Promise<readonly IngestResult[]> {
  const first = new Map<string, NewDelivery>();
  for (const delivery of deliveries) if (!first.has(delivery.id)) first.set(delivery.id, delivery);
  // In the order of their ids, so that replicas that are given the same deliveries never wait for each other in a circle.
  const offered = [...first.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hashes = await db.transaction(tenantId, (tx) => insert(tx, offered));
  return deliveries.map((delivery) => {
    const held = hashes.get(delivery.id);
    if (held === undefined && first.get(delivery.id) === delivery) return "stored";
    return (held ?? first.get(delivery.id)?.contentHash) === delivery.contentHash ? "duplicate" : "conflicting";
  });
}

/** The stored hashes of those that were there already. */
async function insert(tx: Transaction, offered: readonly NewDelivery[]): Promise<ReadonlyMap<string, string>> {
  const values = [
    tx.tenantId,
    arrayLiteral(offered, ({ id }) => id),
    arrayLiteral(offered, ({ sourceId }) => sourceId),
    arrayLiteral(offered, ({ key }) => key),
    arrayLiteral(offered, ({ eventType }) => eventType),
    arrayLiteral(offered, ({ contentHash }) => contentHash),
    arrayLiteral(offered, ({ verification }) => verification),
    startsOf(offered),
    arrayLiteral(offered, ({ body }) => body.byteLength.toString()),
    Buffer.concat(offered.map(({ body }) => body)),
  ];
  const rows = await tx.query<{ id: string }>(INSERT, values, { prepared: "store deliveries" });
  if (rows.length === offered.length) return new Map();
  const stored = new Set(rows.map(({ id }) => id));
  const known = offered.filter(({ id }) => !stored.has(id)).map(({ id }) => id);
  const held = await tx.query<{ id: string; content_hash: string }>(
    "select id, content_hash from deliveries where id = any($1)",
    [known],
  );
  return new Map(held.map((row) => [row.id, row.content_hash]));
}

/** Where each body begins in all of them together, counted from 1 as SQL does; an array in PostgreSQL's text form. */
function startsOf(offered: readonly NewDelivery[]): string {
  let next = 1;
  return arrayLiteral(offered, ({ body }) => {
    const start = next;
    next += body.byteLength;
    return start.toString();
  });
}

/** All bodies travel as one binary parameter: an array of bytea would be sent as hexadecimal text, twice the size. */
const INSERT = `
  with offered as (
    select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::int[], $9::int[])
      as offered (id, source_id, key, event_type, content_hash, verification, start, length)
  ), stored as (
    insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, verification, size,
      received_at, status, next_attempt_at)
    select $1, id, source_id, key, event_type, content_hash, verification, length, now(), 'PENDING', now() from offered
    on conflict do nothing returning id, received_at
  )
  insert into delivery_bodies (tenant_id, delivery_id, received_at, body)
  select $1, id, received_at, substring($10::bytea from offered.start for offered.length) from stored join offered using (id)
  returning delivery_id as id`;
