import type { ReadColumns } from "../../store/queries/read-columns.ts";

/** Position of an item in a list that is ordered by a column and the id. */
export interface ListPosition {
  /** PostgreSQL's text of the column's value, with all digits of a time; empty for a list that is ordered by id alone. */
  readonly at: string;
  readonly id: string;
}

/** Part of a list to read. */
export interface PageRequest {
  /** Maximum number of rows. */
  readonly limit: number;
  /** Start after this position; undefined starts with the first item. */
  readonly after: ListPosition | undefined;
  /** End before this position. Default: the end of the list. */
  readonly before?: ListPosition | undefined;
  /** True: the last rows of the part, which are returned in the order of the list. Default: its first rows. */
  readonly isFromEnd?: boolean | undefined;
  /** Order of the list by its name in the SDL: `AMOUNT_DESC`. Default: the list's own order. */
  readonly order?: string | undefined;
  /** Fields of the rows to read, if they are of synced objects. Default: all. */
  readonly columns?: ReadColumns | undefined;
}

/** Column that a list is ordered by, before the id. It is null in no row of the list. */
export interface ListOrder {
  readonly column: string;
  readonly type: "timestamptz" | "date" | "text";
  readonly isAscending: boolean;
}

/** Columns that every row of such a list has. */
export interface Positioned {
  readonly id: string;
  readonly orderedAt: string;
  /** Value of the order's column. Default: `orderedAt`. */
  readonly orderKey?: string;
}

/** Returns the position of a row. */
export function positionOf({ orderedAt, orderKey, id }: Positioned): ListPosition {
  return { at: orderKey ?? orderedAt, id };
}

/** Number of items of a list. */
export interface ListCount {
  readonly count: number;
  /** True if the list is too long to be counted. */
  readonly isEstimate: boolean;
}

/** Returns the direction in which an index is read: that of the list, or the opposite for its last rows. */
export function readsAscending({ isAscending }: Pick<ListOrder, "isAscending">, { isFromEnd }: PageRequest): boolean {
  return isFromEnd === true ? !isAscending : isAscending;
}

/** Returns rows in the order of the list, after they were read from its end. */
export function inListOrder<Row>(rows: readonly Row[], { isFromEnd }: PageRequest): Row[] {
  return isFromEnd === true ? rows.toReversed() : [...rows];
}
