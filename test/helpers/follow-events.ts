import { type Client, createClient } from "graphql-ws";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";

/** A subscriber as a client writes it: it reconnects whenever it loses its connection, with its last cursor. */
export interface EventFollower extends AsyncDisposable {
  /** Cursor of the position at which it began; undefined until then. */
  readonly start: string | undefined;
  /** Cursors of the received events, in order of arrival. */
  readonly cursors: readonly string[];
  /** Number of connections that delivered something. */
  readonly connections: number;
}

const QUERY =
  "subscription Follow($after: EventCursor) { syncEvents(after: $after) { __typename cursor at source { id } } }";
/** Pause before the next attempt to connect, as clients make one. */
const RETRY_MS = 100;

/** @param url of the WebSocket, which need not be reachable yet */
export function followEvents(url: string): EventFollower {
  const cursors: string[] = [];
  let start: string | undefined;
  let connections = 0;
  let isEnded = false;
  let client: Client | undefined;

  /** Resolves when the connection is lost, or could not be opened. */
  async function follow(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const connected = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    client = connected;
    const after = cursors.at(-1) ?? start;
    let isFirst = true;
    connected.subscribe<{ syncEvents: { __typename: string; cursor: string } | null }>(
      { query: QUERY, variables: { after } },
      {
        next({ data }) {
          const event = data?.syncEvents ?? undefined;
          if (event === undefined) return connected.terminate(); // it could not be resolved: it comes again
          if (isFirst) connections += 1;
          isFirst = false;
          // Each connection begins with a position; later ones say that no event matched.
          if (start === undefined) start = event.cursor;
          else if (event.cursor !== (cursors.at(-1) ?? start)) cursors.push(event.cursor);
          return undefined;
        },
        error: () => ended.resolve(),
        complete: () => ended.resolve(),
      },
    );
    await ended.promise;
    await connected.dispose();
  }

  async function followUntilEnded(): Promise<void> {
    while (!isEnded) {
      await follow();
      if (!isEnded) await pause(RETRY_MS);
    }
  }

  const following = followUntilEnded();
  return {
    get start() {
      return start;
    },
    cursors,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      isEnded = true;
      client?.terminate();
      await client?.dispose();
      await following;
    },
  };
}
