import type { CamtEntryItem, CamtEvent } from "../camt.ts";
import type { PendingDetail } from "../map/detail.ts";

/**
 * What a worker tells. `details` belong before those of the first entry of the next `entries`: an entry may have more
 * than fit into a message, and is complete only after them. Where it turns out to be a fault, they are dropped.
 */
export type WireEvent = CamtEvent | { readonly type: "details"; readonly details: readonly PendingDetail[] };

/** Items of one message. Each of ours is cloned on the event loop that takes it. */
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
    this.tell({ type: "details", details });
  }

  tell(event: WireEvent): void {
    this.#flush();
    this.#events.push(event);
  }

  /** All that there is, in order. */
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
