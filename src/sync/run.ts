import type { DateTime } from "../domain/values.ts";

export type SyncMode = "INCREMENTAL" | "FULL" | "RANGE";
/** `WEBHOOK`: a delivery said that its streams have something new. `CATCH_UP`: deliveries have stopped coming. */
export type RunTrigger = "REQUEST" | "SCHEDULE" | "WEBHOOK" | "CATCH_UP";
export type RunStatus = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";

/** What a RANGE run is asked to read: creation times, from inclusive, to exclusive. */
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
