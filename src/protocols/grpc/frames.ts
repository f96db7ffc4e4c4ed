import { ServiceError } from "../../domain/error.ts";

/** One message as it is framed. */
export interface Frame {
  /** True if the data is compressed as the header `grpc-encoding` says. */
  readonly isCompressed: boolean;
  readonly data: Uint8Array;
}

/** A flag and the length of the message. Source: gRPC, doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message". */
const PREFIX_BYTES = 5;

/** Returns a message with its prefix, not compressed. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/**
 * Splits received bytes into messages. Holds at most one message and the rest of the chunk that completed it: the caller
 * takes what is complete before it adds more.
 */
export class FrameSplitter {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** True if no byte of an incomplete message is left. */
  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /**
   * Returns the next complete message; undefined if more bytes are needed.
   * @throws ServiceError UPSTREAM_MALFORMED for a message above the limit, as soon as its length is known
   */
  take(): Frame | undefined {
    if (this.#size < PREFIX_BYTES) return undefined;
    const first = this.#joined(PREFIX_BYTES);
    const flags = first[0] ?? 0;
    const length = first.readUInt32BE(1);
    if (flags > 1) {
      throw new ServiceError("UPSTREAM_MALFORMED", "a message of the answer has an invalid prefix", {
        detail: `the flags of a message must be 0 or 1, got ${flags}`,
      });
    }
    if (length > this.#maxBytes) throw tooLarge(this.#maxBytes, length);
    const end = PREFIX_BYTES + length;
    if (this.#size < end) return undefined;
    const bytes = this.#joined(end);
    this.#size -= end;
    this.#chunks[0] = bytes.subarray(end);
    if (this.#chunks[0].length === 0) this.#chunks.shift();
    return { isCompressed: flags === 1, data: bytes.subarray(PREFIX_BYTES, end) };
  }

  /** Returns the first chunk, extended so that it has at least that many bytes. */
  #joined(bytes: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [joined];
    return joined;
  }
}

/** Returns the error for a message above the limit. Another call would return the same, so it is not repeated. */
export function tooLarge(maxBytes: number, length?: number): ServiceError {
  return new ServiceError("UPSTREAM_MALFORMED", `a message of the answer must not exceed ${maxBytes} bytes`, {
    detail: `a message must not exceed ${maxBytes} bytes${length === undefined ? "" : `, got ${length}`}`,
  });
}
