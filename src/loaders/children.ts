import type { EntityType } from "../domain/ids.ts";
import type { ChildList } from "../store/read/child-lists.ts";
import { type ChildPage, findChildren } from "../store/read/find-children.ts";
import type { EntityRows } from "../store/read/rows.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Parents of one statement at most. What comes back is what the operation asked for, so its own limits bound it. */
export const MAX_PARENTS = 1_000;

/** Text that is equal for equal pages of equal parents. */
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
    load: reading((tx, pages) => findChildren(tx, list, pages)),
  };
}
