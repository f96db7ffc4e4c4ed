import { closeFindings, type Finding, findingId, openFindings } from "../../apply/findings.ts";
import { ERROR_CODES, type ServiceError } from "../../domain/error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { ClaimedRefetch } from "./claim.ts";

const KIND = "REFETCH_FAILED";

/**
 * Ends requests that no further try can answer: the connector cannot fetch the object, or the upstream understood and
 * said no. Each becomes a finding, because the stored object may be out of step, and returns an event when it is new.
 */
export async function giveUpRefetches(
  tx: Transaction,
  sourceId: string,
  refetches: readonly ClaimedRefetch[],
  error: ServiceError,
): Promise<NewEvent[]> {
  const ordered = [...refetches].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.query(
    `delete from refetches as held using unnest($1::text[], $2::bigint[]) as ended (id, generation)
     where held.id = ended.id and held.generation = ended.generation`,
    [ordered.map(({ id }) => id), ordered.map(({ generation }) => generation)],
  );
  return openFindings(
    tx,
    sourceId,
    ordered.map((refetch) => findingOf(refetch, error)),
    "stays",
  );
}

function findingOf({ id, entity, externalId }: ClaimedRefetch, error: ServiceError): Finding {
  return {
    id: idOf(id),
    kind: KIND,
    cause: ERROR_CODES[error.code].cause ?? "FORMAT_MISMATCH",
    summary: `${entity} ${JSON.stringify(externalId)} may be out of step: ${error.publicMessage}`,
    evidence: { id, entity, externalId, code: error.code },
    remedy: "Sync the stream of this object in full: a list that is read from the start settles what it is.",
  };
}

/** Closes what stood against objects that could be fetched after all. Returns an event for each that stood. */
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

/** One finding per object, however often it is met. */
function idOf(entityId: string): string {
  return findingId(KIND, entityId);
}
