import { type Finding, findingId, openFindings } from "../apply/findings.ts";
import type { Webhook } from "../connector-api/webhook.ts";
import { appendEvents } from "../events/append.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { NewDelivery } from "./delivery.ts";

/** Bodies kept beside the first one: who sends more of them is broken, and the disk is not theirs. */
const MAX_CONFLICTS = 8;
const KIND = "DELIVERY_CONFLICT";

/**
 * Settles what a delivery is whose id is known and whose bytes are others: only a duplicate when they say the same, else a
 * conflict, which is kept as evidence and told. The first body stays what is applied either way.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function recordConflict(
  db: Database,
  delivery: NewDelivery,
  isSame: Webhook<unknown>["isSame"],
): Promise<"duplicate" | "conflicting"> {
  return db.transaction(delivery.tenantId, async (tx) => {
    if (isSame !== undefined && (await saysTheSame(tx, delivery, isSame))) return "duplicate";
    await keep(tx, delivery);
    const events = await openFindings(tx, delivery.sourceId, [conflictFinding(delivery)], "stays");
    if (events.length > 0) await appendEvents(tx, events);
    return "conflicting";
  });
}

/** True also when the first body is no longer kept: an alarm must have something to show. */
async function saysTheSame(
  tx: Transaction,
  { id, body }: NewDelivery,
  isSame: (held: Uint8Array, other: Uint8Array) => boolean,
): Promise<boolean> {
  const [held] = await tx.query<{ body: Buffer }>(
    `select body from deliveries join delivery_bodies bodies
       on bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at
     where id = $1`,
    [id],
  );
  return held === undefined || isSame(held.body, body);
}

async function keep(tx: Transaction, { id, sourceId, contentHash, body, verification }: NewDelivery): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [id]); // the count below must stay true
  await tx.query(
    `insert into delivery_conflicts as held (tenant_id, delivery_id, content_hash, source_id, body, verification, first_at, last_at)
     select $1, $2, $3, $4, $5, $6, now(), now()
     where (select count(*) from delivery_conflicts where delivery_id = $2 and content_hash <> $3) < $7
     on conflict (tenant_id, delivery_id, content_hash) do update set occurrences = held.occurrences + 1, last_at = now()`,
    [tx.tenantId, id, contentHash, sourceId, body, verification, MAX_CONFLICTS],
  );
}

/** One per delivery. */
function conflictFinding({ id, key, eventType }: NewDelivery): Finding {
  const name = eventType === undefined ? key : `${key} (${eventType})`;
  return {
    id: findingId(KIND, id),
    kind: KIND,
    cause: "WEBHOOK",
    summary: `Two different bodies came under the id of one delivery: ${name}. The first is kept and applied.`,
    evidence: { deliveryId: id, key, eventType: eventType ?? null },
    remedy:
      "Compare the delivery's body with those of its conflicts and ask the provider which one holds; sync the source to be sure.",
  };
}
