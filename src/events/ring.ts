import type { LoggedEvent } from "./event.ts";

/** The newest events of one tenant, shared by all of its subscribers. Holds every event in `(from, to]`. */
export interface Ring {
  /** The events after this number are here. */
  readonly from: bigint;
  /** Number up to which the log was read. */
  readonly to: bigint;
  /** Events in memory. */
  readonly size: number;
  /** The first event after `position`, which must be within `[from, to]`; undefined at the tip. */
  after(position: bigint): LoggedEvent | undefined;
  /** Adds what was read of the log after `to`, up to `through`; forgets the oldest beyond the capacity. */
  push(events: readonly LoggedEvent[], through: bigint): void;
}

/** An empty ring whose next event has the number `start + 1`. */
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

/** Index of the first event whose number is greater: a binary search, since unknown kinds leave holes. */
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
