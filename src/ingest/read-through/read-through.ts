import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { createRecentFetches } from "./recent-fetches.ts";
import { beginOperation, type OperationReads } from "./operation.ts";
import { createSourceFetcher } from "./source-fetcher.ts";

export interface ReadThroughOptions {
  readonly db: Database;
  /** Sources by id. */
  readonly sources: ReadonlyMap<string, Source>;
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

/**
 * Creates the read-through. Sources are independent: one that is slow or unavailable delays only the readers of its
 * objects.
 */
export function createReadThrough({ db, sources, log, wakeUps }: ReadThroughOptions): ReadThrough {
  const recentFetches = createRecentFetches();
  const own = new Map(
    [...sources].map(([id, source]) => {
      const fetcher = createSourceFetcher({ db, source, recentFetches, log, wakeUps });
      return [id, { source, fetcher }] as const;
    }),
  );
  return {
    begin: (operation) => beginOperation({ ...operation, sources: own, recentFetches }),
    close: async () => void (await Promise.all([...own.values()].map(({ fetcher }) => fetcher.close()))),
  };
}
