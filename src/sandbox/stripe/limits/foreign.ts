/** Somebody else who uses a credential: takes permits as requests of this kind would, at an even pace. */
export interface ForeignConsumer {
  readonly key: string;
  readonly perSecond: number;
  readonly method: string;
  readonly path: string;
}

/** The foreign consumers, one for each key. */
export interface ForeignConsumers {
  /** Puts a consumer in the place of the key's; at 0 per second only takes that away. */
  set(consumer: ForeignConsumer, nowMs: number): void;
  list(): readonly ForeignConsumer[];
  /** Takes what has come due by `nowMs`, in the order of time. */
  advance(nowMs: number): void;
}

interface Running {
  readonly consumer: ForeignConsumer;
  readonly startedAtMs: number;
  taken: number;
}

/**
 * No consumers. There is no timer to be late: what a consumer would have taken by a moment is taken, at its due
 * time, before anybody looks at that moment.
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

/** From the count, not from the last time: rounding does not add up. */
const dueAtMs = ({ consumer, startedAtMs, taken }: Running): number =>
  startedAtMs + ((taken + 1) * 1000) / consumer.perSecond;

function nextOf(running: ReadonlyMap<string, Running>): Running | undefined {
  let next: Running | undefined;
  for (const each of running.values()) if (next === undefined || dueAtMs(each) < dueAtMs(next)) next = each;
  return next;
}
