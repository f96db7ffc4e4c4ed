import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { once } from "node:events";
import { WebSocket } from "ws";
import { within } from "./take.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";

/** A message of graphql-transport-ws. */
export interface WireMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client that sends arbitrary messages, valid or not, and stores all received ones. */
export interface RawSocket {
  readonly socket: WebSocket;
  readonly messages: readonly WireMessage[];
  send(message: WireMessage): void;
  /** The next message that has not been read yet. */
  message(): Promise<WireMessage>;
  /** Resolves with the code once the socket is closed. */
  closed(): Promise<number>;
}

export interface RawSocketOptions {
  readonly url: string;
  /** Default: graphql-transport-ws. */
  readonly protocol?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Connects; rejects when the upgrade is rejected. */
export async function openRawSocket({ url, protocol, headers }: RawSocketOptions): Promise<RawSocket> {
  const socket = new WebSocket(url, protocol ?? GRAPHQL_TRANSPORT_WS_PROTOCOL, { headers });
  const messages: WireMessage[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("message", (data: Buffer) => {
    // from our own server; the tests check every field they use
    messages.push(JSON.parse(data.toString()) as WireMessage);
    for (const wake of waiting.splice(0)) wake();
  });
  await within(WAIT_LIMIT_MS, "open", once(socket, "open"));
  socket.on("error", () => undefined);
  return {
    socket,
    messages,
    send: (message) => socket.send(JSON.stringify(message)),
    async message() {
      while (messages[taken] === undefined)
        await within(WAIT_LIMIT_MS, "a message", new Promise<void>((wake) => waiting.push(wake)));
      const message = messages[taken];
      if (message === undefined) throw new Error("taken by another call");
      taken += 1;
      return message;
    },
    closed: () => within(WAIT_LIMIT_MS, "close", closed),
  };
}
