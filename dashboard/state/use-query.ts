import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "./app-context.ts";
import { ConnectionLost } from "../graph/connection.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { LiveEvent } from "../graph/event-fields.ts";
import { afterTimeout, createLoader } from "../graph/loader.ts";

export interface QueryState<Data> {
  /** Undefined before the first answer. After a failure the last answer stays. */
  readonly data: Data | undefined;
  readonly error: string | undefined;
  reload(): void;
}

export interface QueryOptions {
  /** Whether an event changes the answer. Default: no event does. */
  readonly concerns?: (event: LiveEvent) => boolean;
  /** Interval at which the answer is read again, for what changes without an event. Default: never. */
  readonly everyMs?: number;
}

const INTERVAL_MS = 1_000;

/** Reads the answer of one document: see `useRead`. */
export function useQuery<Data, Variables>(
  document: GraphDocument<Data, Variables>,
  variables: Variables,
  options: QueryOptions = {},
): QueryState<Data> {
  const { session } = useApp();
  const key = JSON.stringify([document.text, variables]);
  return useRead(key, (signal) => session.run(document, variables, signal), options);
}

/**
 * Reads from the graph, and again when an event concerns the answer, and after each new connection. Nothing is cached: the
 * answer belongs to the component.
 * @param key identifies what is read: with another one the present answer is dropped
 */
export function useRead<Data>(
  key: string,
  read: (signal: AbortSignal) => Promise<Data>,
  { concerns, everyMs }: QueryOptions = {},
): QueryState<Data> {
  const { session } = useApp();
  const [answer, setAnswer] = useState<{ readonly key: string; readonly data?: Data; readonly error?: string }>({
    key,
  });
  const request = useRef(() => undefined as void);
  const isConcerned = useRef(concerns);
  isConcerned.current = concerns;
  useEffect(() => {
    const loader = createLoader<Data>({
      load: read,
      onValue: (data) => setAnswer({ key, data }),
      onError(reason) {
        if (reason instanceof ConnectionLost) return; // the next connection reads it again
        const error = reason instanceof Error ? reason.message : String(reason);
        setAnswer((last) => ({ key, error, ...(last.key === key && last.data !== undefined && { data: last.data }) }));
      },
      intervalMs: INTERVAL_MS,
      now: () => performance.now(),
      later: afterTimeout,
    });
    request.current = loader.request;
    const endEvents = session.onEvents((events) => {
      const { current: test } = isConcerned;
      if (test !== undefined && events.some(test)) loader.request();
    });
    const endEpochs = session.epoch.subscribe(() => loader.request());
    const timer = everyMs === undefined ? undefined : setInterval(() => isVisible() && loader.request(), everyMs);
    return () => {
      loader.close();
      endEvents();
      endEpochs();
      clearInterval(timer);
    };
  }, [key, session, everyMs]);
  const isPresent = answer.key === key;
  return {
    data: isPresent ? answer.data : undefined,
    error: isPresent ? answer.error : undefined,
    reload: () => request.current(),
  };
}

const isVisible = (): boolean => !globalThis.document.hidden;
