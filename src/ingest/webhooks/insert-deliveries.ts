import { arrayLiteral } from "../../store/array-literal.ts";
import { DELIVERY } from "../../domain/lifecycles.ts";
import { traced } from "../../runtime/tracing.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { literals } from "../../store/status-sql.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";

/**
 * Longest duration of a commit. Less than the 5 s after which its deliveries are answered in any case, so that the
 * answer has the reason and the next commit begins on a new connection: a network that drops packets gives no sign.
 */
const COMMIT_DEADLINE_MS = 4_000;

/**
 * Stores deliveries of one tenant in one transaction and returns the result of each, in order. Of several with one id
 * the first is kept, within this batch as in the table. One round trip if all of them are new.
 * @throws ServiceError STORE_UNAVAILABLE: the outcome is unknown if the connection failed during the commit
 */
export async function insertDeliveries(
  db: Database,
  tenantId: string,
  deliveries: readonly NewDelivery[],
): Promise<readonly IngestResult[]> {
  const first = new Map<string, NewDelivery>();
  for (const delivery of deliveries) if (!first.has(delivery.id)) first.set(delivery.id, delivery);
  // In the order of their ids, so that replicas that receive the same deliveries never deadlock.
  const incoming = [...first.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const limits = { deadlineMs: COMMIT_DEADLINE_MS };
  const stored = new Set(
    await traced(
      () => ({
        name: "store deliveries",
        causes: incoming.map(({ traceparent }) => traceparent),
        attributes: { "messaging.batch.message_count": incoming.length },
      }),
      () => db.transaction(tenantId, (tx) => insert(tx, incoming), limits),
    ),
  );
  const known = incoming.filter(({ id }) => !stored.has(id)).map(({ id }) => id);
  const hashes = known.length === 0 ? new Map<string, string>() : await hashesOf(db, tenantId, known);
  return deliveries.map((delivery) => {
    const kept = first.get(delivery.id);
    if (kept === delivery && stored.has(delivery.id)) return "stored";
    return (hashes.get(delivery.id) ?? kept?.contentHash) === delivery.contentHash ? "duplicate" : "conflicting";
  });
}

/** Returns the ids of those that did not exist. */
async function insert(tx: Transaction, incoming: readonly NewDelivery[]): Promise<readonly string[]> {
  const values = [
    tx.tenantId,
    arrayLiteral(incoming, ({ id }) => id),
    arrayLiteral(incoming, ({ sourceId }) => sourceId),
    arrayLiteral(incoming, ({ key }) => key),
    arrayLiteral(incoming, ({ eventType }) => eventType),
    arrayLiteral(incoming, ({ contentHash }) => contentHash),
    arrayLiteral(incoming, ({ verification }) => verification),
    startsOf(incoming),
    arrayLiteral(incoming, ({ body }) => body.byteLength.toString()),
    Buffer.concat(incoming.map(({ body }) => body)),
    arrayLiteral(incoming, ({ traceparent }) => traceparent),
  ];
  const options = { prepared: true, last: true };
  return (await tx.query<{ id: string }>(INSERT, values, options)).map(({ id }) => id);
}

/** Returns the content hashes of stored deliveries by id. */
async function hashesOf(db: Database, tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const select = "select id, content_hash from deliveries where id = any($1)";
  const limits = { deadlineMs: COMMIT_DEADLINE_MS };
  const rows = await db.read(tenantId, (tx) => tx.query<{ id: string; content_hash: string }>(select, [ids]), limits);
  return new Map(rows.map((row) => [row.id, row.content_hash]));
}

/**
 * Start position of each body in the concatenation of all, counted from 1 as in SQL; an array in PostgreSQL's text
 * form.
 */
function startsOf(incoming: readonly NewDelivery[]): string {
  let next = 1;
  return arrayLiteral(incoming, ({ body }) => {
    const start = next;
    next += body.byteLength;
    return start.toString();
  });
}

/** All bodies are sent as one binary parameter: an array of bytea would be sent as hexadecimal text, twice the size. */
const INSERT = `
  with incoming as (
    select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::int[], $9::int[], $11::text[])
      as incoming (id, source_id, key, event_type, content_hash, verification, start, length, traceparent)
  ), stored as (
    insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, verification, size,
      received_at, status, next_attempt_at, traceparent)
    select $1, id, source_id, key, event_type, content_hash, verification, length, now(), ${literals(DELIVERY.initial)}, now(),
      traceparent from incoming
    on conflict do nothing returning id, received_at
  )
  insert into delivery_bodies (tenant_id, delivery_id, received_at, body)
  select $1, id, received_at, substring($10::bytea from incoming.start for incoming.length) from stored join incoming using (id)
  returning delivery_id as id`;
