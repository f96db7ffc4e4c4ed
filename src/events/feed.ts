import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import { createSubscriber } from "./subscriber.ts";
import type { EventFilter } from "./filter.ts";
import { createLimit } from "./limit.ts";
import { createPullIterator, type PullIterator } from "./pull-iterator.ts";
import type { StreamItem } from "./stream-item.ts";
import { createEventTail, type EventTailOptions } from "./tail.ts";

export interface SubscribeInput {
  readonly tenantId: string;
  /** Number of the last event already had; undefined begins now, and tells first where that is. */
  readonly after: bigint | undefined;
  readonly filter: EventFilter;
  /** Ends the subscription. */
  readonly signal?: AbortSignal;
}

export interface EventFeed {
  /**
   * Every wanted event after `after`, once, in commit order. Reads nothing ahead: what the consumer does not ask for
   * stays in the log.
   * @throws ServiceError INVALID_INPUT | OVERLOADED; the iterator: INTERNAL
   */
  subscribe(input: SubscribeInput): PullIterator<StreamItem>;
  /** Subscriptions that are open now. */
  readonly open: number;
  /** Ends all subscriptions and the tail. */
  close(): Promise<void>;
}

export interface EventFeedOptions extends EventTailOptions {
  readonly database: Database;
  /** Events that a subscriber behind the tail reads and holds at a time. Default 200: about 60 kB. */
  readonly subscriberPageSize?: number;
  /** Pages of the log read at the same time by all subscribers behind the tail. Default 4. */
  readonly maxReads?: number;
  /** A subscriber whose filter passes nothing learns its newer position this often. Default 15,000. */
  readonly positionIntervalMs?: number;
  /** Milliseconds since the epoch. Default the system's clock. */
  readonly clock?: () => number;
}

/** A filter names the things on a screen; more than this is a mistake or an attack. */
const MAX_FILTER_VALUES = 1_000;

/** Live subscriptions to the event log, and the tail that they share. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { database, subscriberPageSize = 200, positionIntervalMs = 15_000 } = options;
  const { maxReads = 4, clock = Date.now, onProblem = () => undefined } = options;
  const limitReads = createLimit(maxReads);
  const tail = createEventTail(options);
  const open = new Set<PullIterator<StreamItem>>();
  let closed = false;

  function subscribe({ tenantId, after, filter, signal }: SubscribeInput): PullIterator<StreamItem> {
    if (closed) throw new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 });
    requireBounded(filter);
    const follower = tail.follow(tenantId);
    const shared = { database, tenantId, after, filter, follower, limitReads, positionIntervalMs, clock, onProblem };
    const onAbort = (): void => void iterator.return();
    const iterator = createPullIterator({
      pull: createSubscriber({ ...shared, pageSize: subscriberPageSize }),
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
      throw new ServiceError("INVALID_INPUT", `filter.${field} takes ${MAX_FILTER_VALUES} values at most`);
    }
  }
}
