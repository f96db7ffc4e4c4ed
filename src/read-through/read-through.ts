import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createLately } from "./lately.ts";
import { beginOperation, type OperationReads } from "./operation.ts";
import { createSourceFetcher } from "./source-fetcher.ts";

export interface ReadThroughOptions {
  readonly db: Database;
  /** By id. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Objects of this source are to be fetched again. */
  readonly onDoubts: (sourceId: string) => void;
}

/**
 * Fetches objects that readers want fresher than they are stored. One for the process: whoever wants an object while it is
 * being fetched waits for that fetch, across operations and tenants' sessions alike.
 */
export interface ReadThrough {
  /** @param operation `signal` is aborted when nobody wants its answer any more */
  begin(operation: { readonly tenantId: string; readonly signal: AbortSignal }): OperationReads;
  /** Refuses what is under way and what comes, cancels the calls, and resolves when the last commit has ended. */
  close(): Promise<void>;
}

/** Each source by itself: one that is slow or away holds up only those who want its objects. */
export function createReadThrough({ db, sources, log, onDoubts }: ReadThroughOptions): ReadThrough {
  const lately = createLately();
  const own = new Map(
    [...sources].map(([id, source]) => {
      const fetcher = createSourceFetcher({ db, source, lately, log, onDoubts });
      return [id, { source, fetcher }] as const;
    }),
  );
  return {
    begin: (operation) => beginOperation({ ...operation, sources: own, lately }),
    close: async () => void (await Promise.all([...own.values()].map(({ fetcher }) => fetcher.close()))),
  };
}
