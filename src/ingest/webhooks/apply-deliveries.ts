import { apply } from "../apply/apply.ts";
import { updateFindings } from "../apply/update-findings.ts";
import { requestStreamRefresh } from "../runs/refresh-requests.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { recordAccessEnd } from "../../sources/access-end.ts";
import type { Source } from "../../sources/source.ts";
import { isStoreAway } from "../../store/store-error.ts";
import { type Announced, type PausedDeliveries, receivedEvent } from "./announce-paused.ts";
import { type DueDelivery, takeDue, takeOne } from "./due-deliveries.ts";
import { effectsOf } from "./effects.ts";
import { type FailurePolicy, recordFailures } from "./failed-deliveries.ts";
import { markApplied } from "./mark-applied.ts";
import { parseDeliveries } from "./parse-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";
import { type DeliveryTraces, traceDeliveries, withTraces } from "./trace-deliveries.ts";
import type { UnfinishedAttempts } from "./unfinished-attempts.ts";

export interface ApplyDeliveriesInput extends FailurePolicy {
  readonly db: Database;
  readonly source: Source;
  readonly recent: RecentBodies;
  /** Handles deliveries while the source is paused. */
  readonly paused: PausedDeliveries;
  /** Finds deliveries that end the process. */
  readonly unfinished: UnfinishedAttempts;
  /** Maximum number of deliveries in one transaction. */
  readonly maxSet: number;
  /** Checked between two deliveries that are applied individually. */
  readonly signal: AbortSignal;
}

/** Result of one round. */
export interface AppliedDeliveries {
  /** Number of deliveries that were processed. */
  readonly taken: number;
  readonly applied: number;
  /** Milliseconds since the receipt of each one that was applied and never processed before. */
  readonly agesMs: readonly number[];
  readonly parked: number;
  /** True if objects must be fetched again. */
  readonly refetches: boolean;
  /** True if streams must be read further. */
  readonly reads: boolean;
  /** True if more deliveries may be due. */
  readonly more: boolean;
}

const NOTHING: AppliedDeliveries = {
  taken: 0,
  applied: 0,
  agesMs: [],
  parked: 0,
  refetches: false,
  reads: false,
  more: false,
};

/**
 * Applies the due deliveries of one source. One transaction contains the effects, the events and the applied mark, so a
 * crash at any point leaves all of them or none. When the set is rejected as a whole, each delivery is applied
 * individually, so that the faulty one stops only itself.
 * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED
 */
export async function applyDeliveries(input: ApplyDeliveriesInput): Promise<AppliedDeliveries> {
  const { db, source, maxSet, recent, paused, unfinished } = input;
  let taken: readonly DueDelivery[] = [];
  let counted: readonly string[] = [];
  let announced: Announced | undefined;
  try {
    const applied = await db.transaction(source.tenantId, async (tx) => {
      [taken, counted] = [[], []]; // the transaction may be repeated
      const due = await takeDue(tx, source.id, maxSet, recent);
      if (due.deliveries.length > 0) {
        const step = await unfinished.next(tx, due.deliveries);
        if (step.do === "park") return await parkUnfinished(tx, input, step);
        if (step.do === "commit") {
          counted = step.counted;
          return { ...NOTHING, more: true };
        }
        taken = step.deliveries;
        return { ...(await applySet(tx, input, taken)), more: due.more || taken.length < due.deliveries.length };
      }
      announced = await paused.announce(tx, maxSet);
      if (announced.events.length > 0) await appendEvents(tx, announced.events);
      return { ...NOTHING, more: announced.more };
    });
    announced?.committed();
    unfinished.counted(counted);
    if (counted.length > 0) return await applyDeliveries(input); // now they may begin
    unfinished.finished(taken.map(({ id }) => id));
    recent.delete(taken.map(({ id }) => id));
    return applied;
  } catch (reason) {
    if (isStoreAway(reason) || taken.length === 0) throw reason;
    return applyAlone(input, taken);
  }
}

async function parkUnfinished(
  tx: Transaction,
  input: ApplyDeliveriesInput,
  { delivery, reason }: { readonly delivery: DueDelivery; readonly reason: unknown },
): Promise<AppliedDeliveries> {
  const { id, attempts } = delivery;
  const { id: sourceId } = input.source;
  const { events, parked } = await recordFailures(tx, sourceId, [{ id, attempts, reason }], {
    ...input,
    maxAttempts: 1,
  });
  await append(tx, [...received(sourceId, [delivery]), ...events]);
  return { ...NOTHING, taken: 1, parked, more: true };
}

async function applyAlone(input: ApplyDeliveriesInput, taken: readonly DueDelivery[]): Promise<AppliedDeliveries> {
  const total = { ...NOTHING, taken: taken.length, agesMs: [] as number[], more: true };
  for (const { id } of taken) {
    if (input.signal.aborted) break;
    const one = await applyOne(input, id);
    input.unfinished.finished([id]);
    total.applied += one.applied;
    total.agesMs.push(...one.agesMs);
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

function applySet(
  tx: Transaction,
  input: ApplyDeliveriesInput,
  deliveries: readonly DueDelivery[],
): Promise<AppliedDeliveries> {
  return traceDeliveries(input.source, deliveries, (traces) => applyTraced(tx, input, deliveries, traces));
}

async function applyTraced(
  tx: Transaction,
  input: ApplyDeliveriesInput,
  deliveries: readonly DueDelivery[],
  traces: DeliveryTraces,
): Promise<AppliedDeliveries> {
  const { tenantId, id: sourceId } = input.source;
  const { items, reads, findings, accessEnds, parsed, failed } = parseDeliveries(input.source, deliveries);
  const applied = await apply(tx, {
    sourceId,
    via: "WEBHOOK",
    items,
    runId: undefined,
    renames: input.source.connector.renames ?? [],
    // the time at which the provider read the object is unknown, only the time of the change that it reports
    requestedAt: undefined,
    payloads: new Map(), // the payload of each item is its delivery
    traceparentOf: traces.traceparentOf,
  });
  await requestStreamRefresh(tx, sourceId, new Set(reads.map(({ stream }) => stream)));
  const marked = markApplied(tx, parsed, effectsOf({ tenantId, sourceId, items, applied, reads }));
  marked.catch(() => undefined); // awaited below, with the events, which are mostly sent together with it
  const failures = await recordFailures(tx, sourceId, failed, input);
  const found = await updateFindings(tx, sourceId, findings, "stays");
  await recordAccessEnd(tx, sourceId, accessEnds);
  const events = [...received(sourceId, deliveries), ...applied.events, ...found, ...failures.events];
  await Promise.all([marked, append(tx, withTraces(events, traces, applied.outcomes))]);
  const refetches =
    items.some(({ message }) => message.type === "hint") ||
    applied.outcomes.some(({ result }) => result === "conflict");
  return {
    taken: deliveries.length,
    applied: parsed.length,
    agesMs: agesOf(deliveries, new Set(parsed)),
    parked: failures.parked,
    refetches,
    reads: reads.length > 0,
    more: false,
  };
}

function agesOf(deliveries: readonly DueDelivery[], applied: ReadonlySet<string>): readonly number[] {
  const nowMs = Date.now();
  return deliveries
    .filter(({ id, announced }) => !announced && applied.has(id))
    .map(({ receivedAt }) => Math.max(0, nowMs - Date.parse(receivedAt)));
}

/**
 * The arrival of deliveries is announced when they are first processed, so that storing one never waits for the log's
 * head.
 */
function received(sourceId: string, deliveries: readonly DueDelivery[]): readonly NewEvent[] {
  return deliveries.filter(({ announced }) => !announced).map(({ id }) => receivedEvent(sourceId, id));
}

/** Ends the transaction's work. */
async function append(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await appendEvents(tx, events, { last: true });
}
