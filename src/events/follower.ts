import type { Waiter } from "../runtime/wake-turns.ts";
import type { Ring } from "./ring.ts";

/** Connection of one subscriber to its tenant's tail. */
export interface Follower extends Waiter {
  /**
   * Newest events; undefined until the tail has read the log's head. A different object after the tail has skipped
   * events.
   */
  readonly ring: Ring | undefined;
  readonly closed: boolean;
  /**
   * Resolves when the ring has advanced since the last `changed()` resolved, so that no change is missed: immediately
   * if it already has; also after `timeoutMs` and on `close`. One call at a time.
   */
  changed(timeoutMs?: number): Promise<void>;
  /** Detaches from the tail, immediately and permanently. */
  close(): void;
}

/** The tail as its followers see it. */
export interface FollowedTail {
  readonly ring: Ring | undefined;
  /** Called once, when the follower closes. */
  remove(follower: Follower): void;
}

export function createFollower(tail: FollowedTail): Follower {
  return new TailFollower(tail);
}

/** A class, because there is one for each subscriber: its functions are in memory once. */
class TailFollower implements Follower {
  readonly #tail: FollowedTail;
  #closed = false;
  #hasChanged = false;
  /** Of the waiting call. */
  #resolve: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(tail: FollowedTail) {
    this.#tail = tail;
  }

  get ring(): Ring | undefined {
    return this.#tail.ring;
  }

  get closed(): boolean {
    return this.#closed;
  }

  changed(timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      if (this.#hasChanged || this.#closed) return this.#end();
      if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.#end(), timeoutMs);
    });
  }

  wake(): void {
    this.#hasChanged = true;
    if (this.#resolve !== undefined) this.#end();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tail.remove(this);
    this.#end();
  }

  /** Ends the waiting call. */
  #end(): void {
    clearTimeout(this.#timer);
    const resolve = this.#resolve;
    this.#timer = this.#resolve = undefined;
    this.#hasChanged = false;
    resolve?.();
  }
}
