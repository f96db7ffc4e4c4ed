import type { ServiceError } from "../domain/error.ts";
import type { NewEvent, SourceStatus } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** What an upstream's failure says about the source: undefined when it says nothing about the source as a whole. */
export function statusAfter(error: ServiceError): SourceStatus | undefined {
  if (error.code === "UPSTREAM_UNAUTHORIZED") return "NEEDS_CREDENTIALS";
  if (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "UPSTREAM_GARBLED") return "UNREACHABLE";
  return undefined;
}

/** Records a source's status and returns the event of it, none when it was so already. A pause is never lifted by this. */
export async function setSourceStatus(
  tx: Transaction,
  sourceId: string,
  status: SourceStatus,
  error: ServiceError | undefined,
): Promise<NewEvent[]> {
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
