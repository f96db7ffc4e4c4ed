import type { Database } from "../store/database.ts";
import { createWakeTurns } from "../runtime/wake-turns.ts";
import { createFollower, type FollowedTail, type Follower } from "./follower.ts";
import { readBounds, readLog } from "./read-log.ts";
import { createRing, type Ring } from "./ring.ts";

/** Reads the end of one tenant's log once for all of its subscribers. */
export interface TenantTail {
  /** Current number of subscribers. */
  readonly followers: number;
  /** Adds a subscriber until its `close` is called. */
  follow(): Follower;
  /**
   * Reads everything that was committed before this call and wakes the subscribers. Calls made during a read share one
   * further read: a thousand notifications cost two statements.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
   */
  catchUp(): Promise<void>;
}

export interface TenantTailOptions {
  readonly database: Database;
  readonly tenantId: string;
  /** Number of events kept in memory for subscribers that are up to date. */
  readonly ringSize: number;
  /** Maximum number of events read by one statement. */
  readonly pageSize: number;
  /** Called when the last subscriber has closed. */
  readonly onIdle: () => void;
}

export function createTenantTail(options: TenantTailOptions): TenantTail {
  const { database, tenantId, ringSize, pageSize, onIdle } = options;
  const followers = new Set<Follower>();
  const turns = createWakeTurns();
  let ring: Ring | undefined;
  let isReadRequested = false;
  let running: Promise<void> | undefined;

  const followed: FollowedTail = {
    get ring() {
      return ring;
    },
    remove(follower) {
      if (followers.delete(follower) && followers.size === 0) onIdle();
    },
  };

  function startAt(head: bigint): void {
    ring = createRing(head, ringSize);
    turns.add(followers);
  }

  async function readToHead(): Promise<void> {
    if (ring === undefined) return startAt((await readBounds(database, tenantId)).head);
    for (;;) {
      const page = await readLog(database, { tenantId, after: ring.to, filter: {}, limit: pageSize });
      // The events were deleted before we read them, or the log is an older copy: each subscriber detects this from the
      // log itself.
      if (page.floor > ring.to || page.head < ring.to) return startAt(page.head);
      if (page.through > ring.to) {
        ring.push(page.events, page.through);
        turns.add(followers);
      }
      if (page.through >= page.head) return;
    }
  }

  async function readWhileRequested(): Promise<void> {
    try {
      while (isReadRequested) {
        isReadRequested = false;
        await readToHead();
      }
    } finally {
      running = undefined;
    }
  }

  return {
    get followers() {
      return followers.size;
    },
    follow() {
      const follower = createFollower(followed);
      followers.add(follower);
      return follower;
    },
    catchUp() {
      isReadRequested = true;
      running ??= readWhileRequested();
      return running;
    },
  };
}
