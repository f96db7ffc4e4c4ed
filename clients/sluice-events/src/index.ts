import { type Fetch, multipart, sse } from "./http.ts";
import { ConnectionRefused, type ResultError, type Transport } from "./transport.ts";
import { type SocketClass, webSocket } from "./websocket.ts";

export { type Connection, ConnectionRefused, type Result, type ResultError, type Transport } from "./transport.ts";
export { type Fetch, multipart, sse, type SocketClass, webSocket };

/** An event, with the fields that were selected. */
export interface SyncEvent {
  readonly __typename: string;
  /** Position after the event. Keep it, and pass it as `after`, to continue after a restart of your own. */
  readonly cursor: string;
  readonly [field: string]: unknown;
}

/**
 * What a follower yields. After a `reset` events may be missing: read the state again; those that follow are complete. A
 * `position` has no event: it is newer, and worth to be kept.
 */
export type Item =
  | { readonly type: "event"; readonly cursor: string; readonly event: SyncEvent }
  | { readonly type: "reset"; readonly cursor: string; readonly reason: string }
  | { readonly type: "position"; readonly cursor: string };

export interface FollowOptions {
  /** URL of the graph: `https://sluice.example/graphql`. */
  readonly url: string;
  /** Default: server-sent events by `fetch`. */
  readonly transport?: Transport;
  /** Returns the token for each connection; undefined sends none. */
  readonly token?: () => string | undefined | Promise<string | undefined>;
  /** Cursor of the last item that was handled. Default: begins now. */
  readonly after?: string;
  /** `SyncEventFilter` of the graph. Default: all events. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** Fields of an event beside `__typename` and `cursor`. Default: none. */
  readonly fields?: string;
  /** Ends the follower. */
  readonly signal?: AbortSignal;
  /** Called with the reason of each connection that was lost, before the next attempt. */
  readonly onDisconnect?: (reason: unknown) => void;
  /** Bounds of the pause before the next attempt, which doubles. Default: 250 ms to 10 s. */
  readonly retry?: { readonly baseMs: number; readonly capMs: number };
  /** Random number from 0 to 1, which spreads the attempts of many clients. Default: `Math.random`. */
  readonly random?: () => number;
}

/** The server refuses the subscription itself: an invalid cursor, a missing permission, a field that does not exist. */
export class SubscriptionFailed extends Error {
  override readonly name = "SubscriptionFailed";
  readonly errors: readonly ResultError[];

  constructor(errors: readonly ResultError[]) {
    super(errors.map(({ message }) => message).join("; "));
    this.errors = errors;
  }
}

const DEFAULT_RETRY = { baseMs: 250, capMs: 10_000 };
/** Cursors that are remembered, to drop what comes again. */
const REMEMBERED = 1_000;

/**
 * Follows the events of a tenant: each once, in the order of commit, however often the connection breaks.
 * @throws ConnectionRefused | SubscriptionFailed when to connect again has no use
 */
export async function* followSyncEvents(options: FollowOptions): AsyncGenerator<Item, void> {
  const { signal = new AbortController().signal, retry = DEFAULT_RETRY, random = Math.random, onDisconnect } = options;
  const memory = createMemory(options.after);
  let failures = 0;
  while (!signal.aborted) {
    let reason: unknown = new Error("the stream ended");
    try {
      for await (const item of connect(options, memory, signal)) {
        failures = 0;
        if (item !== undefined) yield item;
      }
    } catch (caught) {
      if (caught instanceof ConnectionRefused || caught instanceof SubscriptionFailed) throw caught;
      reason = caught;
    }
    if (memory.takeReconnect() || signal.aborted) continue;
    failures += 1;
    onDisconnect?.(reason);
    await pause(random() * Math.min(retry.capMs, retry.baseMs * 2 ** Math.min(failures - 1, 20)), signal);
  }
}

/** What has been received, over all connections. */
interface Memory {
  /** Cursor of the last item; undefined before the first one. */
  readonly last: string | undefined;
  /** True for a cursor that was received before. */
  has(cursor: string): boolean;
  add(cursor: string): void;
  /** Another connection is needed at once, although this one works. */
  reconnect(): void;
  /** Returns whether `reconnect` was called since the last call. */
  takeReconnect(): boolean;
}

function createMemory(after: string | undefined): Memory {
  const cursors = new Set<string>(after === undefined ? [] : [after]);
  let last = after;
  let isRequested = false;
  return {
    get last() {
      return last;
    },
    has: (cursor) => cursors.has(cursor),
    add(cursor) {
      last = cursor;
      cursors.add(cursor);
      const [oldest] = cursors;
      if (cursors.size > REMEMBERED && oldest !== undefined) cursors.delete(oldest);
    },
    reconnect: () => void (isRequested = true),
    takeReconnect() {
      const was = isRequested;
      isRequested = false;
      return was;
    },
  };
}

/** Yields the new items of one connection; undefined for a message without one. */
async function* connect(
  options: FollowOptions,
  memory: Memory,
  signal: AbortSignal,
): AsyncGenerator<Item | undefined, void> {
  const { url, transport = sse(), filter, fields = "" } = options;
  const leave = new AbortController();
  const onAbort = (): void => leave.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  const after = memory.last;
  try {
    const token = await options.token?.();
    const authorization = token === undefined ? undefined : `Bearer ${token}`;
    const connection = {
      url,
      authorization,
      query: queryOf(fields),
      variables: { after, filter },
      signal: leave.signal,
    };
    for await (const { data, errors } of transport(connection)) {
      const event = data?.["syncEvents"] as SyncEvent | null | undefined; // what `queryOf` selects
      if (event === null || event === undefined) throw failureOf(errors ?? []);
      const item = itemOf(event);
      if (isSeam(item, memory, after)) return memory.reconnect();
      const isNew = !memory.has(item.cursor);
      if (isNew || item.type === "reset") memory.add(item.cursor);
      yield isNew || item.type === "reset" ? item : undefined;
      // A gateway that connects again by itself would begin at its own "now": from here on, the request has a position.
      if (after === undefined) return memory.reconnect();
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    leave.abort();
  }
}

/**
 * Returns true if a gateway has connected again by itself, with the variables of long ago: the position is an earlier one.
 * What follows may repeat more than is remembered, so that another connection, after the last cursor, is better.
 */
function isSeam({ type, cursor }: Item, memory: Memory, after: string | undefined): boolean {
  return type === "position" && cursor !== memory.last && (cursor === after || memory.has(cursor));
}

function itemOf(event: SyncEvent): Item {
  const { __typename: type, cursor } = event;
  if (type === "StreamPosition") return { type: "position", cursor };
  return type === "StreamReset"
    ? { type: "reset", cursor, reason: String(event["reason"]) }
    : { type: "event", cursor, event };
}

/** An error that another attempt may avoid, unless the request itself is refused. */
function failureOf(errors: readonly ResultError[]): Error {
  const failure = new SubscriptionFailed(errors);
  if (errors.some(isPermanent)) return failure;
  return new Error(`the subscription was interrupted: ${failure.message}`, { cause: failure });
}

/** Codes by which gateways refuse a request. Other errors of theirs say that they have lost the connection to Sluice. */
const REFUSED_REQUESTS: ReadonlySet<unknown> = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_PARSING_ERROR",
  "OPERATION_VALIDATION_ERROR",
  "PARSING_ERROR",
  "UNAUTHENTICATED",
  "UNAUTHORIZED_FIELD_OR_TYPE",
  "VALIDATION_ERROR",
]);

/** Sluice's own errors tell whether another attempt may succeed. */
function isPermanent({ extensions }: ResultError): boolean {
  return (
    extensions?.["retryable"] === false ||
    (extensions?.["retryable"] !== true && REFUSED_REQUESTS.has(extensions?.["code"]))
  );
}

function queryOf(fields: string): string {
  return `subscription FollowSyncEvents($after: EventCursor, $filter: SyncEventFilter) {
    syncEvents(after: $after, filter: $filter) { __typename cursor ... on StreamReset { reason } ${fields} }
  }`;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
