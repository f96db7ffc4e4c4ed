import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { createLoop } from "../../runtime/loop.ts";
import { createLoops, type Loops } from "../../runtime/loops.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import type { CheckPace } from "./may-be-read.ts";
import { startRequestedReads, isWorthLogging } from "./start-requested-reads.ts";

export interface RefreshWatcherOptions {
  readonly db: Database;
  readonly sources: Iterable<Source>;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** `refreshRequested` wakes the loop of its source; a run that was started causes `runRequested`. */
  readonly wakeUps: Pick<WakeUps, "on" | "runRequested">;
}

/** Starts reads of the streams for which webhooks reported new data. */
export type RefreshWatcher = Pick<Loops, "close">;

/** Interval at which a request is found that another process stored, or that had to wait for a run. */
const POLL_MS = 1_000;

/**
 * Starts one loop for each source that accepts webhooks: testing credentials of one source does not delay the others.
 */
export function startRefreshWatcher({ sources, wakeUps, ...options }: RefreshWatcherOptions): RefreshWatcher {
  const pace: CheckPace = new Map();
  const loops = createLoops(
    [...sources]
      .filter(({ connector }) => connector.webhook !== undefined)
      .map((source) => {
        const loop = createLoop({
          pollMs: POLL_MS,
          random: options.random,
          async round() {
            if (await startRequestedReads({ ...options, source, pace })) wakeUps.runRequested(source.id);
            return false;
          },
          onError(reason, failures) {
            if (failures === 1 && isWorthLogging(reason))
              options.log.warn(
                { err: reason, sourceId: source.id },
                "requested stream refreshes could not be started, trying again",
              );
          },
        });
        return [source.id, loop] as const;
      }),
  );
  const endWakeUps = wakeUps.on("refreshRequested", loops.wake);
  loops.start();
  return {
    async close(deadlineMs) {
      endWakeUps();
      await loops.close(deadlineMs);
    },
  };
}
