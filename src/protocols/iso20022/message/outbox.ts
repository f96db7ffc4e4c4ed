import type { CamtEntryItem, CamtEvent } from "../camt.ts";
import type { PendingDetail } from "../map/detail.ts";

/**
 * Event sent by a worker. `details` belong before those of the first entry of the next `entries`: an entry may have
 * more than fit into a message, and is complete only after them. If the entry turns out to be faulty, they are dropped.
 */
export type WireEvent = CamtEvent | { readonly type: "details"; readonly details: readonly PendingDetail[] };

/** Maximum items in one message. Each message is cloned on the event loop that receives it. */
export const BATCH = 200;

/** Collects events in batches until they are taken. */
export class Outbox {
  #events: WireEvent[] = [];
  #items: CamtEntryItem[] = [];
  #statement = 0;

  item(statement: number, item: CamtEntryItem): void {
    if (this.#items.length === BATCH || statement !== this.#statement) this.#flush();
    this.#statement = statement;
    this.#items.push(item);
  }

  details(details: readonly PendingDetail[]): void {
    this.emit({ type: "details", details });
  }

  emit(event: WireEvent): void {
    this.#flush();
    this.#events.push(event);
  }

  /** Returns all collected events, in order. */
  take(): readonly WireEvent[] {
    this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #flush(): void {
    if (this.#items.length === 0) return;
    this.#events.push({ type: "entries", statement: this.#statement, items: this.#items });
    this.#items = [];
  }
}
