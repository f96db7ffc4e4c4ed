import type { Logger } from "pino";
import { requestRefetches } from "../apply/request-refetches.ts";
import type { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import type { Target } from "./flight.ts";

/** What a failed fetch has to be told to others than its readers. */
export interface RefusedFetch {
  readonly source: Source;
  readonly targets: readonly Target[];
  readonly error: ServiceError;
}

/**
 * Credentials that are refused to a reader are refused to all: the refetcher finds it out, and says so of the source. Never
 * rejects.
 * @param onDoubts told when there is something to fetch again
 */
export async function reportRefused(
  { source, targets, error }: RefusedFetch,
  { db, log, onDoubts }: { readonly db: Database; readonly log: Logger; readonly onDoubts: (sourceId: string) => void },
): Promise<void> {
  if (error.code === "INTERNAL") log.error({ err: error, sourceId: source.id }, "fetching for a reader failed");
  if (error.code !== "UPSTREAM_UNAUTHORIZED") return;
  try {
    await db.transaction(source.tenantId, (tx) => requestRefetches(tx, source.id, targets));
    onDoubts(source.id);
  } catch (reason) {
    log.warn({ err: reason, sourceId: source.id }, "refused credentials could not be reported");
  }
}
