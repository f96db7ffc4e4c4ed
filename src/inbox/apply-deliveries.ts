import { apply } from "../apply/apply.ts";
import { requestReads } from "../apply/request-reads.ts";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type Announced, type PausedDeliveries, receivedEvent } from "./announce-paused.ts";
import { type DueDelivery, takeDue, takeOne } from "./due-deliveries.ts";
import { effectsOf } from "./effects.ts";
import { type FailurePolicy, recordFailures } from "./failed-deliveries.ts";
import { markApplied } from "./mark-applied.ts";
import { parseDeliveries } from "./parse-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";

export interface ApplyDeliveriesInput extends FailurePolicy {
  readonly db: Database;
  readonly source: Source;
  readonly recent: RecentBodies;
  /** What is done instead while the source is paused. */
  readonly paused: PausedDeliveries;
  /** Deliveries in one transaction, at most. */
  readonly maxSet: number;
  /** Between two deliveries that are applied alone. */
  readonly signal: AbortSignal;
}

/** What one round did. */
export interface AppliedDeliveries {
  /** Deliveries that were taken up. */
  readonly taken: number;
  readonly applied: number;
  readonly parked: number;
  /** Objects must be fetched again. */
  readonly refetches: boolean;
  /** Streams must be read on. */
  readonly reads: boolean;
  /** More may be due. */
  readonly more: boolean;
}

const NOTHING: AppliedDeliveries = { taken: 0, applied: 0, parked: 0, refetches: false, reads: false, more: false };

/**
 * Applies what is due of one source. One transaction holds the effects, the events and the mark that it is done, so a
 * crash at any point leaves all of them or none. When the set is refused as a whole, each is applied alone, so that the
 * one to blame stops only itself.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function applyDeliveries(input: ApplyDeliveriesInput): Promise<AppliedDeliveries> {
  const { db, source, maxSet, recent, paused } = input;
  let taken: readonly DueDelivery[] = [];
  let announced: Announced | undefined;
  try {
    const applied = await db.transaction(source.tenantId, async (tx) => {
      const due = await takeDue(tx, source.id, maxSet, recent);
      taken = due.deliveries;
      if (taken.length > 0) return { ...(await applySet(tx, input, taken)), more: due.more };
      announced = await paused.announce(tx, maxSet);
      if (announced.events.length > 0) await appendEvents(tx, announced.events);
      return { ...NOTHING, more: announced.more };
    });
    announced?.committed();
    recent.delete(taken.map(({ id }) => id));
    return applied;
  } catch (reason) {
    if (isStoreAway(reason) || taken.length === 0) throw reason;
    return applyAlone(input, taken);
  }
}

async function applyAlone(input: ApplyDeliveriesInput, taken: readonly DueDelivery[]): Promise<AppliedDeliveries> {
  const total = { ...NOTHING, taken: taken.length, more: true };
  for (const { id } of taken) {
    if (input.signal.aborted) break;
    const one = await applyOne(input, id);
    total.applied += one.applied;
    total.parked += one.parked;
    total.refetches ||= one.refetches;
    total.reads ||= one.reads;
  }
  return total;
}

async function applyOne(input: ApplyDeliveriesInput, id: string): Promise<AppliedDeliveries> {
  const { db, source } = input;
  try {
    return await db.transaction(source.tenantId, async (tx) => {
      const delivery = await takeOne(tx, id, input.recent);
      return delivery === undefined ? NOTHING : applySet(tx, input, [delivery]);
    });
  } catch (reason) {
    if (isStoreAway(reason)) throw reason;
    return db.transaction(source.tenantId, async (tx) => {
      const delivery = await takeOne(tx, id, input.recent);
      if (delivery === undefined) return NOTHING;
      const { events, parked } = await recordFailures(
        tx,
        source.id,
        [{ id, attempts: delivery.attempts, reason }],
        input,
      );
      await append(tx, [...received(source.id, [delivery]), ...events]);
      return { ...NOTHING, taken: 1, parked };
    });
  }
}

async function applySet(
  tx: Transaction,
  input: ApplyDeliveriesInput,
  deliveries: readonly DueDelivery[],
): Promise<AppliedDeliveries> {
  const { tenantId, id: sourceId } = input.source;
  const { items, reads, parsed, failed } = parseDeliveries(input.source, deliveries);
  const applied = await apply(tx, {
    sourceId,
    via: "WEBHOOK",
    items,
    runId: undefined,
    renames: input.source.connector.renames ?? [],
    asked: undefined, // when the provider looked at the object is not known, only when it says that it changed
    payloads: new Map(), // each item's bytes are its delivery's
  });
  await requestReads(tx, sourceId, new Set(reads.map(({ stream }) => stream)));
  await markApplied(tx, parsed, effectsOf({ tenantId, sourceId, items, applied, reads }));
  const failures = await recordFailures(tx, sourceId, failed, input);
  await append(tx, [...received(sourceId, deliveries), ...applied.events, ...failures.events]);
  const refetches =
    items.some(({ message }) => message.type === "hint") || applied.outcomes.some(({ result }) => result === "doubt");
  return {
    taken: deliveries.length,
    applied: parsed.length,
    parked: failures.parked,
    refetches,
    reads: reads.length > 0,
    more: false,
  };
}

/** That deliveries have come is told when they are first taken up, so that storing one never waits for the log's head. */
function received(sourceId: string, deliveries: readonly DueDelivery[]): readonly NewEvent[] {
  return deliveries.filter(({ announced }) => !announced).map(({ id }) => receivedEvent(sourceId, id));
}

async function append(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await appendEvents(tx, events);
}

function isStoreAway(reason: unknown): boolean {
  return reason instanceof ServiceError && reason.code === "STORE_UNAVAILABLE";
}
