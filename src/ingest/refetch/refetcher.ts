import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { createLoop } from "../../runtime/loop.ts";
import { createLoops, type Loops } from "../../runtime/loops.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { createBatchSize } from "./batch-size.ts";
import { refetchDue } from "./refetch-due.ts";

export interface RefetcherOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Name of this process in the leases: different in each, and after each restart. */
  readonly owner: string;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** `refetchNeeded` wakes the loop of its source. */
  readonly wakeUps: Pick<WakeUps, "on">;
}

/**
 * Resolves conflicts: fetches the objects whose state only the upstream can determine. Closing cancels the calls in
 * flight and releases their objects.
 */
export interface Refetcher extends Pick<Loops, "start" | "close"> {
  /** Returns the number of objects claimed since the start. */
  stats(): { readonly refetched: number };
}

/** Interval at which objects are found that another process requested, or whose pause is over. */
const POLL_MS = 1_000;

/**
 * Creates a refetcher with one loop per source: an upstream that is slow or unavailable delays only its own conflicts.
 */
export function createRefetcher(options: RefetcherOptions): Refetcher {
  const { db, owner, random } = options;
  let refetched = 0;
  const loops = createLoops(
    options.sources.map((source) => {
      const log = options.log.child({ sourceId: source.id });
      const size = createBatchSize();
      const loop = createLoop({
        pollMs: POLL_MS,
        random,
        async round(signal) {
          const claimed = await refetchDue({ db, source, owner, random, size, signal });
          refetched += claimed;
          return claimed > 0;
        },
        onError(reason, failures) {
          if (failures === 1) log.warn({ err: reason }, "fetching objects again failed, trying again");
        },
      });
      return [source.id, loop] as const;
    }),
  );
  const endWakeUps = options.wakeUps.on("refetchNeeded", loops.wake);
  return {
    start: loops.start,
    stats: () => ({ refetched }),
    async close(deadlineMs) {
      endWakeUps();
      await loops.close(deadlineMs);
    },
  };
}
