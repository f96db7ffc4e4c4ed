import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { createSemaphore } from "../../runtime/semaphore.ts";
import { claimDuePolls, type DuePoll, returnPolls, settlePolls } from "../../sources/poll-schedule.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Source } from "../../sources/source.ts";
import type { Database } from "../../store/database.ts";

export interface PollerOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly random: () => number;
  /** Returns how many further streams may become due. */
  readonly room: () => number;
  /** Interval between searches for due polls. Default: one second. */
  readonly pollMs?: number;
  /** Interval between two looks for a source that this process does not know. Default: half a minute. */
  readonly lookMs?: number;
  /** Starts the scheduled run of a source. Must be safe to call twice. */
  readonly poll: (source: Source) => Promise<void>;
}

export interface Poller extends Loop {
  /** Signals that a stream has ended. A search that was left out for want of room is made up for. Cheap. */
  streamEnded(): void;
}

const POLL_MS = 1_000;
/** Room for so many streams is worth a search before its time. */
const ROOM_FOR_SEARCH = 16;
/** Most polls are started in a few milliseconds; one whose credentials are tried takes some seconds. */
const MAX_BATCH = 64;
const CONCURRENCY = 8;
const LOOK_MS = 30_000;
/** Sources that are looked for at the beginning of a search: each costs a statement at most. */
const MAX_LOOKS = 16;
/** Time after which a source that is still not known is claimed once more: it may have been deleted. */
const UNKNOWN_MS = 600_000;
const MAX_UNKNOWN = 10_000;

/**
 * Starts the scheduled runs of due sources. When the process has no room to read further streams, due sources wait in
 * the schedule: thousands of them cost nothing, and each tenant has its turn.
 */
export function createPoller(options: PollerOptions): Poller {
  const { db, sources, log, random, room, pollMs = POLL_MS, lookMs = LOOK_MS, poll } = options;
  const slots = createSemaphore(CONCURRENCY);
  /**
   * Sources that this process does not know, and when it has looked for them last; the first one is the one that it has
   * looked for least recently. While settings are rolled out, another process knows them.
   */
  const unknown = new LRUCache<string, { readonly tenantId: string; readonly lookedAtMs: number }>({
    max: MAX_UNKNOWN,
    ttl: UNKNOWN_MS,
    noUpdateTTL: true,
  });
  let lacksRoom = false;

  async function isKnown({ sourceId, tenantId }: DuePoll): Promise<boolean> {
    return (await sources.find(sourceId))?.tenantId === tenantId;
  }

  /** A source that is known by now is claimed by the next search: to look for it is cheaper than to claim it in vain. */
  async function lookForUnknown(): Promise<void> {
    const untilMs = performance.now() - lookMs;
    for (const sourceId of [...unknown.rkeys()].slice(0, MAX_LOOKS)) {
      const entry = unknown.peek(sourceId);
      if (entry === undefined || entry.lookedAtMs > untilMs) return; // those after it were looked for later
      if (await isKnown({ sourceId, tenantId: entry.tenantId })) unknown.delete(sourceId);
      else unknown.set(sourceId, { ...entry, lookedAtMs: performance.now() });
    }
  }

  /** @returns true if the poll is done: otherwise it must be tried again soon */
  async function start({ sourceId, tenantId }: DuePoll): Promise<boolean> {
    try {
      const source = await sources.find(sourceId);
      if (source?.tenantId === tenantId) {
        await poll(source);
        return true;
      }
      unknown.set(sourceId, { tenantId, lookedAtMs: performance.now() });
    } catch (err) {
      log.warn({ err, sourceId }, "a scheduled run could not be started, trying again");
    }
    return false;
  }

  const loop = createLoop({
    pollMs,
    random,
    async round(signal) {
      const limit = Math.min(MAX_BATCH, Math.ceil(room() / 2)); // most sources have several streams
      lacksRoom = limit <= 0;
      if (lacksRoom) return false;
      await lookForUnknown();
      const due = await claimDuePolls(db, limit, [...unknown.keys()]);
      if (due.length === 0) return false;
      const done = new Set<string>();
      await Promise.all(
        due.map((each) =>
          slots.run(async () => {
            if (!signal.aborted && (await start(each))) done.add(each.sourceId);
          }),
        ),
      );
      await settlePolls(db, [...done]);
      await returnPolls(
        db,
        due.map(({ sourceId }) => sourceId).filter((sourceId) => !done.has(sourceId)),
      );
      return due.length === limit;
    },
    onError(err, failures) {
      if (failures === 1) log.warn({ err }, "the search for due polls failed, trying again");
    },
  });
  return {
    ...loop,
    streamEnded() {
      if (lacksRoom && room() >= ROOM_FOR_SEARCH) loop.wake();
    },
  };
}
