import type { Database } from "../store/database.ts";
import type { LoggedEvent } from "./event.ts";
import { eventOf, type EventRow } from "./event-row.ts";
import { type EventFilter, FILTER_SQL, filterParameters } from "./filter.ts";

/** Current contents of the log: numbers `floor + 1` to `head`. */
export interface LogBounds {
  /** Number of the newest event; 0 before the first. */
  readonly head: bigint;
  /** Number of the newest event that retention has deleted; 0 if none was deleted. */
  readonly floor: bigint;
}

/** A contiguous section of the log, in order. */
export interface LogPage extends LogBounds {
  readonly events: readonly LoggedEvent[];
  /** Every matching event from the page's `after` up to this number is in `events`. Never beyond `head`. */
  readonly through: bigint;
}

export interface ReadLogOptions {
  readonly tenantId: string;
  /** Sequence number of the last event already received. */
  readonly after: bigint;
  readonly filter: EventFilter;
  /** Maximum number of events in the page. */
  readonly limit: number;
}

/**
 * Number of sequence numbers that one statement examines if there is a filter: a filter that matches nothing costs
 * milliseconds, not a scan of the log, even while the table is so new that the planner sorts the window instead of
 * walking the index.
 */
const FILTER_WINDOW = 10_000;

/**
 * One statement, so that bounds and events belong to the same moment: retention cannot delete events between the two.
 */
const PAGE = `
  select bounds.head, bounds.floor, page.*
  from event_heads bounds left join lateral (
    select tenant_id, seq, at, source_id, kind, entity_type, entity_id, data, traceparent from events
    where seq > $1 and seq <= least(bounds.head, $2) and ${FILTER_SQL}
    order by seq limit $3
  ) page on true
  order by page.seq`;

type PageRow = LogBounds & (EventRow | { readonly seq: null });

/**
 * Reads the events after a number. Fewer than `limit` events do not mean the end: compare `through` with `head`.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function readLog(database: Database, options: ReadLogOptions): Promise<LogPage> {
  const { tenantId, after, filter, limit } = options;
  const selected = filterParameters(filter);
  const isFiltered = selected.some((list) => list !== null);
  const last = after + BigInt(isFiltered ? FILTER_WINDOW : limit); // numbers have no gaps
  const rows = await database.read(tenantId, (tx) => tx.query<PageRow>(PAGE, [after, last, limit, ...selected]));
  const { head, floor } = rows[0] ?? { head: 0n, floor: 0n };
  const found = rows.filter((row): row is LogBounds & EventRow => row.seq !== null);
  const end = head < last ? head : last;
  const through = found.length < limit ? end : (found.at(-1)?.seq ?? end);
  return { head, floor, through, events: found.map(eventOf).filter((event) => event !== undefined) };
}

/** @throws ServiceError STORE_UNAVAILABLE | INTERNAL */
export async function readBounds(database: Database, tenantId: string): Promise<LogBounds> {
  const rows = await database.read(tenantId, (tx) => tx.query<LogBounds>("select head, floor from event_heads"));
  return rows[0] ?? { head: 0n, floor: 0n };
}
