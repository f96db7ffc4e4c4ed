import type { ServiceError } from "../domain/error.ts";
import type { NewEvent, SourceStatus } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** What an upstream's failure says about the source: undefined when it says nothing about the source as a whole. */
export function statusAfter(error: ServiceError): SourceStatus | undefined {
  if (error.code === "UPSTREAM_UNAUTHORIZED") return "NEEDS_CREDENTIALS";
  if (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "UPSTREAM_GARBLED") return "UNREACHABLE";
  return undefined;
}

/** Failures without a success between them, and how long they must last, before a source counts as unreachable. */
const UNREACHABLE_AFTER = { failures: 3, seconds: 5 } as const;

/**
 * Records what the end of a stream or of a fetch says about its source, and returns the event when its status changed.
 * `UNREACHABLE` is believed only once nothing has succeeded for a while: single calls fail at a healthy upstream too, and
 * a status that flaps tells nobody anything. A pause is never lifted by this.
 */
export async function setSourceStatus(
  tx: Transaction,
  sourceId: string,
  status: SourceStatus,
  error: ServiceError | undefined,
): Promise<NewEvent[]> {
  if (status !== "UNREACHABLE") await forgetFailures(tx, sourceId);
  else if (!(await countFailure(tx, sourceId))) return [];
  const rows = await tx.query<{ previous: SourceStatus }>(
    `with held as (select status from sources where id = $1 for update)
     update sources set status = $2, status_code = $3, status_reason = $4, status_since = now()
     from held where id = $1 and held.status <> $2 and not paused
     returning held.status as previous`,
    [sourceId, status, error?.code ?? null, error?.publicMessage ?? null],
  );
  const reason = error?.publicMessage ?? null;
  return rows.map(({ previous }) => ({ sourceId, body: { kind: "SourceStatusChanged", status, previous, reason } }));
}

/** An answer, also one that refuses the credentials, ends what earlier failures said. */
async function forgetFailures(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("update sources set failures = 0, failing_since = null where id = $1 and failures > 0", [sourceId]);
}

/** @returns whether the source has been failing for long enough. A checkpoint since its first failure begins the count anew. */
async function countFailure(tx: Transaction, sourceId: string): Promise<boolean> {
  const rows = await tx.query<{ lasting: boolean }>(
    `with seen as (
       select exists (select 1 from stream_states where source_id = $1 and cursor_at > sources.failing_since) as success
       from sources where id = $1
     )
     update sources as held set
       failures = case when seen.success then 1 else held.failures + 1 end,
       failing_since = case when seen.success then now() else coalesce(held.failing_since, now()) end
     from seen where held.id = $1
     returning held.failures >= $2 and held.failing_since <= now() - $3 * interval '1 second' as lasting`,
    [sourceId, UNREACHABLE_AFTER.failures, UNREACHABLE_AFTER.seconds],
  );
  return rows[0]?.lasting ?? false;
}
