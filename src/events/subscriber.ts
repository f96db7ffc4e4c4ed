import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { LoggedEvent } from "./event.ts";
import { createMatcher, type EventFilter } from "./filter.ts";
import type { Follower } from "./follower.ts";
import type { Limit } from "./limit.ts";
import { type LogPage, readLog } from "./read-log.ts";
import type { StreamItem } from "./stream-item.ts";

/** Unwanted events passed over before the subscriber is told its new position. */
const SKIPPED_MAX = 1_000n;
const RETRY_MS = 500;

export interface SubscriberOptions {
  readonly database: Database;
  readonly tenantId: string;
  /** Number of the last event already had; undefined starts at the head. */
  readonly after: bigint | undefined;
  readonly filter: EventFilter;
  readonly follower: Follower;
  /** Events that a subscriber behind the ring reads and holds at a time. */
  readonly pageSize: number;
  /** Shared by all subscribers: a crowd that replays must not take the pool from interactive reads. */
  readonly limitReads: Limit;
  /** A subscriber whose filter passes nothing learns its newer position this often. */
  readonly positionIntervalMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told of failed reads; they are repeated. */
  readonly onProblem: (problem: ServiceError) => void;
}

/**
 * The next item of one subscriber, made when it is asked for. The subscriber is a number, its position: at the tip it
 * takes from the shared ring, behind it from a page of the log of its own, and since the number is the same in both,
 * the change from one to the other neither loses nor repeats anything. What is in memory is one page, however slowly
 * the items are taken.
 * @returns a function that resolves with undefined once the follower was closed
 */
export function createSubscriber(options: SubscriberOptions): () => Promise<StreamItem | undefined> {
  const { follower, positionIntervalMs, clock } = options;
  const matches = createMatcher(options.filter);
  let position = options.after;
  let reported = position ?? 0n;
  let reportedAtMs = clock();
  /** The log had nothing after this number when it was asked, since the last move of the tail. */
  let exhausted: bigint | undefined;
  let page: { events: readonly LoggedEvent[]; taken: number; through: bigint } | undefined;

  const now = (): string => new Date(clock()).toISOString();

  function report<Item extends StreamItem>(item: Item): Item {
    position = reported = item.seq;
    reportedAtMs = clock();
    return item;
  }

  function fromPage(): StreamItem | undefined {
    if (page === undefined) return undefined;
    const event = page.events[page.taken];
    page.taken += 1;
    if (event !== undefined) return report({ type: "event", seq: event.seq, at: event.at, event });
    position = page.through;
    page = undefined;
    return undefined;
  }

  function fromRing(): StreamItem | undefined {
    const { ring } = follower;
    if (ring === undefined) return undefined;
    if (position === undefined) return report({ type: "position", seq: ring.to, at: now() });
    if (position < ring.from) return undefined;
    while (position < ring.to) {
      const event = ring.after(position);
      position = event?.seq ?? ring.to;
      if (event !== undefined && matches(event)) return report({ type: "event", seq: event.seq, at: event.at, event });
    }
    return undefined;
  }

  function newerPosition(): StreamItem | undefined {
    if (position === undefined || position <= reported) return undefined;
    if (position - reported < SKIPPED_MAX && clock() - reportedAtMs < positionIntervalMs) return undefined;
    return report({ type: "position", seq: position, at: now() });
  }

  /** Reads on from a position that is outside the ring; a reset when the log cannot go on from there. */
  async function readAfter(from: bigint): Promise<StreamItem | undefined> {
    const read = await readPage(options, from);
    if (read === undefined) return undefined;
    if (read.floor > from || read.head < from) {
      const reason = read.floor > from ? "RETENTION" : "UNKNOWN_POSITION";
      return report({ type: "reset", seq: read.head, at: now(), reason, floor: read.floor });
    }
    if (read.through === from) exhausted = from;
    page = { events: read.events, taken: 0, through: read.through };
    return undefined;
  }

  /** Until there may be something to take, or a newer position to tell. */
  async function wait(): Promise<void> {
    const late = position !== undefined && position > reported;
    await follower.changed(late ? Math.max(0, reportedAtMs + positionIntervalMs - clock()) : undefined);
    exhausted = undefined;
  }

  return async () => {
    while (!follower.closed) {
      const item = fromPage() ?? fromRing() ?? newerPosition();
      if (item !== undefined) return item;
      if (page !== undefined) continue;
      const { ring } = follower;
      const isOutside = ring !== undefined && position !== undefined && (position < ring.from || position > ring.to);
      if (isOutside && position !== undefined && position !== exhausted) {
        const reset = await readAfter(position);
        if (reset !== undefined) return reset;
      } else {
        await wait();
      }
    }
    return undefined;
  };
}

/**
 * A page of the log. Undefined, after a pause, when the store could not be asked: it will be asked again, so that a
 * restart of the database does not end every subscription.
 * @throws ServiceError INTERNAL
 */
async function readPage(options: SubscriberOptions, after: bigint): Promise<LogPage | undefined> {
  const { database, tenantId, filter, pageSize, limitReads, follower, onProblem } = options;
  try {
    return await limitReads(async () =>
      follower.closed ? undefined : await readLog(database, { tenantId, after, filter, limit: pageSize }),
    );
  } catch (reason) {
    const problem = ServiceError.from(reason);
    if (!problem.retryable) throw problem;
    onProblem(problem);
    await follower.changed(RETRY_MS);
    return undefined;
  }
}
