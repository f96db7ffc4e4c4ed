import type { EntityType } from "../../domain/ids.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import type { ChildList } from "../queries/child-lists.ts";
import { type ChildPage, type CountedChildren, countChildren, findChildren } from "../queries/find-children.ts";
import type { ListCount, Positioned } from "../queries/page.ts";
import type { LoaderSpec } from "./define-loader.ts";

/** Maximum number of parents in one statement. The operation's own limits bound the number of rows. */
export const MAX_PARENTS = 1_000;

/** Returns text that is equal for equal pages of equal parents. */
export function childPageKey({ parentId, limit, after, before, isFromEnd, order, filter }: ChildPage): string {
  return JSON.stringify([parentId, limit, after?.at, after?.id, before?.at, before?.id, isFromEnd, order, filter]);
}

/** Loads a page of one parent's children. */
export function children<Type extends EntityType>(
  list: ChildList<Type>,
): LoaderSpec<ChildPage, readonly (EntityRows[Type] & Positioned)[]> {
  return {
    key: childPageKey,
    maxBatch: MAX_PARENTS,
    load: ({ database, tenantId, columns }, pages) =>
      database.read(tenantId, (tx) => findChildren(tx, list, pages, columns)),
  };
}

/** Counts one parent's children. */
export function childCounts<Type extends EntityType>(list: ChildList<Type>): LoaderSpec<CountedChildren, ListCount> {
  return {
    key: ({ parentId, filter }) => JSON.stringify([parentId, filter]),
    maxBatch: MAX_PARENTS,
    load: ({ database, tenantId }, requested) => database.read(tenantId, (tx) => countChildren(tx, list, requested)),
  };
}
