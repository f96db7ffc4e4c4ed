import type { DueSearch, DueSubject } from "../runtime/due-work.ts";
import type { Database } from "./database.ts";

/** Rows of a table that are work for their source. */
export interface DueRows {
  /** Table with an index that begins with `tenant_id, source_id`. The role `sluice_work` may read the columns used here. */
  readonly table: string;
  /** SQL condition of the index; undefined: it has all rows. */
  readonly indexed?: string;
  /** SQL condition that a row is due now. */
  readonly due: string;
  /** SQL condition that the row's source may be worked on, in terms of `source`. Undefined: always. */
  readonly workable?: string;
}

/** Sources of one tenant that a search returns at least, if so many are due. */
const MIN_PER_TENANT = 4;

/**
 * Returns a search for the sources with due rows, over all tenants. It jumps from one source to the next in the index:
 * its duration depends on the number of sources with such rows, neither on the number of rows nor on that of all
 * sources. Every tenant gets the same share of the limit.
 */
export function dueSources(rows: DueRows): (db: Database, search: DueSearch) => Promise<readonly DueSubject[]> {
  const text = searchText(rows);
  return async (db, { limit, except }) => {
    return await db.acrossTenants<{ key: string; group: string }>(text, [limit, except]);
  };
}

function searchText({ table, indexed = "true", due, workable }: DueRows): string {
  const mayWork =
    workable === undefined
      ? ""
      : `and exists (select from sources as source
           where source.tenant_id = tenants.tenant_id and source.id = names.source_id and ${workable})`;
  return `
    with recursive tenants as (
      (select tenant_id from ${table} where ${indexed} order by tenant_id limit 1)
      union all
      select (select tenant_id from ${table} where ${indexed} and tenant_id > tenants.tenant_id order by tenant_id limit 1)
      from tenants where tenants.tenant_id is not null
    ), sharing as (
      select greatest(${MIN_PER_TENANT}, $1::integer / greatest(1, count(tenant_id)))::integer as share from tenants
    )
    select source_id as key, tenant_id as "group" from (
      select tenants.tenant_id, own.source_id, row_number() over (partition by tenants.tenant_id) as turn
      from tenants cross join lateral (
        with recursive names as (
          (select source_id from ${table} where ${indexed} and tenant_id = tenants.tenant_id order by source_id limit 1)
          union all
          select (
            select source_id from ${table} where ${indexed} and tenant_id = tenants.tenant_id and source_id > names.source_id
            order by source_id limit 1
          ) from names where names.source_id is not null
        )
        select source_id from names
        where source_id is not null and not (source_id = any($2::text[])) and exists (
          select from ${table} where ${indexed} and tenant_id = tenants.tenant_id and source_id = names.source_id and ${due}
        ) ${mayWork}
        limit (select share from sharing)
      ) as own
      where tenants.tenant_id is not null
    ) as found
    order by turn, random() limit $1`;
}
