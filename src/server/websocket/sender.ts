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
  /**
   * Sends a message given as text, or the complete frames of messages. Resolves when the kernel has accepted the data,
   * or when it never will.
   */
  send(data: string | Buffer): Promise<void>;
  /** Stops the monitoring. */
  stop(): void;
}

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
    send(data) {
      if (socket.bufferedAmount > maxBufferedBytes) {
        onTooSlow();
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        // An error ends the socket, which its `close` event reports; the sender has nothing to add.
        const onSent = (): void => {
          unsent -= 1;
          watch();
          resolve();
        };
        unsent += 1;
        if (unsent === 1) watch();
        // Frames may go past ws, because it writes each message at once: nothing is compressed or sent in fragments.
        if (typeof data === "string") socket.send(data, onSent);
        else connection.write(data, onSent);
      });
    },
    stop() {
      stopped = true;
      clearTimeout(stall);
    },
  };
}
