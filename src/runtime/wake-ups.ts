/**
 * What parts of one process tell each other, each about one source. The key is the topic, the value what it means.
 */
export const WAKE_UP_TOPICS = {
  refetchNeeded: "Objects of the source must be fetched again.",
  refreshRequested: "Streams of the source must be read further.",
  runRequested: "A run of the source was stored and waits for a worker.",
  fileAccepted: "A file of the source was stored and waits to be applied.",
  sourceResumed: "The source is no longer paused.",
  streamCompleted: "A stream of the source was read from its beginning to its end, so tables may have grown much.",
} as const satisfies Readonly<Record<string, string>>;

export type WakeUpTopic = keyof typeof WAKE_UP_TOPICS;

/** What is notified about: a source, or its ids. */
export interface WokenSource {
  readonly id: string;
  readonly tenantId: string;
}

type Listener = (source: WokenSource) => void;
type Notify = Readonly<Record<WakeUpTopic, Listener>>;

/**
 * Notifications between the parts of one process: `wakeUps.refetchNeeded(source)`. They carry no data and are
 * not stored, sent to other processes or repeated. Losing one must therefore be harmless: the work itself is a row in
 * the store, and the worker that does it also polls for such rows (PostgreSQL's autovacuum, in the case of
 * the planner's statistics), so that a wake-up only makes it sooner.
 */
export interface WakeUps extends Notify {
  /**
   * Calls `listener` for each notification of the topic, in the notifier's call stack: it must be cheap and not throw.
   * @returns a function that ends this
   */
  on(topic: WakeUpTopic, listener: Listener): () => void;
}

export function createWakeUps(): WakeUps {
  const listeners = new Map<WakeUpTopic, Set<Listener>>();
  const notify = (topic: WakeUpTopic) => (source: WokenSource) => {
    for (const listener of listeners.get(topic) ?? []) listener(source);
  };
  return {
    refetchNeeded: notify("refetchNeeded"),
    refreshRequested: notify("refreshRequested"),
    runRequested: notify("runRequested"),
    fileAccepted: notify("fileAccepted"),
    sourceResumed: notify("sourceResumed"),
    streamCompleted: notify("streamCompleted"),
    on(topic, listener) {
      const own = listeners.get(topic) ?? new Set();
      listeners.set(topic, own);
      const once: Listener = (source) => listener(source); // the same function may be registered twice
      own.add(once);
      return () => void own.delete(once);
    },
  };
}
