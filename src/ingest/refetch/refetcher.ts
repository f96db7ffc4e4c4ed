import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { createSourceWork, type SourceWork } from "../../sources/source-work.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { DUE_REFETCHES } from "../refetch-queue/claim-refetches.ts";
import { type BatchSize, createBatchSize } from "./batch-size.ts";
import type { MissingFetches } from "./missing-fetches.ts";
import { refetchDue } from "./refetch-due.ts";

export interface RefetcherOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  /** Name of this process in the leases: different in each, and after each restart. */
  readonly owner: string;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** `refetchNeeded` and `sourceResumed` wake the work of their source. */
  readonly wakeUps: Pick<WakeUps, "on">;
  /** Default: nothing is done. */
  readonly missing?: MissingFetches;
}

/**
 * Resolves conflicts: fetches the objects whose state only the upstream can determine. Closing cancels the calls in
 * flight and releases their objects.
 */
export interface Refetcher extends Pick<SourceWork, "start" | "close"> {
  /** Returns the number of objects claimed since the start. */
  stats(): { readonly refetched: number };
}

const POLL_MS = 1_000;
/** A source waits for its upstream most of the time. */
const CONCURRENCY = 32;
/** Sources whose batch size is remembered: the others begin with the largest one again. */
const MAX_SIZES = 1_000;

/** Creates a refetcher: an upstream that is slow or unavailable delays only its own conflicts. */
export function createRefetcher({ db, sources, log, owner, random, wakeUps, missing }: RefetcherOptions): Refetcher {
  let refetched = 0;
  const sizes = new LRUCache<string, BatchSize>({ max: MAX_SIZES });
  const work = createSourceWork({
    db,
    sources,
    log,
    rows: DUE_REFETCHES,
    name: "fetching objects again",
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    random,
    async round(source, signal) {
      const size = sizes.get(source.id) ?? createBatchSize();
      sizes.set(source.id, size);
      const claimed = await refetchDue({ db, source, owner, random, size, signal, missing });
      refetched += claimed;
      return claimed > 0 ? "more" : "nothing";
    },
  });
  const endWakeUps = [wakeUps.on("refetchNeeded", work.wake), wakeUps.on("sourceResumed", work.wake)];
  return {
    start: work.start,
    stats: () => ({ refetched }),
    async close(deadlineMs) {
      for (const end of endWakeUps) end();
      await work.close(deadlineMs);
    },
  };
}
