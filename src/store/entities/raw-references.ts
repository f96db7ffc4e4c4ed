import { ENTITY_TABLES } from "./tables.ts";

/**
 * Returns an SQL condition: no object and no quarantined record was read from these bytes of a source. Each table is
 * looked up by its index, row by row: PostgreSQL can't turn a subquery with `offset 0` into a scan of the whole table.
 * @param sourceId SQL expression
 * @param contentHash SQL expression: SHA-256 of the bytes, hex
 */
export function isNotReferenced(sourceId: string, contentHash: string): string {
  return [...Object.values(ENTITY_TABLES).map(({ table }) => table), "quarantined_records"]
    .map(
      (table) =>
        `not exists (select 1 from ${table} as user_of where user_of.raw_hash = ${contentHash}
           and user_of.source_id = ${sourceId} offset 0)`,
    )
    .join(" and ");
}
