import type { Logger } from "pino";
import { requestRefetches } from "../refetch-queue/request-refetches.ts";
import type { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import type { Target } from "./shared-fetch.ts";

/** A failed fetch that must be reported to others than its readers. */
export interface RefusedFetch {
  readonly source: Source;
  readonly targets: readonly Target[];
  readonly error: ServiceError;
}

/**
 * Reports a refused fetch. Credentials that are refused for one reader are refused for all: the refetcher verifies it,
 * and sets the status of the source. Never rejects.
 */
export async function reportRefused(
  { source, targets, error }: RefusedFetch,
  {
    db,
    log,
    wakeUps,
  }: { readonly db: Database; readonly log: Logger; readonly wakeUps: Pick<WakeUps, "refetchNeeded"> },
): Promise<void> {
  if (error.code === "INTERNAL") log.error({ err: error, sourceId: source.id }, "a read-through fetch failed");
  if (error.code !== "UPSTREAM_UNAUTHORIZED") return;
  try {
    await db.transaction(source.tenantId, (tx) => requestRefetches(tx, source.id, targets));
    wakeUps.refetchNeeded(source);
  } catch (reason) {
    log.warn({ err: reason, sourceId: source.id }, "refused credentials could not be reported");
  }
}
