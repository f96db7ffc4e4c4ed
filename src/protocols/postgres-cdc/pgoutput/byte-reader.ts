import { ServiceError } from "../../../domain/error.ts";

/** Reads numbers and texts from a message, in network byte order. Every read beyond its end is UPSTREAM_MALFORMED. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset: number;

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8));
  }

  /** Text that a zero byte ends. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#offset);
    if (end < 0) throw truncated();
    const start = this.#advance(end + 1 - this.#offset);
    return this.#bytes.toString("utf8", start, end);
  }

  /** Text of a known length in bytes. */
  textOf(length: number): string {
    const start = this.#advance(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  /** A copy, so that it does not keep the received chunk in memory. */
  bytes(length: number): Buffer {
    const start = this.#advance(length);
    return Buffer.from(this.#bytes.subarray(start, start + length));
  }

  skip(length: number): void {
    this.#advance(length);
  }

  /** Moves behind the next `length` bytes. @returns where they start */
  #advance(length: number): number {
    const start = this.#offset;
    if (length < 0 || start + length > this.#bytes.length) throw truncated();
    this.#offset = start + length;
    return start;
  }
}

function truncated(): ServiceError {
  return new ServiceError("UPSTREAM_MALFORMED", "the database sent a replication message that ends too early");
}
