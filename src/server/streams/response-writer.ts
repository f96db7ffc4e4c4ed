import type { ServerResponse } from "node:http";

/** Bytes that are handed to the socket at a time: a peer must accept as many within the time of a stall. */
const PIECE_BYTES = 64 * 1024;

export interface ResponseWriterOptions {
  readonly response: ServerResponse;
  /** Time after which a client that has not accepted a piece is disconnected. */
  readonly stallMs: number;
}

/** Writes a response as fast as its client reads. */
export interface ResponseWriter {
  /** True while something is being written. */
  readonly busy: boolean;
  /** Resolves when the socket has accepted all of it; false if the client has left or was disconnected. One at a time. */
  write(text: string): Promise<boolean>;
  /** Ends the response after a last text, for which the client gets as long as for any other. */
  end(text: string): Promise<void>;
}

/**
 * At most one text is in memory for a client that does not read: the next one is requested when the socket has accepted
 * the last.
 */
export function createResponseWriter({ response, stallMs }: ResponseWriterOptions): ResponseWriter {
  let writing = 0;
  response.on("error", () => undefined); // a reset: `close` follows

  /** Resolves with false if the client left or did not accept the piece in time. */
  function drained(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isOpen: boolean): void => {
        clearTimeout(timer);
        response.off("drain", onDrain).off("close", onClose);
        resolve(isOpen);
      };
      const onDrain = (): void => settle(true);
      const onClose = (): void => settle(false);
      const timer = setTimeout(() => {
        settle(false);
        response.destroy(); // unsent data is discarded, so that nothing of it stays in memory
      }, stallMs);
      response.once("drain", onDrain).once("close", onClose);
    });
  }

  async function write(text: string): Promise<boolean> {
    writing += 1;
    try {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
        if (response.destroyed || response.writableEnded) return false;
        if (!response.write(bytes.subarray(from, from + PIECE_BYTES)) && !(await drained())) return false;
      }
      return !response.destroyed;
    } finally {
      writing -= 1;
    }
  }

  return {
    get busy() {
      return writing > 0;
    },
    write,
    async end(text) {
      if (!(await write(text))) return;
      const closed = new Promise<void>((resolve) => response.once("close", resolve));
      const timer = setTimeout(() => response.destroy(), stallMs);
      response.end();
      await closed;
      clearTimeout(timer);
    },
  };
}
