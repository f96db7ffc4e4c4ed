import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { createRecentFetches } from "./recent-fetches.ts";
import { beginOperation, type FetchableSource, type OperationReads } from "./operation.ts";
import { createSourceFetcher, type SourceFetcher } from "./source-fetcher.ts";

export interface ReadThroughOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly wakeUps: Pick<WakeUps, "refetchNeeded">;
}

/**
 * Fetches objects that readers need fresher than they are stored. One instance for the process: all readers of an
 * object that is being fetched wait for the same fetch, across operations and tenants' sessions.
 */
export interface ReadThrough {
  /** @param operation `signal` is aborted when its response is no longer needed */
  begin(operation: { readonly tenantId: string; readonly signal: AbortSignal }): OperationReads;
  /** Rejects current and new fetches, cancels the calls, and resolves when the last commit has ended. */
  close(): Promise<void>;
}

/** Number of sources from which those are forgotten of which nothing is being fetched. */
const MAX_FETCHERS = 500;

/**
 * Creates the read-through. Sources are independent: one that is slow or unavailable delays only the readers of its
 * objects.
 */
export function createReadThrough({ db, sources, log, wakeUps }: ReadThroughOptions): ReadThrough {
  const recentFetches = createRecentFetches();
  const fetchers = new Map<Source, SourceFetcher>();
  let isClosed = false;

  function fetcherOf(source: Source): SourceFetcher {
    const existing = fetchers.get(source);
    if (existing !== undefined) return existing;
    if (fetchers.size >= MAX_FETCHERS) removeIdle();
    const fetcher = createSourceFetcher({ db, source, recentFetches, log, wakeUps });
    if (isClosed) void fetcher.close();
    fetchers.set(source, fetcher);
    return fetcher;
  }

  function removeIdle(): void {
    for (const [source, fetcher] of fetchers) if (fetcher.isIdle()) fetchers.delete(source);
  }

  async function find(sourceId: string): Promise<FetchableSource | undefined> {
    const source = await sources.find(sourceId);
    return source && { source, fetcher: fetcherOf(source) };
  }

  return {
    begin: (operation) => beginOperation({ ...operation, find, recentFetches }),
    async close() {
      isClosed = true;
      await Promise.all([...fetchers.values()].map((fetcher) => fetcher.close()));
    },
  };
}
