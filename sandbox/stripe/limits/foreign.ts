/** Another user of a credential: takes permits as requests of this kind would, at a constant rate. */
export interface ForeignConsumer {
  readonly key: string;
  readonly perSecond: number;
  readonly method: string;
  readonly path: string;
}

/** The foreign consumers, one for each key. */
export interface ForeignConsumers {
  /** Replaces the consumer of the key; at 0 per second it only removes it. */
  set(consumer: ForeignConsumer, nowMs: number): void;
  list(): readonly ForeignConsumer[];
  /** Takes everything that is due by `nowMs`, in chronological order. */
  advance(nowMs: number): void;
}

interface Running {
  readonly consumer: ForeignConsumer;
  readonly startedAtMs: number;
  taken: number;
}

/**
 * Creates an empty set of consumers. No timer is used that could be late: everything that a consumer would have taken
 * by a given time is taken, with its due time, before the state at that time is read.
 */
export function createForeignConsumers(take: (consumer: ForeignConsumer, atMs: number) => void): ForeignConsumers {
  const running = new Map<string, Running>();
  const advance = (nowMs: number): void => {
    for (;;) {
      const next = nextOf(running);
      if (next === undefined || dueAtMs(next) > nowMs) return;
      take(next.consumer, dueAtMs(next));
      next.taken += 1;
    }
  };
  return {
    advance,
    list: () => [...running.values()].map(({ consumer }) => consumer),
    set(consumer, nowMs) {
      advance(nowMs);
      if (consumer.perSecond === 0) running.delete(consumer.key);
      else running.set(consumer.key, { consumer, startedAtMs: nowMs, taken: 0 });
    },
  };
}

/** Computed from the count, not from the last time, so that rounding errors do not accumulate. */
const dueAtMs = ({ consumer, startedAtMs, taken }: Running): number =>
  startedAtMs + ((taken + 1) * 1000) / consumer.perSecond;

function nextOf(running: ReadonlyMap<string, Running>): Running | undefined {
  let next: Running | undefined;
  for (const each of running.values()) if (next === undefined || dueAtMs(each) < dueAtMs(next)) next = each;
  return next;
}
