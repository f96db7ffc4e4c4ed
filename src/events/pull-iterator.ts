/**
 * An iterator whose `return` takes effect at once, also while a `next` is waiting: that one then ends too. An async
 * generator's `return` would queue behind it, and a subscription to a quiet log would never be given up.
 */
export interface PullIterator<T> extends AsyncIterableIterator<T, undefined> {
  return(): Promise<IteratorResult<T, undefined>>;
  throw(reason: unknown): Promise<IteratorResult<T, undefined>>;
}

export interface PullIteratorOptions<T> {
  /** Makes the next value; undefined ends. Called again only after it has settled. Need not end on `close`. */
  readonly pull: () => Promise<T | undefined>;
  /** Called once: when a value was undefined, `pull` rejected, or the consumer left. */
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

  /** Serves the waiting calls in order, one pull at a time. */
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
      // What the consumer threw in comes back to it, whatever it was.
      return Promise.reject(reason instanceof Error ? reason : new Error(String(reason)));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
