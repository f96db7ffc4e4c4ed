import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { expiringRows } from "../../store/retention.ts";
import { type ComparedStream, repairedContents, type Suspect } from "./compared-objects.ts";

/**
 * `MISSING`: the upstream has it and the store does not. `ALTERED`: both have it, with other content. `INVENTED`: the
 * store has it, and the upstream does not.
 */
export type DifferenceKind = "MISSING" | "ALTERED" | "INVENTED";

/** An object in which the store is proven to differ from the upstream. */
export interface Difference {
  readonly suspect: Suspect;
  readonly kind: DifferenceKind;
}

/** Records differences that are being repaired. */
export async function recordDifferences(
  tx: Transaction,
  { runId, sourceId, stream }: ComparedStream,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  await tx.query(
    `insert into record_differences as existing (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day, kind, found_at)
     select $1, $2, $3, $4, compared.entity_type, compared.entity_id, compared.external_id, compared.day, incoming.kind, now()
     from unnest($5::text[], $6::text[]) as incoming (entity_id, kind)
     join compared_objects as compared on compared.run_id = $3 and compared.stream = $4 and compared.entity_id = incoming.entity_id
     on conflict (tenant_id, run_id, stream, entity_id) do update set repaired_at = null, verified_at = null, problem = null`,
    [
      tx.tenantId,
      sourceId,
      runId,
      stream,
      differences.map(({ suspect }) => suspect.id),
      differences.map(({ kind }) => kind),
    ],
  );
}

/** Records which differences have been repaired, and why the others have not. */
export async function recordRepairs(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  repairedIds: readonly string[],
  failedIds: readonly string[],
  problem: string,
): Promise<void> {
  await tx.query(
    `update record_differences set repaired_at = case when entity_id = any($3::text[]) then clock_timestamp() end,
       problem = case when entity_id = any($4::text[]) then $5 end
     where run_id = $1 and stream = $2 and entity_id = any($3::text[] || $4::text[])`,
    [runId, stream, repairedIds, failedIds, problem],
  );
}

/** Records differences that the stream's own reads have repaired between two looks. */
export async function recordOverwritten(
  tx: Transaction,
  compared: ComparedStream,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  await recordDifferences(tx, compared, differences);
  await recordRepairs(
    tx,
    compared,
    differences.map(({ suspect }) => suspect.id),
    [],
    "",
  );
}

/**
 * Reads the repaired objects of one type once more, and records those that are stored as the upstream has them, or that
 * something newer has been written of since.
 */
export async function verifyRepairs(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  type: EntityType,
): Promise<void> {
  await tx.query(
    `update record_differences as difference set
       verified_at = case when is_right then now() end, repaired_at = case when is_right then difference.repaired_at end,
       problem = case when not is_right then 'the store has other content again' end
     from (select entity_id, is_equal or written_at > repaired_at as is_right from (${repairedContents(type)}) as read) as checked
     where difference.run_id = $1 and difference.stream = $2 and difference.entity_id = checked.entity_id`,
    [runId, stream],
  );
}

/** Counts of the differences of a stream in a run. */
export interface DifferenceCounts {
  readonly missing: number;
  readonly altered: number;
  readonly invented: number;
  readonly repaired: number;
  readonly verified: number;
}

export async function countDifferences(tx: Transaction, { runId, stream }: ComparedStream): Promise<DifferenceCounts> {
  const [row] = await tx.query<DifferenceCounts & Record<string, unknown>>(
    `select count(*) filter (where kind = 'MISSING')::integer as missing, count(*) filter (where kind = 'ALTERED')::integer as altered,
       count(*) filter (where kind = 'INVENTED')::integer as invented, count(repaired_at)::integer as repaired,
       count(verified_at)::integer as verified
     from record_differences where run_id = $1 and stream = $2`,
    [runId, stream],
  );
  return row ?? { missing: 0, altered: 0, invented: 0, repaired: 0, verified: 0 };
}

/** Returns the first differences of a stream in a run. */
export function firstDifferences(
  tx: Transaction,
  { runId, stream }: ComparedStream,
  limit: number,
): Promise<{ kind: DifferenceKind; entity: EntityType; externalId: string; id: string }[]> {
  return tx.query(
    `select kind, entity_type as entity, external_id as "externalId", entity_id as id from record_differences
     where run_id = $1 and stream = $2 order by entity_id limit $3`,
    [runId, stream, limit],
  );
}

/** Differences that were repaired, or found so long ago that a later comparison has found them again. */
export const differenceRetention = expiringRows({
  table: "record_differences",
  deleteFrom: "delete from record_differences",
  key: { run_id: "text", stream: "text", entity_id: "text" },
  age: "found_at",
});
