import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { createPausedDeliveries } from "./announce-paused.ts";
import { type AppliedDeliveries, applyDeliveries } from "./apply-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";
import { createUnfinishedAttempts } from "./unfinished-attempts.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly recent: RecentBodies;
  /** Returns whether many webhook calls wait for their response. */
  readonly isBusy: () => boolean;
  /** Number of attempts after which a delivery is parked. */
  readonly maxAttempts: number;
  readonly random: () => number;
  /** Called after a set is committed. */
  readonly onApplied: (applied: AppliedDeliveries) => void;
}

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
 * Applies the deliveries of one source, independently of all others: a slow or broken source delays only itself. While
 * many webhook calls wait for their response it uses about a quarter of the time: stored deliveries can wait, a
 * provider cannot.
 */
export function createApplier(options: ApplierOptions): Loop {
  const { db, source, recent, random, maxAttempts } = options;
  const log = options.log.child({ sourceId: source.id });
  const paused = createPausedDeliveries(source.id);
  const unfinished = createUnfinishedAttempts();
  return createLoop({
    pollMs: POLL_MS,
    random,
    async round(signal) {
      const startedAtMs = performance.now();
      const applied = await applyDeliveries({
        db,
        source,
        recent,
        paused,
        unfinished,
        maxSet: options.isBusy() ? MAX_BUSY_SET : MAX_SET,
        maxAttempts,
        random,
        signal,
      });
      if (applied.taken > 0) options.onApplied(applied);
      await yieldToReaders(options.isBusy, performance.now() - startedAtMs, signal);
      return applied.more;
    },
    onError(reason, failures) {
      if (failures === 1) log.warn({ err: reason }, "applying deliveries failed, trying again");
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
