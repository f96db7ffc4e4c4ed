import { ServiceError } from "../domain/error.ts";
import { outsideSpans } from "./tracing.ts";

export interface GroupCommitOptions<Item, Result> {
  /** Commits the items together and returns a result for each, in order. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Size of an item, in any unit: the limits are in the same one. */
  readonly sizeOf: (item: Item) => number;
  /** Maximum number of items of one commit. Default: any. */
  readonly maxBatch?: number;
  /** Maximum size of one commit; a larger item is committed alone. */
  readonly maxBatchSize: number;
  /** Maximum number of concurrent commits. Default: 1. */
  readonly maxInFlight?: number;
  /** Limits of waiting. Undefined: what may wait, and for how long, is limited elsewhere. */
  readonly limits?: WaitLimits;
  /**
   * True for a failure that one of several items may have caused: both halves are then committed separately, so that
   * only this item fails. Default: all fail together.
   */
  readonly isOfOneItem?: (failure: ServiceError) => boolean;
}

export interface WaitLimits {
  /** Maximum number of items that wait for a commit; further ones are rejected. */
  readonly maxWaiting: number;
  /** Maximum size of all waiting items; further ones are rejected too. */
  readonly maxWaitingSize: number;
  /** Longest wait for a commit to begin. */
  readonly maxQueueMs: number;
  /** Longest wait for a commit to end. */
  readonly maxWaitMs: number;
  /** Error for an item that is not committed. */
  readonly overloaded: () => ServiceError;
  /** Error for an item whose commit has not ended in time: its outcome is unknown. */
  readonly timedOut: () => ServiceError;
}

export interface GroupCommit<Item, Result> {
  /**
   * Resolves after the commit that contains the item.
   * @throws ServiceError `overloaded` when it was never begun; `timedOut` when its outcome is unknown; or what `commit`
   * threw
   */
  add(item: Item): Promise<Result>;
  /** Number of items that wait for a commit to begin. */
  waiting(): number;
  /** Waiting time of the first of them; 0 if none waits. */
  waitedMs(): number;
  /** Number of items that are in a commit. */
  committing(): number;
  /** Resolves when nothing waits and nothing is in flight. */
  drained(): Promise<void>;
  /** Rejects all items that still wait. */
  refuseWaiting(reason: ServiceError): void;
}

interface Waiter<Item, Result> {
  readonly item: Item;
  readonly size: number;
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: ServiceError) => void;
}

/**
 * Commits all items that arrive while a commit is in flight together in the next one: the higher the load, the lower
 * the cost of each item.
 */
export function createGroupCommit<Item, Result>(options: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  const { maxBatch = Infinity, maxBatchSize, maxInFlight = 1, limits, isOfOneItem = () => false } = options;
  const queue: Waiter<Item, Result>[] = [];
  const idle: (() => void)[] = [];
  let waitingSize = 0;
  let inFlight = 0;
  let committing = 0;
  let scheduled = false;
  let sweep: NodeJS.Timeout | undefined;

  /**
   * Runs at the end of this turn of the event loop, so that requests that were read from the sockets together are
   * committed together.
   */
  function schedule(): void {
    if (scheduled || inFlight >= maxInFlight) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (queue.length > 0 && inFlight < maxInFlight) void flush(take(batchLength()));
    });
  }

  /** Number of items at the head of the queue that fit into one commit, at least one. */
  function batchLength(): number {
    let size = 0;
    const end = queue.findIndex((waiter, index) => {
      size += waiter.size;
      return index > 0 && (index >= maxBatch || size > maxBatchSize);
    });
    return end === -1 ? queue.length : end;
  }

  function take(count: number): readonly Waiter<Item, Result>[] {
    const taken = queue.splice(0, count);
    for (const { size } of taken) waitingSize -= size;
    return taken;
  }

  async function flush(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    inFlight += 1;
    committing += batch.length;
    const timer = limits && setTimeout(() => rejectAll(batch, limits.timedOut()), limits.maxWaitMs);
    await commitTogether(batch);
    clearTimeout(timer);
    inFlight -= 1;
    committing -= batch.length;
    schedule();
    if (inFlight === 0 && queue.length === 0) for (const resolve of idle.splice(0)) resolve();
  }

  /** Never rejects. */
  async function commitTogether(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    try {
      // it belongs to all items, and not to the one that happened to set it off
      const results = await outsideSpans(() => options.commit(batch.map(({ item }) => item)));
      for (const [index, waiter] of batch.entries()) waiter.resolve(results[index] as Result); // one for each, in order
    } catch (reason) {
      const failure = ServiceError.from(reason);
      if (batch.length === 1 || !isOfOneItem(failure)) return rejectAll(batch, failure);
      const half = Math.ceil(batch.length / 2);
      await commitTogether(batch.slice(0, half));
      await commitTogether(batch.slice(half));
    }
  }

  /** The queue is in order of arrival, so only its head can be too old. */
  function watchAge(own: WaitLimits): void {
    sweep ??= setTimeout(() => {
      sweep = undefined;
      const oldestMs = performance.now() - own.maxQueueMs;
      const fresh = queue.findIndex(({ sinceMs }) => sinceMs > oldestMs);
      rejectAll(take(fresh === -1 ? queue.length : fresh), own.overloaded());
      if (queue.length > 0) watchAge(own);
    }, own.maxQueueMs / 5).unref();
  }

  return {
    add(item) {
      const size = options.sizeOf(item);
      if (limits !== undefined) {
        const isFull = queue.length >= limits.maxWaiting || waitingSize + size > limits.maxWaitingSize;
        if (isFull) return Promise.reject(limits.overloaded());
      }
      return new Promise((resolve, reject) => {
        waitingSize += size;
        queue.push({ item, size, sinceMs: performance.now(), resolve, reject });
        if (limits !== undefined) watchAge(limits);
        schedule();
      });
    },
    waiting: () => queue.length,
    waitedMs: () => (queue[0] === undefined ? 0 : performance.now() - queue[0].sinceMs),
    committing: () => committing,
    drained: () =>
      inFlight === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => void idle.push(resolve)),
    refuseWaiting: (reason) => rejectAll(take(queue.length), reason),
  };
}

function rejectAll<Item, Result>(waiters: readonly Waiter<Item, Result>[], reason: ServiceError): void {
  for (const waiter of waiters) waiter.reject(reason);
}
