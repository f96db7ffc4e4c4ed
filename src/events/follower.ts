import type { Ring } from "./ring.ts";

/** One subscriber's hold on its tenant's tail. */
export interface Follower {
  /** The newest events; undefined until the tail has read the log's head. Another object after a jump of the tail. */
  readonly ring: Ring | undefined;
  readonly closed: boolean;
  /**
   * Resolves when the ring moved after the last `changed()` had resolved, so that no move is missed: at once if it
   * already did; also after `timeoutMs` and on `close`. One call at a time.
   */
  changed(timeoutMs?: number): Promise<void>;
  wake(): void;
  /** Leaves the tail; at once and for good. */
  close(): void;
}

export interface FollowerOptions {
  readonly ring: () => Ring | undefined;
  readonly onClose: () => void;
}

export function createFollower({ ring, onClose }: FollowerOptions): Follower {
  let woken = false;
  let closed = false;
  let resume: (() => void) | undefined;

  function wake(): void {
    woken = true;
    resume?.();
  }

  return {
    get ring() {
      return ring();
    },
    get closed() {
      return closed;
    },
    async changed(timeoutMs) {
      if (!woken && !closed) {
        const waiting = Promise.withResolvers<void>();
        const timer = timeoutMs === undefined ? undefined : setTimeout(waiting.resolve, timeoutMs);
        resume = waiting.resolve;
        await waiting.promise;
        clearTimeout(timer);
        resume = undefined;
      }
      woken = false;
    },
    wake,
    close() {
      if (closed) return;
      closed = true;
      onClose();
      wake();
    },
  };
}
