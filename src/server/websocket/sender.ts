import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

export interface SenderOptions {
  readonly socket: WebSocket;
  /** Time after which a peer that has accepted none of the sent bytes is too slow. */
  readonly stallMs: number;
  /** Number of unsent bytes above which a peer is too slow. */
  readonly maxBufferedBytes: number;
  /** The connection below the socket. */
  readonly connection: Duplex;
  /** Called when the peer is too slow. */
  readonly onTooSlow: () => void;
}

/** Sends to a peer and monitors that it reads. */
export interface Sender {
  /** Sends messages in one write; resolves when the kernel has accepted all of them, or when it never will. */
  send(messages: readonly (string | Buffer)[]): Promise<void>;
  /** Stops the monitoring. */
  stop(): void;
}

const TEXT = { binary: false } as const;

export function createSender(options: SenderOptions): Sender {
  const { socket, connection, stallMs, maxBufferedBytes, onTooSlow } = options;
  let unsent = 0;
  let stopped = false;
  let stall: NodeJS.Timeout | undefined;

  /** One timer for the life of the socket: it is set again for each message, which costs less than a new one. */
  function watch(): void {
    if (stopped || unsent === 0) return;
    if (stall === undefined) stall = setTimeout(onStall, stallMs);
    else stall.refresh();
  }

  function onStall(): void {
    if (unsent > 0) onTooSlow();
  }

  return {
    send(messages) {
      if (socket.bufferedAmount > maxBufferedBytes) {
        onTooSlow();
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        let left = messages.length;
        // An error ends the socket, which its `close` event reports; the sender has nothing to add.
        const onSent = (): void => {
          left -= 1;
          unsent -= 1;
          if (left > 0) return;
          watch();
          resolve();
        };
        unsent += messages.length;
        connection.cork();
        for (const message of messages) socket.send(message, TEXT, onSent);
        connection.uncork();
        if (unsent === messages.length) watch();
        if (messages.length === 0) resolve();
      });
    },
    stop() {
      stopped = true;
      clearTimeout(stall);
    },
  };
}
