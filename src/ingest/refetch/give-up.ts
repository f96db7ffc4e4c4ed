import { closeFindings, type Finding, findingId, openFindings } from "../apply/findings.ts";
import { ERROR_CODES, type ServiceError } from "../../domain/error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { ClaimedRefetch } from "../refetch-queue/claim-refetches.ts";
import { dropRefetches } from "../refetch-queue/complete-refetches.ts";

const KIND = "REFETCH_FAILED";

/**
 * Ends requests that no further attempt can answer: the connector cannot fetch the object, or the upstream understood
 * and rejected the request. Each creates a finding, because the stored object may be outdated, and returns an event if
 * the finding is new; not if the connector already reports the same problem for more than this object.
 */
export async function giveUpRefetches(
  tx: Transaction,
  sourceId: string,
  refetches: readonly ClaimedRefetch[],
  error: ServiceError,
): Promise<NewEvent[]> {
  const ordered = await dropRefetches(tx, refetches);
  if (error.isReported) return [];
  return openFindings(
    tx,
    sourceId,
    ordered.map((refetch) => findingOf(refetch, error)),
    "stays",
  );
}

function findingOf({ id, entity, externalId, of }: ClaimedRefetch, error: ServiceError): Finding {
  const named = `${of ?? entity} ${JSON.stringify(externalId)}`;
  const what = of === undefined ? named : `${entity} objects of ${named}`;
  return {
    id: idOf(id),
    kind: KIND,
    cause: ERROR_CODES[error.code].cause ?? "FORMAT_MISMATCH",
    summary: `${what} may be out of date: ${error.publicMessage}`,
    evidence: { id, entity, externalId, ...(of !== undefined && { of }), code: error.code },
    remedy: "Sync the stream of this object in full: a complete read determines its current state.",
  };
}

/** Resolves the findings about objects that could be fetched after all. Returns an event for each resolved finding. */
export function closeGivenUp(
  tx: Transaction,
  sourceId: string,
  refetches: readonly ClaimedRefetch[],
): Promise<NewEvent[]> {
  return closeFindings(
    tx,
    sourceId,
    refetches.map(({ id }) => idOf(id)),
  );
}

/** Returns the finding's id: one per object, however often the problem occurs. */
function idOf(entityId: string): string {
  return findingId(KIND, entityId);
}
