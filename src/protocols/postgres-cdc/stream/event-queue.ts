interface Waiting<T> {
  resolve(result: IteratorResult<T, never>): void;
  reject(reason: unknown): void;
}

interface Entry<T> {
  readonly value: T;
  readonly bytes: number;
}

/** From here on the producer is asked to pause; it may add what it had received before. */
const FULL_VALUES = 1_000;
const FULL_BYTES = 1_048_576;
/** So many entries that were taken are removed at once. */
const REMOVED_AT_ONCE = 1_000;

/** Values between a producer that can be paused and one consumer. */
export class EventQueue<T> {
  /** A list with its beginning at `#start`, because `shift` may move all the others. */
  #entries: Entry<T>[] = [];
  #start = 0;
  #bytes = 0;
  #waiting: Waiting<T> | undefined;
  #failure: { readonly reason: unknown } | undefined;
  readonly #onSpace: () => void;

  /** @param onSpace called when a consumer has taken so much that the producer may continue */
  constructor(onSpace: () => void) {
    this.#onSpace = onSpace;
  }

  get isFull(): boolean {
    return this.#entries.length - this.#start >= FULL_VALUES || this.#bytes >= FULL_BYTES;
  }

  /** @param bytes its share of memory; 0 for what is small */
  push(value: T, bytes: number): void {
    if (this.#failure !== undefined) return;
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.resolve({ done: false, value });
      return;
    }
    this.#entries.push({ value, bytes });
    this.#bytes += bytes;
  }

  /** Ends the queue: the values that are in it are still taken, then every call rejects. The first reason counts. */
  fail(reason: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { reason };
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
  }

  /** Ends the queue at once, without the values that are in it. */
  abandon(reason: unknown): void {
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    this.fail(reason);
  }

  /** Resolves with the next value. To be called again when its promise has settled. */
  next(): Promise<IteratorResult<T, never>> {
    const entry = this.#entries[this.#start];
    if (entry !== undefined) {
      this.#take(entry);
      return Promise.resolve({ done: false, value: entry.value });
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure.reason);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #take({ bytes }: Entry<T>): void {
    const wasFull = this.isFull;
    this.#bytes -= bytes;
    this.#start += 1;
    // without the second condition a queue that never becomes empty would keep everything that it delivered
    if (this.#start === this.#entries.length || this.#start >= REMOVED_AT_ONCE) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
    if (wasFull && !this.isFull) this.#onSpace();
  }
}
