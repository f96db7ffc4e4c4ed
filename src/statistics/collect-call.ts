import type { Series } from "./series.ts";

/** An attempt of a call to an upstream. */
interface CallAttempt {
  /** Undefined if no response arrived, or if none was requested because no permit was granted. */
  readonly status: number | undefined;
  /** Undefined for success. */
  readonly code: string | undefined;
  readonly durationMs: number;
  readonly waitedMs: number;
}

/** Collects the metrics of an attempt. */
export function collectCall(
  series: Series,
  { tenantId, sourceId }: { readonly tenantId: string; readonly sourceId: string },
  { status, code, durationMs, waitedMs }: CallAttempt,
): void {
  series.add(tenantId, sourceId, "CALLS", 1);
  if (code !== undefined) series.add(tenantId, sourceId, "CALL_FAILURES", 1);
  if (status !== undefined) series.add(tenantId, sourceId, "CALL_DURATION_MS", durationMs);
  series.add(tenantId, sourceId, "PERMIT_WAIT_MS", waitedMs);
}
