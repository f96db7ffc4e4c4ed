import type { EntityType } from "../../domain/ids.ts";
import type { ChildList } from "../queries/child-lists.ts";
import { type ChildPage, findChildren } from "../queries/find-children.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import type { LoaderSpec } from "./define-loader.ts";

/** Maximum number of parents in one statement. The operation's own limits bound the number of rows. */
export const MAX_PARENTS = 1_000;

/** Returns text that is equal for equal pages of equal parents. */
export function childPageKey({ parentId, limit, after }: ChildPage): string {
  return JSON.stringify([parentId, limit, after?.at, after?.id]);
}

/** Loads a page of one parent's children, newest first. */
export function children<Type extends EntityType>(
  list: ChildList<Type>,
): LoaderSpec<ChildPage, readonly EntityRows[Type][]> {
  return {
    key: childPageKey,
    maxBatch: MAX_PARENTS,
    load: ({ database, tenantId, columns }, pages) =>
      database.read(tenantId, (tx) => findChildren(tx, list, pages, columns)),
  };
}
