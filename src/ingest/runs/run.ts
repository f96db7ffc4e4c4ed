import type { DateTime } from "../../domain/values.ts";

/** `RECONCILE`: the streams are compared with what is stored, instead of being read into the store. */
export type SyncMode = "INCREMENTAL" | "FULL" | "RANGE" | "RECONCILE";
/**
 * `WEBHOOK`: a delivery reported new data in the run's streams. `CATCH_UP`: deliveries have stopped arriving.
 * `FEED_START`: a change feed has begun, and carries no earlier change. `FEED_GAP`: a change feed has lost changes.
 */
export type RunTrigger = "REQUEST" | "SCHEDULE" | "WEBHOOK" | "CATCH_UP" | "FEED_START" | "FEED_GAP";

/** The requested range of a RANGE or RECONCILE run: creation times, from inclusive, to exclusive. */
export interface RunRange {
  readonly from: DateTime;
  readonly to: DateTime;
}

/** One stream of one run, claimed by this process. */
export interface ClaimedStream {
  readonly tenantId: string;
  readonly runId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly mode: SyncMode;
  readonly range: RunRange | undefined;
}
