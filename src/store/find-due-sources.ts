import type { DueSearch, DueSubject, FoundSubjects } from "../runtime/due-work.ts";
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

/**
 * Returns a search for the sources with due rows, over all tenants. It jumps from one source to the next in the index:
 * its duration depends on the number of sources with such rows, neither on the number of rows nor on that of all
 * sources. Every tenant gets the same share.
 */
export function dueSources(rows: DueRows): (db: Database, search: DueSearch) => Promise<FoundSubjects> {
  const text = searchText(rows);
  return async (db, { limit, except }) => {
    const found = await db.acrossTenants<Found & Record<string, unknown>>(text, [limit, except]);
    return { subjects: found, hasMore: found.length >= limit || found.some(({ turn, share }) => turn === share) };
  };
}

interface Found extends DueSubject {
  /** Place within the tenant, and the last place that the search looked for. */
  readonly turn: number;
  readonly share: number;
}

/**
 * SQL of the greatest number of results of one tenant: all of the limit ($1) if there are few tenants, and a part that
 * keeps the sum bounded if there are many. `tenants` is the number of tenants.
 */
export const shareOf = (tenants: string): string =>
  `case when ${tenants} <= 16 then $1::integer else greatest(4, 16 * $1::integer / ${tenants}) end::integer`;

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
      select ${shareOf("count(tenant_id)")} as share from tenants
    )
    select source_id as key, tenant_id as "group", turn::integer, share from (
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
    ) as found cross join sharing
    order by turn, random() limit $1`;
}
