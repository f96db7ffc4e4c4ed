import { type Finding, findingId, openFindings } from "../apply/findings.ts";
import { requestRefetches } from "../refetch-queue/request-refetches.ts";
import type { Webhook } from "../../connector-api/webhook.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { findDeliveryBodies } from "../../store/queries/find-delivery-bodies.ts";
import type { NewDelivery } from "./delivery.ts";

/** The part of a source that is needed to compare two bodies of one delivery. */
interface ComparingSource {
  readonly connector: { readonly webhook?: Pick<Webhook<unknown>, "isSame" | "hintsOfRepeat"> };
  readonly config: unknown;
}

/**
 * Maximum number of bodies stored in addition to the first one: a sender of more is faulty, and must not fill the disk.
 */
const MAX_CONFLICTS = 8;
const KIND = "DELIVERY_CONFLICT";

/**
 * Classifies a delivery whose id is known and whose bytes differ: a duplicate if the content is equivalent, otherwise a
 * conflict, which is stored as evidence and reported. The first body remains the applied one in either case.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function recordConflict(
  db: Database,
  delivery: NewDelivery,
  source: ComparingSource | undefined,
): Promise<"duplicate" | "conflicting"> {
  return db.transaction(delivery.tenantId, async (tx) => {
    const isComparing = source?.connector.webhook?.isSame !== undefined;
    if (isComparing && (await isSameMessage(tx, delivery, source))) return "duplicate";
    await keep(tx, delivery);
    const events = await openFindings(tx, delivery.sourceId, [conflictFinding(delivery)], "stays");
    if (events.length > 0) await appendEvents(tx, events);
    return "conflicting";
  });
}

/** True also when the first body is no longer stored: an alarm needs evidence. */
async function isSameMessage(
  tx: Transaction,
  { id, sourceId, body }: NewDelivery,
  { connector: { webhook }, config }: ComparingSource,
): Promise<boolean> {
  const [stored] = await findDeliveryBodies(tx, [id]);
  if (stored === undefined) return true;
  if (webhook?.isSame?.(stored.body, body) !== true) return false;
  await requestRefetches(tx, sourceId, webhook.hintsOfRepeat?.(stored.body, body, config) ?? []);
  return true;
}

async function keep(tx: Transaction, { id, sourceId, contentHash, body, verification }: NewDelivery): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [id]); // the count below must remain correct
  await tx.query(
    `insert into delivery_conflicts as existing (tenant_id, delivery_id, content_hash, source_id, body, verification, first_at, last_at)
     select $1, $2, $3, $4, $5, $6, now(), now()
     where (select count(*) from delivery_conflicts where delivery_id = $2 and content_hash <> $3) < $7
     on conflict (tenant_id, delivery_id, content_hash) do update set occurrences = existing.occurrences + 1, last_at = now()`,
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
    summary: `Two different bodies were received with the same delivery id: ${name}. The first is kept and applied.`,
    evidence: { deliveryId: id, key, eventType: eventType ?? null },
    remedy:
      "Compare the delivery's body with those of its conflicts and ask the provider which one is valid; sync the source to be sure.",
  };
}
