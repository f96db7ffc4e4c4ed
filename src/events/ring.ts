import type { LoggedEvent } from "./event.ts";

/** Newest events of one tenant, shared by all of its subscribers. Contains every event in `(from, to]`. */
export interface Ring {
  /** The ring contains the events after this number. */
  readonly from: bigint;
  /** Number up to which the log was read. */
  readonly to: bigint;
  /** Number of events in memory. */
  readonly size: number;
  /** Returns the first event after `position`, which must be within `[from, to]`; undefined at the head. */
  after(position: bigint): LoggedEvent | undefined;
  /** Adds the events read from the log after `to`, up to `through`; drops the oldest beyond the capacity. */
  push(events: readonly LoggedEvent[], through: bigint): void;
}

/** Creates an empty ring whose next event has the number `start + 1`. */
export function createRing(start: bigint, capacity: number): Ring {
  let events: LoggedEvent[] = [];
  let from = start;
  let to = start;

  return {
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    get size() {
      return events.length;
    },
    after: (position) => events[indexAfter(events, position)],
    push(added, through) {
      const all = events.concat(added);
      const excess = Math.max(0, all.length - capacity);
      from = all[excess - 1]?.seq ?? from;
      events = all.slice(excess);
      to = through;
    },
  };
}

/**
 * Returns the index of the first event with a greater number, by binary search, because events of unknown kinds leave
 * gaps.
 */
function indexAfter(events: readonly LoggedEvent[], position: bigint): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && event.seq > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
