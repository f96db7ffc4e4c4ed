import type { ObjectMessage, RecordMessage } from "../../connector-api/messages.ts";
import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction } from "../../store/database.ts";
import type { Observation } from "../../store/entities/observation.ts";
import { findAliases } from "../../store/queries/find-aliases.ts";

/** A message about an object, with the id that the object has in the store. */
export interface ObservedObject {
  readonly type: EntityType;
  readonly id: string;
  readonly externalId: string;
  readonly message: ObjectMessage;
}

/**
 * Returns the objects that messages are about, each once, with its last message. Messages of types that are not compared
 * and items without a readable id are left out.
 */
export async function observedObjects(
  tx: Transaction,
  source: Source,
  types: ReadonlySet<EntityType>,
  messages: readonly ObjectMessage[],
): Promise<ReadonlyMap<string, ObservedObject>> {
  const objects = messages.flatMap((message): ObservedObject[] => {
    const [type, externalId] =
      message.type === "record"
        ? [message.record.type, message.record.externalId]
        : [message.entity, message.externalId];
    if (externalId === undefined || !types.has(type)) return [];
    return [{ type, externalId, id: entityId(tx.tenantId, source.id, type, externalId), message }];
  });
  const renamed = objects.filter(({ type }) => source.connector.renames?.includes(type) === true);
  const roots = new Map(
    renamed.length === 0
      ? []
      : (
          await findAliases(
            tx,
            renamed.map(({ id }) => id),
          )
        ).map(({ id, rootId }) => [id, rootId]),
  );
  return new Map(
    objects.map((object) => [roots.get(object.id) ?? object.id, { ...object, id: roots.get(object.id) ?? object.id }]),
  );
}

/** Returns the observations of records, by their type. */
export function recordsByType(
  sourceId: string,
  objects: Iterable<ObservedObject>,
): ReadonlyMap<EntityType, readonly Observation[]> {
  const records = [...objects].flatMap(({ id, type, externalId, message }) =>
    message.type === "record" ? [observationOf(sourceId, { id, type, externalId }, message)] : [],
  );
  return Map.groupBy(records, ({ entity }) => entity);
}

function observationOf(
  sourceId: string,
  { id, type, externalId }: Omit<ObservedObject, "message">,
  { record, version, sourceUpdatedAt }: RecordMessage,
): Observation {
  return {
    sourceId,
    entity: type,
    externalId,
    id,
    record,
    version,
    sourceUpdatedAt,
    via: "POLL",
    raw: { rawHash: undefined, deliveryId: undefined, path: "" },
  };
}
