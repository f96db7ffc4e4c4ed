import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import type { ChangeKind } from "./observation.ts";
import { ENTITY_TABLES } from "./tables.ts";
import { writeTombstones } from "./tombstones.ts";

/** Rows of one kind that turned out to be the same object. By global id. */
export interface RowMerge {
  readonly rootId: string;
  readonly rootExternalId: string;
  /** Row whose state is the object's state. */
  readonly holderId: string;
  /** Rows that must no longer exist in addition to the root's row. */
  readonly absorbedIds: readonly string[];
}

export interface RowChange {
  readonly entityType: EntityType;
  readonly id: string;
  readonly change: ChangeKind;
}

/** Before every version of every upstream: any later observation is newer. */
const NO_VERSION = "'-9223372036854775808'::bigint";

/** Metadata of a state, whichever row it is in. */
const STATE = ["version_from", "version_until", "finality", "observed_at", "written_at", "via"] as const;
/** The state itself and its source. A row of which only the deletion was observed has neither. */
const CONTENT = [
  "created_at",
  "ordered_at",
  "source_updated_at",
  "content_hash",
  "raw_hash",
  "delivery_id",
  "raw_path",
  "extensions",
] as const;

/**
 * Merges rows into one: the root's row takes over the state that counts, the others become tombstones. A root whose own
 * state belongs to a replaced id, and that takes over no state, counts as older than anything: the id in use is about
 * to provide the state.
 * @returns the changes to be published
 */
export async function mergeObjects(
  tx: Transaction,
  type: EntityType,
  merges: readonly RowMerge[],
): Promise<readonly RowChange[]> {
  if (merges.length === 0) return [];
  const moved = await takeOver(
    tx,
    type,
    merges.filter(({ rootId, holderId }) => rootId !== holderId),
  );
  const absorbed = await writeTombstones(tx, type, {
    select: `select id from ${ENTITY_TABLES[type].table} where id = any($1) order by id for update`,
    values: [merges.flatMap(({ absorbedIds }) => absorbedIds)],
    via: undefined,
  });
  return [...moved, ...absorbed.map(({ id }) => ({ entityType: type, id, change: "DELETED" as const }))];
}

async function takeOver(tx: Transaction, type: EntityType, merges: readonly RowMerge[]): Promise<RowChange[]> {
  if (merges.length === 0) return [];
  const { table, columns } = ENTITY_TABLES[type];
  const content = [...CONTENT, ...columns.map(({ name }) => name)];
  const names = ["source_id", ...STATE, "deleted_at", ...content];
  const rows = await tx.query<{ id: string; had: string | null; deleted: boolean }>(
    `insert into ${table} as stored (tenant_id, id, external_id, ${names.join(", ")})
     select $1, merge.root_id, merge.external_id, ${names.map((name) => `holder.${name}`).join(", ")}
     from unnest($2::text[], $3::text[], $4::text[]) as merge (root_id, external_id, holder_id)
     join ${table} as holder on holder.id = merge.holder_id
     on conflict (tenant_id, id) do update set
       ${STATE.map((name) => `${name} = excluded.${name}`).join(", ")},
       ${content.map((name) => `${name} = case when excluded.content_hash is null then stored.${name} else excluded.${name} end`).join(", ")},
       deleted_at = case when excluded.deleted_at is null then null else coalesce(stored.deleted_at, excluded.deleted_at) end,
       replaced_hash = case when stored.deleted_at is null then stored.content_hash end
     returning stored.id, stored.replaced_hash as had, stored.deleted_at is not null as deleted`,
    [
      tx.tenantId,
      merges.map(({ rootId }) => rootId),
      merges.map(({ rootExternalId }) => rootExternalId),
      merges.map(({ holderId }) => holderId),
    ],
  );
  const taken = new Set(rows.map(({ id }) => id));
  const outdated = merges.map(({ rootId }) => rootId).filter((id) => !taken.has(id));
  await tx.query(
    `update ${table} set version_from = ${NO_VERSION}, version_until = ${NO_VERSION}, finality = 0 where id = any($1)`,
    [outdated.toSorted()],
  );
  return rows.flatMap(({ id, had, deleted }): RowChange[] => {
    if (deleted) return had === null ? [] : [{ entityType: type, id, change: "DELETED" }];
    return [{ entityType: type, id, change: had === null ? "CREATED" : "UPDATED" }];
  });
}
