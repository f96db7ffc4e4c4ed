import { type Connection, ConnectionRefused, type Result, type ResultError, type Transport } from "./transport.ts";

/** The part of a browser's WebSocket that is used. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** The class `WebSocket`, or one like it. */
export type SocketClass = new (url: string, protocol: string) => Socket;

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

/** Close codes after which the same request is refused again: 4400 invalid, 4401, 4403 forbidden, 4406 protocol. */
const REFUSED = new Set([4400, 4401, 4403, 4406]);
/** Interval of pings; a server that has sent nothing since the last one is lost. */
const PING_MS = 15_000;

/** GraphQL over WebSocket, `graphql-transport-ws`. The URL of the graph with `ws:` or `wss:` in place of `http:`. */
export function webSocket(SocketImpl: SocketClass = globalThis.WebSocket as unknown as SocketClass): Transport {
  return (connection) => follow(SocketImpl, connection);
}

async function* follow(SocketImpl: SocketClass, connection: Connection): AsyncGenerator<Result, void> {
  const { url, authorization, query, variables, signal } = connection;
  const received: Result[] = [];
  let wake = (): void => undefined;
  let end: { readonly reason?: Error } | undefined;
  const socket = new SocketImpl(url.replace(/^http/, "ws"), "graphql-transport-ws");
  const finish = (reason?: Error): void => {
    end ??= reason === undefined ? {} : { reason };
    wake();
  };
  const abort = (): void => finish();
  signal.addEventListener("abort", abort, { once: true });
  let isAlive = true;
  const pinging = setInterval(() => {
    if (!isAlive) return finish(new Error("the WebSocket is silent"));
    isAlive = false;
    return isOpen ? send({ type: "ping" }) : undefined;
  }, PING_MS);
  let isOpen = false;
  const send = (message: object): void => socket.send(JSON.stringify(message));
  socket.onopen = () => {
    isOpen = true;
    send({ type: "connection_init", payload: { authorization } });
  };
  socket.onerror = () => finish(new Error("the WebSocket failed"));
  socket.onclose = ({ code, reason }: { readonly code: number; readonly reason: string }) =>
    finish(REFUSED.has(code) ? new ConnectionRefused(code, reason) : new Error(`the WebSocket closed with ${code}`));
  socket.onmessage = ({ data }: { readonly data: unknown }) => {
    const { type, payload } = JSON.parse(String(data)) as Message; // the server's own format
    isAlive = true;
    if (type === "connection_ack") send({ id: "1", type: "subscribe", payload: { query, variables } });
    if (type === "ping") send({ type: "pong" });
    if (type === "next") received.push(payload as Result);
    if (type === "error") received.push({ errors: payload as readonly ResultError[] });
    if (type === "complete" || type === "error") finish();
    wake();
  };
  try {
    for (;;) {
      const next = received.shift();
      if (next !== undefined) yield next;
      else if (end !== undefined) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (end.reason !== undefined) throw end.reason;
  } finally {
    clearInterval(pinging);
    signal.removeEventListener("abort", abort);
    socket.onclose = socket.onmessage = null;
    socket.close(1000, "done");
  }
}
