import { createClient } from "graphql-ws";
import {
  ConnectionRefused,
  type Result,
  type ResultError,
  type Transport,
} from "../../clients/sluice-events/src/transport.ts";
import type { GraphDocument } from "./document.ts";

/** Why an operation got no data. */
export class GraphFailure extends Error {
  override readonly name = "GraphFailure";
  /** Code of the first error: `FORBIDDEN`. */
  readonly code: string | undefined;

  constructor(errors: readonly ResultError[]) {
    super(errors.map(({ message }) => message).join("; "));
    const code = errors[0]?.extensions?.["code"];
    this.code = typeof code === "string" ? code : undefined;
  }
}

/** The connection ended before the answer came: a query can be repeated, of a mutation it is unknown whether it took effect. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** One WebSocket to the graph. It is opened by the first operation, and not opened again by itself. */
export interface GraphConnection {
  /** Carries subscriptions for `followSyncEvents`, which opens the socket again when it was lost. */
  readonly transport: Transport;
  /**
   * Runs a query or mutation, once the socket is open.
   * @throws GraphFailure | ConnectionLost | DOMException (aborted)
   */
  run<Data, Variables>(
    document: GraphDocument<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Data>;
  close(): void;
}

export interface ConnectionOptions {
  /** `ws://127.0.0.1:4000/graphql/ws`. */
  readonly url: string;
  readonly token: string | undefined;
  readonly onOpen: () => void;
  readonly onClosed: () => void;
}

/** Interval of pings, and how long the answer to one may take. */
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** Close codes after which the same token is refused again. */
const REFUSED = new Set([4400, 4401, 4403, 4406]);

export function connect({ url, token, onOpen, onClosed }: ConnectionOptions): GraphConnection {
  let opened = Promise.withResolvers<void>();
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    retryAttempts: 0,
    keepAlive: PING_MS,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
    on: {
      connected() {
        opened.resolve();
        onOpen();
      },
      closed() {
        clearTimeout(pongTimer);
        opened = Promise.withResolvers();
        onClosed();
      },
      ping: (isReceived) => {
        if (!isReceived) pongTimer = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongTimer);
      },
    },
  });

  async function* follow({ query, variables, signal }: Parameters<Transport>[0]): AsyncGenerator<Result, void> {
    const results = client.iterate<Readonly<Record<string, unknown>>>({ query, variables });
    const leave = (): void => void results.return?.();
    signal.addEventListener("abort", leave, { once: true });
    try {
      for await (const result of results) yield result as Result; // the same form, of the other package
    } catch (reason) {
      if (Array.isArray(reason)) yield { errors: reason as readonly ResultError[] };
      else
        throw isCloseEvent(reason) && REFUSED.has(reason.code)
          ? new ConnectionRefused(reason.code, reason.reason)
          : reason;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  return {
    transport: follow,
    async run(document, variables, signal) {
      await untilAborted(opened.promise, signal);
      return await new Promise((resolve, reject) => {
        let result: { readonly data?: unknown; readonly errors?: readonly ResultError[] } | undefined;
        const leave = client.subscribe<Record<string, unknown>>(
          { query: document.text, variables: variables as Record<string, unknown> },
          {
            next: (value) => void (result = value as typeof result),
            error: (reason) =>
              reject(
                Array.isArray(reason)
                  ? new GraphFailure(reason as ResultError[])
                  : new ConnectionLost("the connection was lost"),
              ),
            complete() {
              signal.removeEventListener("abort", onAbort);
              if (result?.data === undefined || result.data === null) reject(new GraphFailure(result?.errors ?? []));
              else resolve(result.data as never); // what the document selects
            },
          },
        );
        const onAbort = (): void => {
          leave();
          reject(signal.reason);
        };
        signal.addEventListener("abort", onAbort, { once: true });
      });
    },
    close: () => void client.dispose(),
  };
}

const isCloseEvent = (reason: unknown): reason is CloseEvent =>
  typeof reason === "object" && reason !== null && "code" in reason && "reason" in reason;

function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    void promise.then(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
