/** Collects items and passes them on in batches, at most one per frame. */
export interface EventQueue<Item> {
  push(item: Item): void;
  /** Drops what was not passed on yet. */
  clear(): void;
}

export interface EventQueueOptions<Item> {
  readonly onBatch: (items: readonly Item[]) => void;
  /** Calls back at the next frame. A hidden page has none: then after a second. */
  readonly schedule: (callback: () => void) => void;
  /** With so many items a batch is passed on without waiting: a page that gets no frames stays small. */
  readonly maxPending: number;
}

export function createEventQueue<Item>({ onBatch, schedule, maxPending }: EventQueueOptions<Item>): EventQueue<Item> {
  let pending: Item[] = [];
  let isScheduled = false;
  function flush(): void {
    isScheduled = false;
    const items = pending;
    pending = [];
    if (items.length > 0) onBatch(items);
  }
  return {
    push(item) {
      pending.push(item);
      if (pending.length >= maxPending) return flush();
      if (isScheduled) return undefined;
      isScheduled = true;
      return schedule(flush);
    },
    clear: () => void (pending = []),
  };
}

/** The next frame of a visible page; a second for a hidden one. */
export function nextFrame(callback: () => void): void {
  if (document.hidden) setTimeout(callback, 1_000);
  else requestAnimationFrame(callback);
}
