import type { DateTime } from "../../domain/values.ts";

export type SyncMode = "INCREMENTAL" | "FULL" | "RANGE";
/** `WEBHOOK`: a delivery reported new data in the run's streams. `CATCH_UP`: deliveries have stopped arriving. */
export type RunTrigger = "REQUEST" | "SCHEDULE" | "WEBHOOK" | "CATCH_UP";

/** The requested range of a RANGE run: creation times, from inclusive, to exclusive. */
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
