import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { DELIVERY } from "../../domain/lifecycles.ts";
import type { Database } from "../../store/database.ts";
import type { DueRows } from "../../store/find-due-sources.ts";
import { allows } from "../../store/status-sql.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { createSourceWork, type SourceWork } from "../../sources/source-work.ts";
import { createPausedDeliveries, type PausedDeliveries } from "./announce-paused.ts";
import { type AppliedDeliveries, applyDeliveries } from "./apply-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";
import { createUnfinishedAttempts } from "./unfinished-attempts.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly recent: RecentBodies;
  /** Returns whether many webhook calls of a tenant wait for their response. */
  readonly isBusy: (tenantId: string) => boolean;
  /** Number of attempts after which a delivery is parked. */
  readonly maxAttempts: number;
  readonly random: () => number;
  /** Called after a set of a source is committed. */
  readonly onApplied: (source: Source, applied: AppliedDeliveries) => void;
}

/** Deliveries that wait to be applied. Those of a paused source are found too: they are announced. */
export const DUE_DELIVERIES: DueRows = {
  table: "deliveries",
  indexed: allows("status", DELIVERY, "apply"),
  due: "next_attempt_at <= now()",
};

/** Each uses a connection, and most of the work is done by this process. */
const CONCURRENCY = 8;
/** Paused sources whose position is remembered: for others it is found again. */
const MAX_POSITIONS = 1_000;
/**
 * Maximum number of deliveries in one transaction: enough to make its fixed cost negligible, few enough that it takes
 * some 50 ms.
 */
const MAX_SET = 200;
/**
 * Maximum number while calls wait for their response: reading a set blocks the event loop, with this limit for a few
 * milliseconds.
 */
const MAX_BUSY_SET = 50;
/** Maximum delay until deliveries are found that another replica stored before it died, or whose pause is over. */
const POLL_MS = 1_000;

/** Maximum additional delay of an object's change for its subscribers while many webhooks arrive. */
const MAX_YIELD_MS = 500;
const YIELD_STEP_MS = 5;

/**
 * Applies the deliveries of all sources: a slow or broken source delays only itself. While many webhook calls wait for
 * their response it uses about a quarter of the time: stored deliveries can wait, a provider cannot.
 */
export function createApplier(options: ApplierOptions): SourceWork {
  const { db, sources, log, recent, random, maxAttempts } = options;
  const positions = new LRUCache<string, PausedDeliveries>({ max: MAX_POSITIONS });
  const unfinished = createUnfinishedAttempts();

  function pausedOf(sourceId: string): PausedDeliveries {
    const paused = positions.get(sourceId) ?? createPausedDeliveries(sourceId);
    positions.set(sourceId, paused);
    return paused;
  }

  return createSourceWork({
    db,
    sources,
    log,
    rows: DUE_DELIVERIES,
    name: "applying deliveries",
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    random,
    async round(source, signal) {
      const startedAtMs = performance.now();
      const isBusy = (): boolean => options.isBusy(source.tenantId);
      const applied = await applyDeliveries({
        db,
        source,
        recent,
        paused: pausedOf(source.id),
        unfinished,
        maxSet: isBusy() ? MAX_BUSY_SET : MAX_SET,
        maxAttempts,
        random,
        signal,
      });
      if (applied.taken > 0) options.onApplied(source, applied);
      await yieldToReaders(isBusy, performance.now() - startedAtMs, signal);
      if (applied.more) return "more";
      return applied.taken > 0 ? "done" : "nothing";
    },
  });
}

/**
 * Lets the waiting calls be answered first: for at most three times the duration of the set, or until only few wait.
 */
async function yieldToReaders(isBusy: () => boolean, setMs: number, signal: AbortSignal): Promise<void> {
  const untilMs = performance.now() + Math.min(3 * setMs, MAX_YIELD_MS);
  while (isBusy() && performance.now() < untilMs && !signal.aborted) await sleep(YIELD_STEP_MS);
}
