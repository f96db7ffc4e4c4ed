import { type EntityType, ENTITY_TYPES, typeOfId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { ChangeKind, Via } from "../../store/entities/observation.ts";
import { createdValues } from "../../store/entities/created-values.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { changedFields, type ColumnValues, type FieldChangeModel, historyFields } from "./changed-fields.ts";

/** One change of an object, and what brought it. */
export interface ObjectChangeModel {
  readonly entityId: string;
  readonly sourceId: string;
  /** Number of the state that the change led to; 1: the creation. */
  readonly revision: number;
  readonly at: string;
  readonly change: ChangeKind;
  readonly via: Via;
  /** Id of the run or the file that the change belongs to. */
  readonly causedBy: string | null;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly rawPath: string | null;
  readonly sourceUpdatedAt: string | null;
  readonly fields: readonly FieldChangeModel[];
}

/** A page of the changes of one object, newest first. */
export interface HistoryPage {
  /** Global id of the object. */
  readonly id: string;
  readonly limit: number;
  /** Only changes before this one; undefined begins with the newest. */
  readonly beforeRevision: number | undefined;
}

interface ChangeRow extends Omit<ObjectChangeModel, "fields" | "change" | "entityId"> {
  readonly position: bigint;
  readonly change: ChangeKind;
  /** Values before and after, by column; null for the creation. */
  readonly fields: Readonly<Record<string, readonly [before: unknown, after: unknown]>> | null;
  /** First values, by column or in the order of `createdColumns` in src/store/entities/created-values.ts; null for any other change. */
  readonly values: ColumnValues | readonly unknown[] | null;
}

const MAX_REVISION = 2_147_483_647;

/**
 * Finds a page of changes for each request, newest first, by one statement for each type.
 * @returns the pages in the requested order; empty for an object that is not stored
 */
export async function findHistory(
  tx: Transaction,
  pages: readonly HistoryPage[],
): Promise<(readonly ObjectChangeModel[])[]> {
  const found = pages.map((): ObjectChangeModel[] => []);
  for (const [type, requests] of Map.groupBy(pages.entries(), ([, { id }]) => syncedTypeOf(id))) {
    if (type === undefined) continue;
    const rows = await tx.query<ChangeRow & Record<string, unknown>>(statementOf(type), [
      requests.map(([, { id }]) => id),
      requests.map(([, { beforeRevision }]) => beforeRevision ?? MAX_REVISION),
      requests.map(([, { limit }]) => limit),
    ]);
    for (const { position, ...row } of rows) {
      const [index, page] = requests[Number(position) - 1] ?? [];
      if (index !== undefined && page !== undefined) found[index]?.push(changeOf(type, page.id, row));
    }
  }
  return found;
}

/** Returns the type of a synced object; undefined for any other id. */
function syncedTypeOf(id: string): EntityType | undefined {
  const type = typeOfId(id);
  return ENTITY_TYPES.find((one) => one === type);
}

function changeOf(type: EntityType, entityId: string, row: Omit<ChangeRow, "position">): ObjectChangeModel {
  const { fields, values: recorded, ...rest } = row;
  const values = isInOrder(recorded) ? createdValues(ENTITY_TABLES[type].table, recorded) : recorded;
  const change = { ...rest, via: viaOf(row) };
  if (values !== null) {
    const isDeletion = (values["deleted_at"] ?? null) !== null;
    return { ...change, entityId, change: isDeletion ? "DELETED" : "CREATED", fields: changedFields(type, {}, values) };
  }
  const pairs = Object.entries(fields ?? {});
  const before = Object.fromEntries(pairs.map(([column, [value]]) => [column, value]));
  const after = Object.fromEntries(pairs.map(([column, [, value]]) => [column, value]));
  return { ...change, entityId, fields: changedFields(type, before, after) };
}

/** `Array.isArray` does not recognise a readonly array. */
function isInOrder(values: ChangeRow["values"]): values is readonly unknown[] {
  return Array.isArray(values);
}

/** A change that follows from other objects has no observation of its own: it came as the run or the file did. */
function viaOf({ via, causedBy }: Pick<ChangeRow, "via" | "causedBy">): Via {
  const cause = causedBy === null ? undefined : typeOfId(causedBy);
  if (cause === "SyncRun") return "POLL";
  return cause === "File" ? "FILE" : via;
}

/** Columns of a change; the creation is read from the first change, or from an object that has not changed since. */
const CHANGE = `revision, source_id as "sourceId", changed_at as at, change, via, caused_by as "causedBy",
  raw_hash as "rawHash", delivery_id as "deliveryId", raw_path as "rawPath", source_updated_at as "sourceUpdatedAt", fields,
  null::jsonb as values`;
const CREATION = `1 as revision, source_id as "sourceId", (created->>'at')::timestamptz as at, 'CREATED' as change,
  created->>'via' as via, created->>'causedBy' as "causedBy", created->>'rawHash' as "rawHash",
  created->>'deliveryId' as "deliveryId", created->>'rawPath' as "rawPath", null::timestamptz as "sourceUpdatedAt",
  null::jsonb as fields, created->'values' as values`;
const UNCHANGED = `1 as revision, object.source_id as "sourceId", object.changed_at as at, 'CREATED' as change,
  coalesce(object.changed_via, object.via) as via, object.caused_by as "causedBy", object.raw_hash as "rawHash",
  object.delivery_id as "deliveryId", object.raw_path as "rawPath", null::timestamptz as "sourceUpdatedAt",
  null::jsonb as fields`;

const statements = new Map<EntityType, string>();

function statementOf(type: EntityType): string {
  let text = statements.get(type);
  if (text === undefined) statements.set(type, (text = makeStatement(type)));
  return text;
}

/** `offset 0` makes the object a look-up by its key, however few objects there are. */
function makeStatement(type: EntityType): string {
  return `
    select requested.position, change.*
    from unnest($1::text[], $2::int[], $3::int[]) with ordinality as requested (id, before, take, position)
    cross join lateral (select * from ${ENTITY_TABLES[type].table} where id = requested.id offset 0) as object
    cross join lateral (
      (select ${CHANGE} from entity_changes
       where entity_id = requested.id and revision < least(requested.before, object.revision + 1)
       order by revision desc limit requested.take)
      union all
      (select ${CREATION} from entity_changes
       where entity_id = requested.id and revision = 2 and object.revision > 1 and created is not null
         and requested.before > 1)
      union all
      (select ${UNCHANGED}, ${valuesOf(type)} as values where object.revision = 1 and requested.before > 1)
      order by revision desc limit requested.take
    ) as change
    order by requested.position, change.revision desc`;
}

/** Returns SQL with the values of an object's row, in the form in which the trigger records them. */
function valuesOf(type: EntityType): string {
  const columns = [...new Set(historyFields(type).flatMap((field) => field.columns))];
  const pairs = columns.map(
    (name) => `'${name}', ${name.endsWith("minor") ? `object.${name}::text` : `object.${name}`}`,
  );
  const chunks = Array.from({ length: Math.ceil(pairs.length / 40) }, (_, n) => pairs.slice(n * 40, (n + 1) * 40));
  return chunks.map((chunk) => `jsonb_build_object(${chunk.join(", ")})`).join(" || ");
}

/** How far back the changes of an object are known. */
export interface HistoryBounds {
  readonly id: string;
  /** True if the creation is listed. */
  readonly isComplete: boolean;
  /** Every change from this time on is listed. */
  readonly completeSince: string;
}

/**
 * Finds how far back the changes of objects are known, in no order; missing objects are left out. An object without a
 * change that is kept has not changed since the time in its row.
 */
export async function findHistoryBounds(tx: Transaction, ids: readonly string[]): Promise<HistoryBounds[]> {
  const byType = Map.groupBy(ids, syncedTypeOf);
  const parts = ENTITY_TYPES.flatMap((type) => {
    const own = byType.get(type);
    return own === undefined ? [] : [{ table: ENTITY_TABLES[type].table, own }];
  });
  if (parts.length === 0) return [];
  const texts = parts.map(
    ({ table }, index) => `
      select object.id, object.revision = 1 or oldest.created is not null as "isComplete",
        case when object.revision = 1 then object.changed_at
          else coalesce((oldest.created->>'at')::timestamptz, oldest.changed_at, object.changed_at) end as "completeSince"
      from ${table} as object left join lateral (
        select created, changed_at from entity_changes
        where entity_id = object.id and revision <= object.revision order by revision limit 1
      ) as oldest on true
      where object.id = any($${index + 1})`,
  );
  return tx.query(
    texts.join(" union all "),
    parts.map(({ own }) => own),
  );
}
