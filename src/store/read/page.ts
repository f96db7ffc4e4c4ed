/** Where an item stands in a list that is ordered by time and id. */
export interface ListPosition {
  /** PostgreSQL's text of the time, with microseconds; for a list without times the empty text. */
  readonly at: string;
  readonly id: string;
}

/** Which part of a list to read. */
export interface PageRequest {
  /** Rows at most. */
  readonly limit: number;
  /** Begin behind this one; undefined begins at the newest. */
  readonly after: ListPosition | undefined;
}

/** What every row of such a list tells. */
export interface Positioned {
  readonly id: string;
  readonly orderedAt: string;
}

/** The position of a row. */
export function positionOf({ orderedAt, id }: Positioned): ListPosition {
  return { at: orderedAt, id };
}
