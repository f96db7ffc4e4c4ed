import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "./app-context.ts";
import { ConnectionLost } from "../graph/connection.ts";
import type { LiveEvent } from "../graph/event-fields.ts";
import { afterTimeout, createLoader } from "../graph/loader.ts";
import { createPagedList, type ListPage, type PagedList } from "../graph/paged-list.ts";

export const PAGE_SIZE = 100;
const MAX_PAGES = 20;
const INTERVAL_MS = 1_000;

export interface ListState<Row> {
  readonly list: PagedList<Row>;
  readonly error: string | undefined;
  /** The list has changed since it was read. It is not replaced under the reader's eyes. */
  readonly isOutdated: boolean;
  /** Reads the list again from its beginning. */
  refresh(): void;
  /** Names the visible rows. While the first ones are visible, changes are read at once. */
  show(first: number, last: number): void;
}

export interface UseListOptions<Row> {
  /** Identifies what is listed: another key begins another list. */
  readonly key: string;
  readonly load: (after: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>;
  /** Whether an event changes the list. */
  readonly concerns: (event: LiveEvent) => boolean;
}

/** A list of the graph of any length, kept true by the events. */
export function useList<Row>({ key, load, concerns }: UseListOptions<Row>): ListState<Row> {
  const { session } = useApp();
  const [, setVersion] = useState(0);
  const [outdatedKey, setOutdated] = useState<string>();
  const isAtTop = useRef(true);
  const latest = useRef({ load, concerns });
  latest.current = { load, concerns };
  const list = useMemo(() => {
    isAtTop.current = true;
    return createPagedList<Row>({
      load: (after, signal) => latest.current.load(after, signal),
      pageSize: PAGE_SIZE,
      maxPages: MAX_PAGES,
      onChange: () => setVersion((version) => version + 1),
    });
  }, [key]);
  const refresh = (): void => {
    setOutdated(undefined);
    list.restart();
  };
  useEffect(() => {
    const onChange = (): void => (isAtTop.current ? refresh() : setOutdated(key));
    const limited = createLoader({
      load: () => Promise.resolve(onChange()),
      onValue: () => undefined,
      onError: () => undefined,
      intervalMs: INTERVAL_MS,
      now: () => performance.now(),
      later: afterTimeout,
    });
    const endEvents = session.onEvents((events) => {
      if (events.some((event) => latest.current.concerns(event))) limited.request();
    });
    const endEpochs = session.epoch.subscribe(() => limited.request());
    return () => {
      limited.close();
      endEvents();
      endEpochs();
      list.close();
    };
  }, [list]);
  const { error } = list;
  const isTemporary = error === undefined || error instanceof ConnectionLost;
  return {
    list,
    error: isTemporary ? undefined : error instanceof Error ? error.message : "the list could not be read",
    isOutdated: outdatedKey === key,
    refresh,
    show(first, last) {
      isAtTop.current = first === 0;
      list.show(first, last);
    },
  };
}
