import { ServiceError } from "../domain/error.ts";

export interface GroupCommitOptions<Item, Result> {
  /** Commits the items together and answers for each, in order. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Bytes that an item holds in memory. */
  readonly sizeOf: (item: Item) => number;
  readonly maxBatch: number;
  /** Bytes of one commit; an item larger than that is committed alone. */
  readonly maxBatchBytes: number;
  /** Commits at the same time. */
  readonly maxInFlight: number;
  /** Items that wait for a commit; beyond it new ones are refused. */
  readonly maxWaiting: number;
  /** Bytes of all items that wait, alike. */
  readonly maxWaitingBytes: number;
  /** Longest wait for a commit to begin. */
  readonly maxQueueMs: number;
  /** Longest wait for it to end. */
  readonly maxWaitMs: number;
}

export interface GroupCommit<Item, Result> {
  /**
   * Resolves after the commit that holds the item.
   * @throws ServiceError OVERLOADED when it was never begun; STORE_UNAVAILABLE when it has no known end; or what `commit` threw
   */
  add(item: Item): Promise<Result>;
  /** Items that wait for a commit to begin. */
  waiting(): number;
  /** How long the first of them has waited; 0: none does. */
  waitedMs(): number;
  /** Items that are in a commit. */
  committing(): number;
  /** Resolves when nothing waits and nothing is in flight. */
  drained(): Promise<void>;
  /** Refuses what still waits. */
  refuseWaiting(): void;
}

interface Waiter<Item, Result> {
  readonly item: Item;
  readonly bytes: number;
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: ServiceError) => void;
}

/** Whoever comes while a commit is in flight is committed together in the next one: the busier, the cheaper each. */
export function createGroupCommit<Item, Result>(options: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  const queue: Waiter<Item, Result>[] = [];
  const idle: (() => void)[] = [];
  let waitingBytes = 0;
  let inFlight = 0;
  let committing = 0;
  let scheduled = false;
  let sweep: NodeJS.Timeout | undefined;

  /** At the end of this turn of the event loop: requests that were read from the sockets together go together. */
  function schedule(): void {
    if (scheduled || inFlight >= options.maxInFlight) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (queue.length > 0 && inFlight < options.maxInFlight) void flush(take(batchLength()));
    });
  }

  /** Items at the head of the queue that fit into one commit, at least one. */
  function batchLength(): number {
    let bytes = 0;
    const end = queue.findIndex((waiter, index) => {
      bytes += waiter.bytes;
      return index > 0 && (index >= options.maxBatch || bytes > options.maxBatchBytes);
    });
    return end === -1 ? queue.length : end;
  }

  function take(count: number): readonly Waiter<Item, Result>[] {
    const taken = queue.splice(0, count);
    for (const { bytes } of taken) waitingBytes -= bytes;
    return taken;
  }

  async function flush(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    inFlight += 1;
    committing += batch.length;
    const timer = setTimeout(() => rejectAll(batch, noAnswer()), options.maxWaitMs);
    try {
      const results = await options.commit(batch.map(({ item }) => item));
      for (const [index, waiter] of batch.entries()) waiter.resolve(results[index] as Result); // one for each, in order
    } catch (reason) {
      rejectAll(batch, ServiceError.from(reason));
    } finally {
      clearTimeout(timer);
      inFlight -= 1;
      committing -= batch.length;
      schedule();
      if (inFlight === 0 && queue.length === 0) for (const resolve of idle.splice(0)) resolve();
    }
  }

  /** The queue is in order of arrival, so only its head can be too old. */
  function watchAge(): void {
    sweep ??= setTimeout(() => {
      sweep = undefined;
      const oldestMs = performance.now() - options.maxQueueMs;
      const fresh = queue.findIndex(({ sinceMs }) => sinceMs > oldestMs);
      rejectAll(take(fresh === -1 ? queue.length : fresh), overloaded());
      if (queue.length > 0) watchAge();
    }, options.maxQueueMs / 5).unref();
  }

  return {
    add(item) {
      const bytes = options.sizeOf(item);
      const isFull = queue.length >= options.maxWaiting || waitingBytes + bytes > options.maxWaitingBytes;
      if (isFull) return Promise.reject(overloaded());
      return new Promise((resolve, reject) => {
        waitingBytes += bytes;
        queue.push({ item, bytes, sinceMs: performance.now(), resolve, reject });
        watchAge();
        schedule();
      });
    },
    waiting: () => queue.length,
    waitedMs: () => (queue[0] === undefined ? 0 : performance.now() - queue[0].sinceMs),
    committing: () => committing,
    drained: () =>
      inFlight === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => void idle.push(resolve)),
    refuseWaiting: () => rejectAll(take(queue.length), overloaded()),
  };
}

function rejectAll<Item, Result>(waiters: readonly Waiter<Item, Result>[], reason: ServiceError): void {
  for (const waiter of waiters) waiter.reject(reason);
}

/** Whoever sends should come again later. */
export function overloaded(): ServiceError {
  return new ServiceError("OVERLOADED", "too many deliveries are waiting, send it again later", {
    retryAfterMs: 5_000,
  });
}

/** It may have been committed: the provider sends it again, and it is then a duplicate. */
function noAnswer(): ServiceError {
  return new ServiceError("STORE_UNAVAILABLE", "the database did not answer in time", { retryAfterMs: 1_000 });
}
