import { PIECE_BYTES } from "./wire.ts";

/** Joins and cuts chunks to pieces of `PIECE_BYTES`, so that what a file tells does not depend on how it came. */
export interface Cutter {
  /** The pieces that are full. Each has a buffer of its own, which may be transferred. */
  push(chunk: Uint8Array): Iterable<Uint8Array<ArrayBuffer>>;
  /** What is left; undefined for nothing. */
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
