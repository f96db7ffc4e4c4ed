import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import { closeFindings, findingId, openFindings } from "../ingest/apply/findings.ts";
import type { Transaction } from "../store/database.ts";

/** Kind of the finding about an endpoint that accepts nothing. It is not sent to that endpoint. */
export const ENDPOINT_FINDING = "ALERTS_UNDELIVERED";

/** An endpoint that fails. */
export interface FailingEndpoint {
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds since when nothing was delivered. */
  readonly failingSinceMs: number;
  readonly error: string;
  /** Source of the message that could not be delivered; null: it is about no source. */
  readonly sourceId: string | null;
}

/**
 * Opens the finding about an endpoint: at the source whose message is not delivered, because a finding is always about a
 * source. Must be the last statement of its transaction. A tenant without sources gets none.
 */
export async function reportEndpoint(tx: Transaction, endpoint: FailingEndpoint): Promise<void> {
  const { id, name, failingSinceMs, error } = endpoint;
  const sourceId = endpoint.sourceId ?? (await anySource(tx));
  if (sourceId === undefined) return;
  const since = new Date(failingSinceMs).toISOString();
  const finding = {
    id: findingId(tx.tenantId, ENDPOINT_FINDING, id),
    kind: ENDPOINT_FINDING,
    cause: "ASYNC_BOTTLENECK",
    summary: `The alert endpoint ${name} has accepted no message since ${since}: ${error}`,
    evidence: { endpointId: id, failingSince: since, error },
    remedy:
      "Repair the receiver or change its address with updateAlertEndpoint, which also sends to it again. sendTestAlert shows whether it accepts messages.",
  } as const;
  await appendEvents(tx, await openFindings(tx, sourceId, [finding], "stays"));
}

/** Closes that finding. Must be the last statement of its transaction. */
export async function closeEndpointFinding(tx: Transaction, endpointId: string): Promise<void> {
  const id = findingId(tx.tenantId, ENDPOINT_FINDING, endpointId);
  const [open] = await tx.query<{ sourceId: string }>(
    `select source_id as "sourceId" from findings where id = $1 and closed_at is null`,
    [id],
  );
  if (open === undefined) return;
  const events: NewEvent[] = await closeFindings(tx, open.sourceId, [id]);
  await appendEvents(tx, events);
}

async function anySource(tx: Transaction): Promise<string | undefined> {
  const [source] = await tx.query<{ id: string }>(
    "select id from sources where disconnected_at is null order by id limit 1",
  );
  return source?.id;
}
