import { PIECE_BYTES } from "./wire.ts";

/** Joins and splits chunks into pieces of `PIECE_BYTES`, so that the events of a file do not depend on its chunks. */
export interface Cutter {
  /** Returns the full pieces. Each has a buffer of its own, which may be transferred. */
  push(chunk: Uint8Array): Iterable<Uint8Array<ArrayBuffer>>;
  /** Returns the remaining bytes; undefined if there are none. */
  rest(): Uint8Array<ArrayBuffer> | undefined;
}

export function createCutter(): Cutter {
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  return {
    *push(chunk) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + PIECE_BYTES - length);
        piece.set(part, length);
        length += part.length;
        at += part.length;
        if (length < PIECE_BYTES) continue;
        const full = piece;
        piece = new Uint8Array(PIECE_BYTES);
        length = 0;
        yield full;
      }
    },
    rest: () => (length === 0 ? undefined : piece.slice(0, length)),
  };
}
