import type { ReadColumns } from "../../store/queries/read-columns.ts";

/** Position of an item in a list that is ordered by time and id. */
export interface ListPosition {
  /** PostgreSQL's text of the time, with microseconds; empty for a list without times. */
  readonly at: string;
  readonly id: string;
}

/** Part of a list to read. */
export interface PageRequest {
  /** Maximum number of rows. */
  readonly limit: number;
  /** Start after this position; undefined starts at the newest. */
  readonly after: ListPosition | undefined;
  /** Fields of the rows to read, if they are of synced objects. Default: all. */
  readonly columns?: ReadColumns | undefined;
}

/** Columns that every row of such a list has. */
export interface Positioned {
  readonly id: string;
  readonly orderedAt: string;
}

/** Returns the position of a row. */
export function positionOf({ orderedAt, id }: Positioned): ListPosition {
  return { at: orderedAt, id };
}
