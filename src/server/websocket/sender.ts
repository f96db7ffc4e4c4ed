import type { WebSocket } from "ws";

export interface SenderOptions {
  readonly socket: WebSocket;
  /** Time after which a peer that has accepted none of the sent bytes is too slow. */
  readonly stallMs: number;
  /** Number of unsent bytes above which a peer is too slow. */
  readonly maxBufferedBytes: number;
  /** Called when the peer is too slow. */
  readonly onTooSlow: () => void;
}

/** Sends to a peer and monitors that it reads. */
export interface Sender {
  /** Resolves when the kernel has accepted the data, or when it never will. */
  send(data: string): Promise<void>;
  /** Stops the monitoring. */
  stop(): void;
}

export function createSender({ socket, stallMs, maxBufferedBytes, onTooSlow }: SenderOptions): Sender {
  let unsent = 0;
  let stopped = false;
  let stall: NodeJS.Timeout | undefined;

  function watch(): void {
    clearTimeout(stall);
    if (unsent > 0 && !stopped) stall = setTimeout(onTooSlow, stallMs);
  }

  return {
    async send(data) {
      if (socket.bufferedAmount > maxBufferedBytes) return onTooSlow();
      const sent = Promise.withResolvers<void>();
      unsent += 1;
      if (unsent === 1) watch();
      // An error ends the socket, which its `close` event reports; the sender has nothing to add.
      socket.send(data, () => {
        unsent -= 1;
        watch();
        sent.resolve();
      });
      await sent.promise;
    },
    stop() {
      stopped = true;
      clearTimeout(stall);
    },
  };
}
