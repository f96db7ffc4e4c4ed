import { hash } from "node:crypto";
import { ERROR_CODES, type ServiceError } from "../../domain/error.ts";
import { OPERATION_ID_PREFIXES } from "../../domain/ids.ts";
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
  const rows = await tx.query<{ id: string }>(
    `insert into findings as held (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     select $1, offered.id, $2, $3, $4, offered.summary, offered.evidence, $5, now()
     from unnest($6::text[], $7::text[], $8::jsonb[]) as offered (id, summary, evidence)
     on conflict (tenant_id, id) do update set closed_at = null, opened_at = now(),
       summary = excluded.summary, evidence = excluded.evidence, cause = excluded.cause
     where held.closed_at is not null
     returning id`,
    [
      tx.tenantId,
      sourceId,
      KIND,
      ERROR_CODES[error.code].cause ?? "FORMAT_MISMATCH",
      "Sync the stream of this object in full: a list that is read from the start settles what it is.",
      ordered.map(({ id }) => findingId(id)),
      ordered.map(
        ({ entity, externalId }) =>
          `${entity} ${JSON.stringify(externalId)} may be out of step: ${error.publicMessage}`,
      ),
      ordered.map(({ id, entity, externalId }) => JSON.stringify({ id, entity, externalId, code: error.code })),
    ],
  );
  return rows.map(({ id }) => ({ sourceId, body: { kind: "FindingOpened", findingId: id } }));
}

/** Closes what stood against objects that could be fetched after all. Returns an event for each that stood. */
export async function closeFindings(
  tx: Transaction,
  sourceId: string,
  refetches: readonly ClaimedRefetch[],
): Promise<NewEvent[]> {
  const rows = await tx.query<{ id: string }>(
    "update findings set closed_at = now() where id = any($1) and closed_at is null returning id",
    [refetches.map(({ id }) => findingId(id))],
  );
  return rows.map(({ id }) => ({ sourceId, body: { kind: "FindingClosed", findingId: id } }));
}

/** One finding per object, however often it is met. */
function findingId(entityId: string): string {
  const digest = hash("sha256", `${KIND}\0${entityId}`, "buffer");
  return `${OPERATION_ID_PREFIXES.Finding}_${digest.toString("base64url", 0, 16)}`;
}
