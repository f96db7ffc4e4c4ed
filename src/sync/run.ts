import type { ReadRange } from "../connector-api/connector.ts";

export type SyncMode = "INCREMENTAL" | "FULL" | "RANGE";
export type RunTrigger = "REQUEST" | "SCHEDULE";
export type RunStatus = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";

/** One stream of one run, claimed by this process. */
export interface ClaimedStream {
  readonly tenantId: string;
  readonly runId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly mode: SyncMode;
  readonly range: ReadRange | undefined;
  /** Tries that ended in failure since the last progress. */
  readonly attempts: number;
}
