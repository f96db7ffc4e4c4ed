import type { Transaction } from "../store/database.ts";
import type { EventKind, LoggedEvent } from "./event.ts";
import { eventOf, type EventRow } from "./event-row.ts";

/** Events that may be reported to people. An index contains only these: see migration 0032. */
export const ALERT_EVENTS = [
  "FindingOpened",
  "FindingClosed",
  "SourceHealthChanged",
] as const satisfies readonly EventKind[];

/** Each of them is about a source. */
export interface AlertEvent extends LoggedEvent {
  readonly sourceId: string;
}

export interface AlertEventPage {
  readonly events: readonly AlertEvent[];
  /** Number up to which every such event is in `events`. */
  readonly through: bigint;
  readonly hasMore: boolean;
}

type PageRow = { readonly head: bigint } & (EventRow | { readonly seq: null });

const PAGE = `
  select heads.head, page.*
  from event_heads as heads left join lateral (
    select tenant_id, seq, at, source_id, kind, entity_type, entity_id, data, traceparent from events
    where seq > $1 and seq <= heads.head and kind in (${ALERT_EVENTS.map((kind) => `'${kind}'`).join(", ")})
    order by seq limit $2
  ) as page on true
  order by page.seq`;

/** Reads the next such events of the tenant's log. Its cost does not depend on the number of other events. */
export async function readAlertEvents(tx: Transaction, after: bigint, limit: number): Promise<AlertEventPage> {
  const rows = await tx.query<PageRow>(PAGE, [after, limit]);
  const head = rows[0]?.head ?? after;
  const found = rows.filter((row): row is { readonly head: bigint } & EventRow => row.seq !== null);
  const hasMore = found.length === limit;
  return {
    events: found.map(eventOf).filter((event) => isAboutSource(event)),
    through: hasMore ? (found.at(-1)?.seq ?? head) : head,
    hasMore,
  };
}

function isAboutSource(event: LoggedEvent | undefined): event is AlertEvent {
  return event !== undefined && event.sourceId !== null;
}
