import type { EntityType } from "../../domain/ids.ts";
import { apply } from "../../ingest/apply/apply.ts";
import { encodePayloads } from "../../ingest/apply/encode-payloads.ts";
import { entityEvents } from "../../ingest/apply/entity-events.ts";
import { releaseQuarantined } from "../../ingest/apply/quarantine.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { contentsById, invalidateStates } from "../../store/entities/compare-content.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { writeTombstones } from "../../store/entities/tombstones.ts";
import { forgetCompared, type Suspect } from "./compared-objects.ts";
import type { Confirmed, ConfirmInput } from "./confirm-input.ts";
import { type Difference, recordDifferences, recordRepairs } from "./differences.ts";
import type { ObservedObject } from "./observed-objects.ts";

/** Finds which of the objects are stored and not deleted. */
export async function findStoredIds(
  tx: Transaction,
  type: EntityType,
  suspects: readonly Suspect[],
  since: string,
): Promise<ReadonlyMap<string, { readonly isWrittenSince: boolean }>> {
  const rows = await tx.query<{ id: string; is_written_since: boolean }>(
    `select entity_id as id, written_at >= $2::timestamptz as is_written_since from (${contentsById(type, "$1::text[]")}) as stored
     where content is not null`,
    [suspects.map(({ id }) => id), since],
  );
  return new Map(rows.map((row) => [row.id, { isWrittenSince: row.is_written_since }]));
}

export interface RepairInput extends Pick<ConfirmInput, "source" | "compared" | "requestedAt" | "via"> {
  readonly type: EntityType;
  readonly differences: readonly Difference[];
  readonly observed: ReadonlyMap<string, ObservedObject>;
}

/**
 * Repairs proven differences of one type by the ordinary path: the upstream's message is applied, with raw bytes, events
 * and history. The version gate would keep a state of the same version, so the stored states are invalidated first.
 */
export async function repairDifferences(tx: Transaction, input: RepairInput): Promise<Confirmed> {
  const { source, compared, type, differences, observed } = input;
  if (differences.length === 0) return { repaired: 0, events: [] };
  await recordDifferences(tx, compared, differences);
  const events: NewEvent[] = [];
  const isReported = ({ suspect }: Difference): boolean => observed.has(suspect.id);
  const idsOf = (some: readonly Difference[]): string[] => some.map(({ suspect }) => suspect.id);
  const reported = differences.filter(isReported);
  await invalidateStates(tx, type, idsOf(reported));
  const items = reported.flatMap(({ suspect }) => {
    const message = observed.get(suspect.id)?.message;
    return message === undefined ? [] : [{ message, deliveryId: undefined }];
  });
  const applied = await apply(tx, {
    sourceId: source.id,
    via: input.via,
    items,
    runId: compared.runId,
    renames: source.connector.renames ?? [],
    requestedAt: input.requestedAt,
    payloads: await encodePayloads(items),
  });
  events.push(...applied.events);
  events.push(...(await deleteUnreported(tx, input, idsOf(differences.filter((one) => !isReported(one))))));
  const failed = await findUnrepaired(tx, input);
  const repaired = idsOf(differences).filter((id) => !failed.has(id));
  await recordRepairs(tx, compared, repaired, [...failed], "what the upstream returned could not be stored");
  const invented = idsOf(differences.filter(({ kind }) => kind === "INVENTED"));
  await forgetCompared(
    tx,
    compared,
    invented.filter((id) => !failed.has(id)),
  );
  return { repaired: repaired.length, events };
}

/** Deletes objects that the upstream neither lists nor returns, without a statement of it about them. */
async function deleteUnreported(
  tx: Transaction,
  { source, type, via }: RepairInput,
  ids: readonly string[],
): Promise<readonly NewEvent[]> {
  if (ids.length === 0) return [];
  const select = `select id from ${ENTITY_TABLES[type].table} where id = any($1) and content_hash is not null order by id for update`;
  const deleted = await writeTombstones(tx, type, { select, values: [ids], via });
  await releaseQuarantined(
    tx,
    deleted.map(({ id }) => id),
  );
  return entityEvents(
    tx,
    source.id,
    [],
    deleted.map(({ id }) => ({ entityType: type, id, change: "DELETED" as const })),
  );
}

/** Returns the differences that are still there. Records are compared once more by their caller. */
async function findUnrepaired(
  tx: Transaction,
  { type, differences, requestedAt }: RepairInput,
): Promise<ReadonlySet<string>> {
  const stored = await findStoredIds(
    tx,
    type,
    differences.map(({ suspect }) => suspect),
    requestedAt,
  );
  const isThere = ({ kind, suspect }: Difference): boolean => (kind === "INVENTED") === stored.has(suspect.id);
  return new Set(differences.filter(isThere).map(({ suspect }) => suspect.id));
}
