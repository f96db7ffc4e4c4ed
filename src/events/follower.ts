import { createNotifier } from "../runtime/notifier.ts";
import type { Ring } from "./ring.ts";

/** Connection of one subscriber to its tenant's tail. */
export interface Follower {
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
  wake(): void;
  /** Detaches from the tail, immediately and permanently. */
  close(): void;
}

export interface FollowerOptions {
  readonly ring: () => Ring | undefined;
  readonly onClose: () => void;
}

export function createFollower({ ring, onClose }: FollowerOptions): Follower {
  const wakes = createNotifier();
  let seen = 0;
  let closed = false;
  return {
    get ring() {
      return ring();
    },
    get closed() {
      return closed;
    },
    async changed(timeoutMs) {
      if (!closed) await wakes.wait(seen, { ms: timeoutMs });
      seen = wakes.count();
    },
    wake: wakes.fire,
    close() {
      if (closed) return;
      closed = true;
      onClose();
      wakes.fire();
    },
  };
}
