import type { Condition } from "./conditions.ts";

/**
 * Position of a bulk operation of several calls in a list, the oldest first: no item is selected twice, also if it matches
 * again after it was changed, and none that came after the first call.
 */
export interface BulkPosition {
  /** PostgreSQL's text of the time of the last item. */
  readonly at: string;
  /** Id of the last item. */
  readonly id: string;
  /** PostgreSQL's text of the time of the first call. */
  readonly until: string;
}

/** Matches the items behind a position; every item in the first call. */
export function isBehind(column: string, position: BulkPosition | undefined): Condition {
  return (parameters) => {
    if (position === undefined) return undefined;
    const [at, id, until] = [position.at, position.id, position.until].map((value) => parameters.add(value));
    return `(${column}, id) > (${at}::timestamptz, ${id}) and ${column} < ${until}::timestamptz`;
  };
}

/** Item that was found, with the texts of its time and of the statement's. */
export interface BulkItem {
  readonly id: string;
  readonly at: string;
  readonly now: string;
}

/** Returns the position behind the last one of the selected items, if more were found than were selected. */
export function positionBehind(
  found: readonly BulkItem[],
  limit: number,
  after: BulkPosition | undefined,
): BulkPosition | undefined {
  const last = found[limit - 1];
  if (last === undefined || found.length <= limit) return undefined;
  return { at: last.at, id: last.id, until: after?.until ?? last.now };
}
