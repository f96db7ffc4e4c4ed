/**
 * An iterator whose `return` takes effect immediately, even while a `next` is pending: that `next` then ends too. The
 * `return` of an async generator would queue behind it, and a subscription to a quiet log would never be released.
 */
export interface PullIterator<T> extends AsyncIterableIterator<T, undefined> {
  return(): Promise<IteratorResult<T, undefined>>;
  throw(reason: unknown): Promise<IteratorResult<T, undefined>>;
  /**
   * Takes up to `max` further values that need no waiting, in order; none while a `next` is pending. A consumer that
   * handles several values at a time calls it after `next`.
   */
  takeReady(max: number): readonly T[];
}

export interface PullIteratorOptions<T> {
  /**
   * Produces the next value; undefined ends the iteration. Called again only after its promise has settled. It does not
   * have to end on `close`.
   */
  readonly pull: () => Promise<T | undefined>;
  /** Returns the next value if that needs no waiting. Default: there is never one. */
  readonly pullReady?: () => T | undefined;
  /** Called once: when a value was undefined, `pull` rejected, or the consumer stopped. */
  readonly close: () => void;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(reason: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

export function createPullIterator<T>(options: PullIteratorOptions<T>): PullIterator<T> {
  return new PullingIterator(options);
}

/** A class, because there are several for each subscriber: its functions are in memory once. */
class PullingIterator<T> implements PullIterator<T> {
  readonly #options: PullIteratorOptions<T>;
  /** Calls of `next` behind the first one, which is usually the only one. */
  #waiting: Waiting<T>[] | undefined;
  #first: Waiting<T> | undefined;
  #isPulling = false;
  #isEnded = false;

  constructor(options: PullIteratorOptions<T>) {
    this.#options = options;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#isEnded) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      if (this.#first === undefined) this.#first = { resolve, reject };
      else (this.#waiting ??= []).push({ resolve, reject });
      if (!this.#isPulling) void this.#serve();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return Promise.resolve(DONE);
  }

  throw(reason: unknown): Promise<IteratorResult<T, undefined>> {
    this.#end();
    // `throw` rejects with the reason that the consumer passed in.
    return Promise.reject(reason instanceof Error ? reason : new Error(String(reason)));
  }

  takeReady(max: number): readonly T[] {
    const taken: T[] = [];
    if (this.#isEnded || this.#isPulling) return taken;
    while (taken.length < max) {
      const value = this.#options.pullReady?.();
      if (value === undefined) break;
      taken.push(value);
    }
    return taken;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #shift(): Waiting<T> | undefined {
    const first = this.#first;
    this.#first = this.#waiting?.shift();
    return first;
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.close();
    for (let one = this.#shift(); one !== undefined; one = this.#shift()) one.resolve(DONE);
  }

  /** Serves the pending calls in order, one pull at a time. */
  async #serve(): Promise<void> {
    this.#isPulling = true;
    try {
      while (this.#first !== undefined) {
        const value = await this.#options.pull();
        if (value === undefined) this.#end();
        else this.#shift()?.resolve({ done: false, value });
      }
    } catch (reason) {
      this.#shift()?.reject(reason);
      this.#end();
    } finally {
      this.#isPulling = false;
    }
  }
}
