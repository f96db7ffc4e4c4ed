import { QUARANTINE } from "../../domain/lifecycles.ts";
import { literals } from "../status-sql.ts";
import { type BulkPosition, isBehind } from "./bulk-position.ts";
import { isOneOf } from "./conditions.ts";
import type { Parameters } from "./parameters.ts";

/** Filter of quarantined records, which must meet every condition; null and undefined set no condition. */
export interface QuarantineFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly entityTypes?: readonly string[] | null | undefined;
  readonly status?: string | null | undefined;
  readonly paths?: readonly string[] | null | undefined;
}

/** Open records to be changed by one call. */
export interface QuarantineBatch {
  readonly filter: QuarantineFilter;
  readonly limit: number;
  /** Position of the call before; undefined in the first call. */
  readonly after: BulkPosition | undefined;
}

const IS_OPEN = `status in (${literals(QUARANTINE.initial)})`;

/**
 * Returns the SQL of the open records of a batch and one more, those that were first received earliest first. Those of
 * each source are read from its own index and merged. Undefined: no record can match.
 */
export function selectOpenRecords(
  { filter, limit, after }: QuarantineBatch,
  parameters: Parameters,
): string | undefined {
  const { sourceIds, entityTypes, status, paths } = filter;
  if ([sourceIds, entityTypes, paths].some((list) => list?.length === 0) || (status ?? "OPEN") !== "OPEN")
    return undefined;
  const conditions = [isOneOf("entity_type", entityTypes), isOneOf("path", paths), isBehind("first_at", after)];
  const own = conditions.flatMap((one) => one(parameters) ?? []);
  const most = parameters.add(limit + 1);
  const named = sourceIds?.filter((id) => !id.includes("\0")); // PostgreSQL text cannot contain U+0000
  const requested =
    named === undefined
      ? "(select id as source_id from sources)"
      : `(select distinct * from unnest(${parameters.add(named)}::text[]))`;
  return `select own.* from ${requested} as requested (source_id) cross join lateral (
       select * from quarantined_records where source_id = requested.source_id and ${IS_OPEN}
         ${own.map((one) => `and ${one}`).join(" ")} order by first_at, id limit ${most}
     ) as own order by own.first_at, own.id limit ${most}`;
}
