import type { Applicable } from "../apply/applicable.ts";
import { apply } from "../apply/apply.ts";
import { requestReads } from "../apply/request-reads.ts";
import type { WebhookMessage } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type DueDelivery, takeDue, takeOne } from "./due-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";
import { type FailedDelivery, type FailurePolicy, recordFailures } from "./failed-deliveries.ts";

export interface ApplyDeliveriesInput extends FailurePolicy {
  readonly db: Database;
  readonly source: Source;
  readonly recent: RecentBodies;
  /** Deliveries in one transaction, at most. */
  readonly maxSet: number;
  /** Between two deliveries that are applied alone. */
  readonly signal: AbortSignal;
}

/** What one round did. */
export interface AppliedDeliveries {
  /** Deliveries that were taken: less than `maxSet` may mean that no more are due. */
  readonly taken: number;
  readonly applied: number;
  readonly parked: number;
  /** Objects must be fetched again. */
  readonly refetches: boolean;
}

/** Payload of a delivery as its connector's `parse` is given it. What the bytes are is the connector's knowledge. */
const MEDIA_TYPE = "application/octet-stream";

/**
 * Applies what is due of one source. One transaction holds the effects, the events and the mark that it is done, so a
 * crash at any point leaves all of them or none. When the set is refused as a whole, each is applied alone, so that the
 * one to blame stops only itself.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function applyDeliveries(input: ApplyDeliveriesInput): Promise<AppliedDeliveries> {
  const { db, source, maxSet } = input;
  let taken: readonly DueDelivery[] = [];
  try {
    const applied = await db.transaction(source.tenantId, async (tx) => {
      taken = await takeDue(tx, source.id, maxSet, input.recent);
      return applySet(tx, input, taken);
    });
    input.recent.delete(taken.map(({ id }) => id));
    return applied;
  } catch (reason) {
    if (isStoreAway(reason) || taken.length === 0) throw reason;
    return applyAlone(input, taken);
  }
}

async function applyAlone(input: ApplyDeliveriesInput, taken: readonly DueDelivery[]): Promise<AppliedDeliveries> {
  const total = { taken: taken.length, applied: 0, parked: 0, refetches: false };
  for (const { id } of taken) {
    if (input.signal.aborted) break;
    const one = await applyOne(input, id);
    total.applied += one.applied;
    total.parked += one.parked;
    total.refetches ||= one.refetches;
  }
  return total;
}

async function applyOne(input: ApplyDeliveriesInput, id: string): Promise<AppliedDeliveries> {
  const { db, source } = input;
  try {
    return await db.transaction(source.tenantId, async (tx) => {
      const delivery = await takeOne(tx, id, input.recent);
      return applySet(tx, input, delivery === undefined ? [] : [delivery]);
    });
  } catch (reason) {
    if (isStoreAway(reason)) throw reason;
    return db.transaction(source.tenantId, async (tx) => {
      const delivery = await takeOne(tx, id, input.recent);
      const failed = delivery === undefined ? [] : [{ id, attempts: delivery.attempts, reason }];
      const { events, parked } = await recordFailures(tx, source.id, failed, input);
      if (events.length > 0) await appendEvents(tx, events);
      return { taken: failed.length, applied: 0, parked, refetches: false };
    });
  }
}

async function applySet(
  tx: Transaction,
  input: ApplyDeliveriesInput,
  deliveries: readonly DueDelivery[],
): Promise<AppliedDeliveries> {
  if (deliveries.length === 0) return { taken: 0, applied: 0, parked: 0, refetches: false };
  const { source } = input;
  const { items, streams, parsed, failed } = parseAll(source, deliveries);
  const applied = await apply(tx, {
    sourceId: source.id,
    via: "WEBHOOK",
    items,
    runId: undefined,
    renames: source.connector.renames ?? [],
    asked: undefined, // when the provider looked at the object is not known, only when it says that it changed
    payloads: new Map(), // each item's bytes are its delivery's
  });
  await requestReads(tx, source.id, streams);
  await markApplied(tx, parsed);
  const failures = await recordFailures(tx, source.id, failed, input);
  const events = [...applied.events, ...failures.events];
  if (events.length > 0) await appendEvents(tx, events);
  const refetches =
    items.some(({ message }) => message.type === "hint") || applied.outcomes.some(({ result }) => result === "doubt");
  return { taken: deliveries.length, applied: parsed.length, parked: failures.parked, refetches };
}

function parseAll(source: Source, deliveries: readonly DueDelivery[]) {
  const items: Applicable[] = [];
  const streams = new Set<string>();
  const parsed: string[] = [];
  const failed: FailedDelivery[] = [];
  for (const { id, body, attempts } of deliveries) {
    try {
      for (const message of parse(source, body)) {
        if (message.type === "streamHint") streams.add(message.stream);
        else items.push({ message, deliveryId: id });
      }
      parsed.push(id);
    } catch (reason) {
      failed.push({ id, attempts, reason });
    }
  }
  return { items, streams, parsed, failed };
}

function parse({ connector, config }: Source, bytes: Uint8Array): readonly WebhookMessage[] {
  if (connector.webhook === undefined) {
    throw new ServiceError("DELIVERY_MALFORMED", "the source's connector no longer takes webhooks");
  }
  return connector.webhook.parse({ payload: { bytes, mediaType: MEDIA_TYPE }, path: "" }, config);
}

async function markApplied(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update deliveries set status = 'APPLIED', attempts = attempts + 1, finished_at = now(),
       error_code = null, error_message = null
     where id = any($1)`,
    [ids],
  );
}

function isStoreAway(reason: unknown): boolean {
  return reason instanceof ServiceError && reason.code === "STORE_UNAVAILABLE";
}
