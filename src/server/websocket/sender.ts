import type { WebSocket } from "ws";

export interface SenderOptions {
  readonly socket: WebSocket;
  /** A peer that has accepted nothing of what was sent for this long is too slow. */
  readonly stallMs: number;
  /** So is one that lets more bytes than this wait. */
  readonly maxBufferedBytes: number;
  /** Called when it is. */
  readonly onTooSlow: () => void;
}

/** Sends to a peer and watches that it reads. */
export interface Sender {
  /** Resolves when the kernel has taken the data, or when it never will. */
  send(data: string): Promise<void>;
  /** Ends the watch. */
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
      // An error is the socket's end, which its `close` tells; whoever sent has nothing to add.
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
