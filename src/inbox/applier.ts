import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createLoop, type Loop } from "../worker/loop.ts";
import { createPausedDeliveries } from "./announce-paused.ts";
import { type AppliedDeliveries, applyDeliveries } from "./apply-deliveries.ts";
import type { RecentBodies } from "./recent-bodies.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly recent: RecentBodies;
  /** Many webhook calls wait for their answer. */
  readonly isBusy: () => boolean;
  /** Tries after which a delivery is parked. */
  readonly maxAttempts: number;
  readonly random: () => number;
  /** Called after a set is committed. */
  readonly onApplied: (applied: AppliedDeliveries) => void;
}

/** Deliveries in one transaction: enough that its fixed cost no longer counts, few enough that it takes some 50 ms. */
const MAX_SET = 200;
/** While calls wait for their answer: reading a set holds up the event loop, by a few milliseconds then. */
const MAX_BUSY_SET = 50;
/** How late the deliveries are found that another replica stored before it died, or whose pause is over. */
const POLL_MS = 1_000;

/** What an object's change may come later to its subscribers while webhooks pour in. */
const MAX_GIVE_WAY_MS = 500;
const GIVE_WAY_STEP_MS = 5;

/**
 * Applies the deliveries of one source, apart from all others: a source that is slow or broken holds up only itself. While
 * many webhook calls wait for their answer it takes about a quarter of the time: what is stored can wait, a provider cannot.
 */
export function createApplier(options: ApplierOptions): Loop {
  const { db, source, recent, random, maxAttempts } = options;
  const log = options.log.child({ sourceId: source.id });
  const paused = createPausedDeliveries(source.id);
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
        maxSet: options.isBusy() ? MAX_BUSY_SET : MAX_SET,
        maxAttempts,
        random,
        signal,
      });
      if (applied.parked > 0) log.warn({ parked: applied.parked }, "deliveries were parked");
      if (applied.taken > 0) options.onApplied(applied);
      await giveWay(options.isBusy, performance.now() - startedAtMs, signal);
      return applied.more;
    },
    onError(reason, failures) {
      if (failures === 1) log.warn({ err: reason }, "applying deliveries failed, trying again");
    },
  });
}

/** Lets the calls that wait be answered first: three times as long as the set took, at most, or until they are few. */
async function giveWay(isBusy: () => boolean, setMs: number, signal: AbortSignal): Promise<void> {
  const untilMs = performance.now() + Math.min(3 * setMs, MAX_GIVE_WAY_MS);
  while (isBusy() && performance.now() < untilMs && !signal.aborted) await sleep(GIVE_WAY_STEP_MS);
}
