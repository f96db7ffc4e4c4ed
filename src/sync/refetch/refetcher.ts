import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import { createLoop } from "../../worker/loop.ts";
import { createBatchSize } from "./batch-size.ts";
import { refetchDue } from "./refetch-due.ts";

export interface RefetcherOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Names this process in the leases: different in each, also after a restart. */
  readonly owner: string;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
}

/** Settles doubts: fetches the objects that only the upstream can tell the state of. */
export interface Refetcher {
  start(): void;
  /** Objects of this source may have become due. */
  wake(sourceId: string): void;
  /** Objects claimed since the start. */
  stats(): { readonly refetched: number };
  /** Cancels the calls in flight and gives their objects back. Resolves at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** How late the objects are found that another process asked for, or whose pause is over. */
const POLL_MS = 1_000;

/** One loop per source: an upstream that is slow or away holds up only its own doubts. */
export function createRefetcher(options: RefetcherOptions): Refetcher {
  const { db, owner, random } = options;
  let refetched = 0;
  const loops = new Map(
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
  return {
    start() {
      for (const loop of loops.values()) loop.start();
    },
    wake: (sourceId) => loops.get(sourceId)?.wake(),
    stats: () => ({ refetched }),
    async close(deadlineMs) {
      await Promise.all([...loops.values()].map((loop) => loop.close(deadlineMs)));
    },
  };
}
