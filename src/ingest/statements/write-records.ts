import { entityEvents } from "../apply/entity-events.ts";
import { entityId, ENTITY_TYPES } from "../../domain/ids.ts";
import { FINALITY } from "../../domain/version.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { Observation, Outcome } from "../../store/entities/observation.ts";
import { writeObservations } from "../../store/entities/write-observations.ts";
import type { VersionedRecord } from "./statement-records.ts";

export interface Origin {
  readonly sourceId: string;
  /** Content hash of the file, by which `RawRecord` finds it. */
  readonly contentHash: string;
}

/** Writes records of a file through the version check, and returns what changed. */
export async function writeRecords(
  tx: Transaction,
  { sourceId, contentHash }: Origin,
  records: readonly VersionedRecord[],
): Promise<NewEvent[]> {
  const byType = Map.groupBy(records, ({ record }) => record.type);
  const outcomes: Outcome[] = [];
  for (const type of ENTITY_TYPES) {
    const own = byType.get(type);
    if (own === undefined) continue;
    const observations = own.map(({ record, version, path }): Observation => ({
      sourceId,
      entity: type,
      externalId: record.externalId,
      id: entityId(tx.tenantId, sourceId, type, record.externalId),
      record,
      version: { from: version, until: version, finality: FINALITY.ordinary },
      sourceUpdatedAt: undefined,
      via: "FILE",
      raw: { rawHash: contentHash, deliveryId: undefined, path },
    }));
    outcomes.push(...(await writeObservations(tx, type, { observations, requestedAt: undefined })));
  }
  return entityEvents(tx, sourceId, outcomes, []);
}
