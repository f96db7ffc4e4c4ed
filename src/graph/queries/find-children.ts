import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { ChildList } from "./child-lists.ts";
import type { PageRequest } from "./page.ts";
import type { ReadColumns } from "../../store/queries/read-columns.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";

/** Part of one parent's children to read. */
export interface ChildPage extends PageRequest {
  readonly parentId: string;
}

/**
 * Finds a page of children for each parent, newest first, without deleted ones: one statement for all parents, which
 * reads no more rows than the limit for each.
 * @returns the pages in the requested order
 */
export async function findChildren<Type extends EntityType>(
  tx: Transaction,
  { type, from }: ChildList<Type>,
  pages: readonly ChildPage[],
  columns?: ReadColumns,
): Promise<EntityRows[Type][][]> {
  const rows = await tx.query<EntityRows[Type] & { position: bigint }>(
    `select parent.position, ${entityColumns(type, "child", columns)}
     from unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[]) with ordinality
       as parent (id, after_at, after_id, take, position)
     cross join lateral (
       select child.* from ${from}
       where child.content_hash is not null and child.deleted_at is null
         and (child.ordered_at, child.id) < (parent.after_at, parent.after_id)
       order by child.ordered_at desc, child.id desc limit parent.take
     ) as child
     order by parent.position, child.ordered_at desc, child.id desc`,
    [
      pages.map(({ parentId }) => parentId),
      pages.map(({ after }) => after?.at ?? "infinity"), // every time is before it
      pages.map(({ after }) => after?.id ?? ""),
      pages.map(({ limit }) => limit),
    ],
  );
  const found = pages.map((): EntityRows[Type][] => []);
  for (const row of rows) found[Number(row.position) - 1]?.push(row);
  return found;
}
