import type { CamtEntryItem, CamtEvent } from "../camt.ts";
import { type PendingDetail, resolveDirection } from "../map/detail.ts";
import type { WireEvent } from "../message/outbox.ts";

/** Assembles entries whose details arrived in several messages. One instance for each file. */
export function createAssembler(): (events: readonly WireEvent[]) => readonly CamtEvent[] {
  let early: PendingDetail[] = [];
  const complete = (item: CamtEntryItem): CamtEntryItem => {
    const details = early;
    early = [];
    if (item.entry === undefined) return item;
    const { entry } = item;
    const resolved = details.map((detail) => resolveDirection(detail, entry.direction));
    return { ...item, entry: { ...entry, details: [...resolved, ...entry.details] } };
  };
  return (events) =>
    events.flatMap((event): CamtEvent[] => {
      if (event.type === "details") {
        for (const detail of event.details) early.push(detail);
        return [];
      }
      const [first, ...rest] = event.type === "entries" && early.length > 0 ? event.items : [];
      if (event.type !== "entries" || first === undefined) return [event];
      return [{ ...event, items: [complete(first), ...rest] }];
    });
}
