/** Which items of a list an action is for: named ones, or all that match the list's filter. */
export interface Selection {
  readonly isAll: boolean;
  /** Named items; empty if `isAll`. */
  readonly ids: ReadonlySet<string>;
  has(id: string): boolean;
  /** A changed selection of all becomes one of the named item alone: nobody knows which the others are. */
  toggle(id: string): Selection;
}

export function createSelection(
  given: { readonly isAll?: boolean; readonly ids?: ReadonlySet<string> } = {},
): Selection {
  const { isAll = false, ids = new Set() } = given;
  return {
    isAll,
    ids,
    has: (id) => isAll || ids.has(id),
    toggle(id) {
      if (isAll) return createSelection({ ids: new Set([id]) });
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return createSelection({ ids: next });
    },
  };
}
