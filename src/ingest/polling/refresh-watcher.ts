import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { createSourceWork, type SourceWork } from "../../sources/source-work.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { DUE_REFRESH_REQUESTS } from "../runs/refresh-requests.ts";
import { startRequestedReads, isWorthLogging } from "./start-requested-reads.ts";

export interface RefreshWatcherOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** `refreshRequested` wakes the work of its source; a run that was started causes `runRequested`. */
  readonly wakeUps: Pick<WakeUps, "on" | "runRequested">;
}

/** Starts reads of the streams for which webhooks reported new data. */
export type RefreshWatcher = Pick<SourceWork, "close">;

const POLL_MS = 1_000;
/** Testing the credentials of one source, which takes seconds, must not delay the others. */
const CONCURRENCY = 32;
/** Sources whose credentials were tried last: they are not tried again for a while. */
const MAX_TRIED = 10_000;

/** Starts the search for requests. A request has to wait while a run of its stream is open. */
export function startRefreshWatcher({ sources, wakeUps, ...options }: RefreshWatcherOptions): RefreshWatcher {
  const pace = new LRUCache<string, number>({ max: MAX_TRIED });
  const work = createSourceWork({
    ...options,
    sources,
    rows: DUE_REFRESH_REQUESTS,
    name: "starting requested stream refreshes",
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    isWorthLogging,
    async round(source) {
      if (!(await startRequestedReads({ ...options, source, pace }))) return "nothing";
      wakeUps.runRequested(source);
      return "done";
    },
  });
  const endWakeUps = [wakeUps.on("refreshRequested", work.wake), wakeUps.on("sourceResumed", work.wake)];
  work.start();
  return {
    async close(deadlineMs) {
      for (const end of endWakeUps) end();
      await work.close(deadlineMs);
    },
  };
}
