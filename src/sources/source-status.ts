import { type ErrorCode, ServiceError } from "../domain/error.ts";
import { SOURCE, type SourceSignal, type SourceStatus, stateAfter, statesBefore } from "../domain/lifecycles.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";

/** Signals that calls to the upstream give. */
export type CallSignal = Extract<SourceSignal, "succeed" | "reject" | "fail">;

/**
 * Returns the signal that an upstream's failure gives: undefined if it implies nothing about the whole source.
 */
export function signalOf(error: ServiceError): CallSignal | undefined {
  if (error.code === "UPSTREAM_UNAUTHORIZED") return "reject";
  if (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "UPSTREAM_GARBLED") return "fail";
  return undefined;
}

/** Number of consecutive failures, and their minimum duration, before a source counts as unreachable. */
const UNREACHABLE_AFTER = { failures: 3, seconds: 5 } as const;

/** A source that nobody else changes until the transaction ends. */
export interface LockedSource {
  readonly id: string;
  readonly status: SourceStatus;
  /** Number of consecutive failures. */
  readonly failures: number;
}

/** Locks a source; undefined if it does not exist. */
export async function lockSource(tx: Transaction, sourceId: string): Promise<LockedSource | undefined> {
  const rows = await tx.query<LockedSource & Record<string, unknown>>(
    "select id, status, failures from sources where id = $1 for update",
    [sourceId],
    { prepared: true },
  );
  return rows[0];
}

/**
 * Records what the end of a stream or of a fetch implies for its source, and returns the event when its status changed.
 * `fail` counts only after a period without any success: single calls fail at a healthy upstream too, and a flapping
 * status gives no information.
 */
export async function recordCall(
  tx: Transaction,
  sourceId: string,
  signal: CallSignal,
  error: ServiceError | undefined,
): Promise<NewEvent[]> {
  const source = await lockSource(tx, sourceId);
  return source === undefined ? [] : recordCallOf(tx, source, signal, error);
}

/** Like `recordCall`, for a source that is locked: what changes nothing costs no statement. */
export async function recordCallOf(
  tx: Transaction,
  source: LockedSource,
  signal: CallSignal,
  error: ServiceError | undefined,
): Promise<NewEvent[]> {
  if (signal === "fail") {
    if (!(await countFailure(tx, source.id))) return [];
  } else if (source.failures > 0) {
    await forgetFailures(tx, source.id);
  }
  return statesBefore(SOURCE, signal).includes(source.status) ? changeStatus(tx, source.id, signal, error) : [];
}

/** Gives a source a signal, and returns the event when its status changed. */
export async function changeStatus(
  tx: Transaction,
  sourceId: string,
  signal: SourceSignal,
  error: ServiceError | undefined,
): Promise<NewEvent[]> {
  const reason = error?.publicMessage ?? null;
  const rows = await tx.query<{ previous: SourceStatus }>(
    `with existing as (select status from sources where id = $1 for update)
     update sources set status = ${after(SOURCE, signal)}, status_code = $2, status_reason = $3, status_since = now()
     from existing where id = $1 and ${allows("existing.status", SOURCE, signal)}
     returning existing.status as previous`,
    [sourceId, error?.code ?? null, reason],
  );
  const status = stateAfter(SOURCE, signal);
  for (const { previous } of rows) reportStatus(tx, { sourceId, status, previous, reason });
  return rows.map(({ previous }) => ({ sourceId, body: { kind: "SourceStatusChanged", status, previous, reason } }));
}

/** A stream that cannot be read. */
export interface FailingStream {
  readonly stream: string;
  readonly code: ErrorCode;
  /** Public message of the last failure. */
  readonly reason: string;
}

/**
 * Sets the status of a source according to the streams that cannot be read, and returns the event when it changed.
 * @param status present status of the source, which is locked
 */
export async function recordFailingStreams(
  tx: Transaction,
  sourceId: string,
  status: SourceStatus,
  failing: readonly FailingStream[],
): Promise<NewEvent[]> {
  const [first] = failing;
  if (first === undefined) return changeStatus(tx, sourceId, "recover", undefined);
  const isOutage = failing.every(({ code }) => signalOf(new ServiceError(code, "")) === "fail");
  if (isOutage && status === "UNREACHABLE") return []; // which explains the failures
  const reason = `the stream "${first.stream}" cannot be read: ${first.reason}`;
  if (status === "FAILING") {
    await tx.query("update sources set status_code = $2, status_reason = $3 where id = $1", [
      sourceId,
      first.code,
      reason,
    ]);
    return [];
  }
  return changeStatus(tx, sourceId, "failRuns", new ServiceError(first.code, reason));
}

/** The failure of a stream is logged with its error; this line says what it means for the source. */
export function reportStatus(
  tx: Transaction,
  about: {
    readonly sourceId: string;
    readonly status: SourceStatus;
    readonly previous: SourceStatus;
    readonly reason: string | null;
  },
): void {
  const isBad = about.status !== "ACTIVE" && about.status !== "PAUSED";
  tx.report({ level: isBad ? "warn" : "info", sentence: "source status changed", about });
}

/** Any response, even one that rejects the credentials, clears earlier failures. */
async function forgetFailures(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("update sources set failures = 0, failing_since = null where id = $1", [sourceId]);
}

/**
 * @returns true if the source has been failing for long enough. A checkpoint since its first failure restarts the
 * count.
 */
async function countFailure(tx: Transaction, sourceId: string): Promise<boolean> {
  const rows = await tx.query<{ lasting: boolean }>(
    `with seen as (
       select exists (select 1 from stream_states where source_id = $1 and cursor_at > sources.failing_since) as success
       from sources where id = $1
     )
     update sources as existing set
       failures = case when seen.success then 1 else existing.failures + 1 end,
       failing_since = case when seen.success then now() else coalesce(existing.failing_since, now()) end
     from seen where existing.id = $1
     returning existing.failures >= $2 and existing.failing_since <= now() - $3 * interval '1 second' as lasting`,
    [sourceId, UNREACHABLE_AFTER.failures, UNREACHABLE_AFTER.seconds],
  );
  return rows[0]?.lasting ?? false;
}
