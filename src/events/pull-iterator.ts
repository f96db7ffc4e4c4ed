/**
 * An iterator whose `return` takes effect immediately, even while a `next` is pending: that `next` then ends too. The
 * `return` of an async generator would queue behind it, and a subscription to a quiet log would never be released.
 */
export interface PullIterator<T> extends AsyncIterableIterator<T, undefined> {
  return(): Promise<IteratorResult<T, undefined>>;
  throw(reason: unknown): Promise<IteratorResult<T, undefined>>;
}

export interface PullIteratorOptions<T> {
  /**
   * Produces the next value; undefined ends the iteration. Called again only after its promise has settled. It does not
   * have to end on `close`.
   */
  readonly pull: () => Promise<T | undefined>;
  /** Called once: when a value was undefined, `pull` rejected, or the consumer stopped. */
  readonly close: () => void;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(reason: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

export function createPullIterator<T>({ pull, close }: PullIteratorOptions<T>): PullIterator<T> {
  const waiting: Waiting<T>[] = [];
  let pulling = false;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    close();
    for (const one of waiting.splice(0)) one.resolve(DONE);
  }

  /** Serves the pending calls in order, one pull at a time. */
  async function serve(): Promise<void> {
    pulling = true;
    try {
      while (waiting.length > 0) {
        const value = await pull();
        if (value === undefined) end();
        else waiting.shift()?.resolve({ done: false, value });
      }
    } catch (reason) {
      waiting.shift()?.reject(reason);
      end();
    } finally {
      pulling = false;
    }
  }

  return {
    next() {
      if (ended) return Promise.resolve(DONE);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (!pulling) void serve();
      });
    },
    return() {
      end();
      return Promise.resolve(DONE);
    },
    throw(reason) {
      end();
      // `throw` rejects with the reason that the consumer passed in.
      return Promise.reject(reason instanceof Error ? reason : new Error(String(reason)));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
