import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { followSyncEvents } from "../../clients/sluice-events/src/index.ts";
import { ConnectionRefused } from "../../clients/sluice-events/src/transport.ts";
import { callerOf, type Caller, forgetToken, keepToken, readToken } from "./token.ts";
import { connect, type GraphConnection } from "./connection.ts";
import type { GraphDocument } from "./document.ts";
import { EVENT_FIELDS, type LiveEvent } from "./event-fields.ts";
import { createEventQueue, nextFrame } from "./event-queue.ts";
import { createThroughput, type Throughput } from "./throughput.ts";

/** `refused`: the service wants a token, or another one. */
export type ConnectionState = "connecting" | "open" | "lost" | "refused";

/** What the pages know of the graph: one connection, its events, and who the caller is. */
export interface Session {
  readonly state: ReadonlySignal<ConnectionState>;
  /** Why the service refused the caller, in its own words. */
  readonly refusal: ReadonlySignal<string | undefined>;
  readonly caller: ReadonlySignal<Caller>;
  /** Whether a token is in use. */
  readonly hasToken: ReadonlySignal<boolean>;
  /** The newest events, oldest first; at most `MAX_EVENTS`. */
  readonly events: ReadonlySignal<readonly LiveEvent[]>;
  /** Increased when the state must be read again as a whole: after a new connection, or when events may be missing. */
  readonly epoch: ReadonlySignal<number>;
  /** Time at which events may be missing, because the service no longer keeps them; undefined if none are. */
  readonly missedAt: ReadonlySignal<string | undefined>;
  readonly throughput: Throughput;
  /** Calls back with each batch of events. Returns a function that ends it. */
  onEvents(listener: (events: readonly LiveEvent[]) => void): () => void;
  run<Data, Variables>(
    document: GraphDocument<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data>;
  signIn(token: string): void;
  signOut(): void;
}

export const MAX_EVENTS = 5_000;
/** Deadline of a query or mutation, the wait for a connection included. */
const TIMEOUT_MS = 30_000;
const RETRY = { baseMs: 250, capMs: 5_000 };

/** @param url `ws://127.0.0.1:4000/graphql/ws` */
export function openSession(url: string): Session {
  const [state, refusal] = [signal<ConnectionState>("connecting"), signal<string | undefined>()];
  const [caller, hasToken] = [signal(callerOf(readToken())), signal(false)];
  const [events, epoch, missedAt] = [signal<readonly LiveEvent[]>([]), signal(0), signal<string | undefined>()];
  const throughput = createThroughput();
  const listeners = new Set<(items: readonly LiveEvent[]) => void>();
  const queue = createEventQueue<LiveEvent>({ onBatch: receive, schedule: nextFrame, maxPending: MAX_EVENTS });
  let connection: GraphConnection | undefined;
  let current = new AbortController();
  let cursor: string | undefined;

  function receive(items: readonly LiveEvent[]): void {
    batch(() => {
      events.value = [...events.value, ...items].slice(-MAX_EVENTS);
      throughput.add(items);
      for (const listener of listeners) listener(items);
    });
  }

  async function follow(token: string | undefined): Promise<void> {
    const { signal: stopped } = (current = new AbortController());
    const isCurrent = (): boolean => !stopped.aborted;
    const own = (connection = connect({
      url,
      token,
      onOpen() {
        if (isCurrent()) batch(() => [(state.value = "open"), (epoch.value += 1), (refusal.value = undefined)]);
      },
      onClosed() {
        if (isCurrent() && state.value === "open") state.value = "lost";
      },
    }));
    const { transport } = own;
    const lost = (): void => void (isCurrent() && state.value !== "refused" && (state.value = "lost"));
    const after = cursor === undefined ? {} : { after: cursor };
    const options = {
      url,
      transport,
      fields: EVENT_FIELDS,
      signal: stopped,
      retry: RETRY,
      onDisconnect: lost,
      ...after,
    };
    try {
      for await (const item of followSyncEvents(options)) {
        cursor = item.cursor;
        if (item.type === "event") queue.push(item.event as unknown as LiveEvent); // the fields of EVENT_FIELDS
        if (item.type === "reset") batch(() => [(epoch.value += 1), (missedAt.value = new Date().toISOString())]);
      }
    } catch (reason) {
      if (!isCurrent()) return;
      const text = reason instanceof ConnectionRefused ? reason.message : String(reason);
      batch(() => [(state.value = "refused"), (refusal.value = text)]);
    } finally {
      own.close();
    }
  }

  function start(token: string | undefined): void {
    current.abort();
    const next = callerOf(token);
    if (next.tenant !== caller.value.tenant) {
      // Another tenant's events, and a cursor that is valid for that tenant alone.
      queue.clear();
      batch(() => [(events.value = []), (missedAt.value = undefined)]);
      cursor = undefined;
    }
    batch(() => [(caller.value = next), (hasToken.value = token !== undefined), (state.value = "connecting")]);
    void follow(token);
  }

  start(readToken());
  return {
    state,
    refusal,
    caller,
    hasToken,
    events,
    epoch,
    missedAt,
    throughput,
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async run(document, variables, given) {
      const deadline = AbortSignal.timeout(TIMEOUT_MS);
      const open = connection;
      if (open === undefined) throw new Error("there is no connection");
      return await open.run(document, variables, given === undefined ? deadline : AbortSignal.any([given, deadline]));
    },
    signIn(token) {
      keepToken(token);
      start(token);
    },
    signOut() {
      forgetToken();
      start(undefined);
    },
  };
}
