import { ServiceError } from "../domain/error.ts";
import { createSemaphore } from "../runtime/semaphore.ts";
import type { Database } from "../store/database.ts";
import { createSubscriber } from "./subscriber.ts";
import type { EventFilter } from "./filter.ts";
import { createPullIterator, type PullIterator } from "./pull-iterator.ts";
import type { StreamItem } from "./stream-item.ts";
import { createEventTail, type EventTailOptions } from "./tail.ts";

export interface SubscribeInput {
  readonly tenantId: string;
  /** Sequence number of the last event already received; undefined starts now, and the first item is that position. */
  readonly after: bigint | undefined;
  /**
   * True: with a cursor too, the first item is the position at which the stream begins. It tells a client whose gateway
   * connects again by itself, with the variables of long ago, that the events after it may repeat. Default: false.
   */
  readonly announcesStart?: boolean;
  readonly filter: EventFilter;
  /** Ends the subscription. */
  readonly signal?: AbortSignal;
}

export interface EventFeed {
  /**
   * Yields every matching event after `after`, once, in commit order. Nothing is read ahead: events that the consumer
   * has not requested stay in the log.
   * @throws ServiceError INVALID_INPUT | OVERLOADED; the iterator: INTERNAL
   */
  subscribe(input: SubscribeInput): PullIterator<StreamItem>;
  /** Number of open subscriptions. */
  readonly open: number;
  /** Ends all subscriptions and the tail. */
  close(): Promise<void>;
}

export interface EventFeedOptions extends EventTailOptions {
  readonly database: Database;
  /**
   * Number of events that a subscriber behind the tail reads and keeps in memory at a time. Default 200: about 60 kB.
   */
  readonly subscriberPageSize?: number;
  /** Number of pages of the log that all subscribers behind the tail read concurrently. Default 4. */
  readonly maxReads?: number;
  /** Interval at which a subscriber whose filter matches nothing receives its newer position. Default 15,000. */
  readonly positionIntervalMs?: number;
  /** Milliseconds since the epoch. Default: the system clock. */
  readonly clock?: () => number;
}

/** A filter lists the objects on a screen; more values than this are a mistake or an attack. */
const MAX_FILTER_VALUES = 1_000;

/** Creates the live subscriptions to the event log, and the tail that they share. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { database, subscriberPageSize = 200, positionIntervalMs = 15_000 } = options;
  const { maxReads = 4, clock = Date.now, onProblem = () => undefined } = options;
  const reads = createSemaphore(maxReads);
  const tail = createEventTail(options);
  const open = new Set<PullIterator<StreamItem>>();
  let closed = false;

  function subscribe({
    tenantId,
    after,
    announcesStart = false,
    filter,
    signal,
  }: SubscribeInput): PullIterator<StreamItem> {
    if (closed) throw new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 });
    requireBounded(filter);
    const follower = tail.follow(tenantId);
    const shared = {
      database,
      tenantId,
      after,
      announcesStart,
      filter,
      follower,
      reads,
      positionIntervalMs,
      clock,
      onProblem,
    };
    const onAbort = (): void => void iterator.return();
    const iterator = createPullIterator({
      ...createSubscriber({ ...shared, pageSize: subscriberPageSize }),
      close() {
        follower.close();
        open.delete(iterator);
        signal?.removeEventListener("abort", onAbort);
      },
    });
    open.add(iterator);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted === true) onAbort();
    return iterator;
  }

  return {
    subscribe,
    get open() {
      return open.size;
    },
    async close() {
      closed = true;
      await Promise.all([...open].map((iterator) => iterator.return()));
      await tail.close();
    },
  };
}

function requireBounded(filter: EventFilter): void {
  for (const [field, values] of Object.entries(filter)) {
    if (values !== undefined && values.length > MAX_FILTER_VALUES) {
      throw new ServiceError("INVALID_INPUT", `filter.${field} must have at most ${MAX_FILTER_VALUES} values`);
    }
  }
}
