import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Member } from "./contributors/contributor.ts";

/*
 * A ZIP archive as a stream, the same bytes for the same members: stored without compression, dated 1980-01-01, with
 * 64-bit sizes that follow each member. Source: PKWARE APPNOTE.TXT 6.3.10, 4.3 to 4.5.
 */

/** A member that was written. */
export interface WrittenMember {
  readonly name: string;
  readonly size: bigint;
  /** Hexadecimal. */
  readonly sha256: string;
}

interface Entry extends WrittenMember {
  readonly crc: number;
  readonly offset: bigint;
}

/** Version that 64-bit sizes need. */
const VERSION = 45;
/** Sizes follow the bytes, and names are UTF-8. */
const FLAGS = 0x0808;
/** 1980-01-01, the first day that the format has. */
const DOS_DATE = 0x0021;
const MAX_32 = 0xffff_ffff;

/** Writes members one after the other; `onMember` is called after each, so that the last one can list the others. */
export async function* zipStream(
  members: AsyncIterable<Member>,
  onMember: (member: WrittenMember) => void,
): AsyncGenerator<Uint8Array, void> {
  const entries: Entry[] = [];
  let offset = 0n;
  for await (const { name, bytes } of members) {
    const start = offset;
    const header = localHeader(name);
    yield header;
    const sha256 = createHash("sha256");
    let [crc, size] = [0, 0n];
    for await (const piece of bytes) {
      sha256.update(piece);
      crc = crc32(piece, crc);
      size += BigInt(piece.byteLength);
      yield piece;
    }
    yield descriptor(crc, size);
    offset += BigInt(header.byteLength) + size + 24n;
    const entry = { name, size, sha256: sha256.digest("hex"), crc, offset: start };
    entries.push(entry);
    onMember(entry);
  }
  const directory = Buffer.concat(entries.map(directoryEntry));
  yield directory;
  yield endOf(entries.length, directory.byteLength, offset);
}

/** The extra field has room for the sizes, which shows that those after the bytes have 64 bits. */
function localHeader(name: string): Buffer {
  const label = Buffer.from(name, "utf8");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4);
  header.writeUInt32LE(MAX_32, 18);
  header.writeUInt32LE(MAX_32, 22);
  header.writeUInt16LE(label.byteLength, 26);
  header.writeUInt16LE(20, 28);
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  return Buffer.concat([header, label, extra]);
}

/** Version, flags, method 0, time and date. */
function writeCommon(header: Buffer, at: number): void {
  header.writeUInt16LE(VERSION, at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(DOS_DATE, at + 8);
}

function descriptor(crc: number, size: bigint): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(0x0807_4b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeBigUInt64LE(size, 8);
  bytes.writeBigUInt64LE(size, 16);
  return bytes;
}

function directoryEntry({ name, crc, size, offset }: Entry): Buffer {
  const label = Buffer.from(name, "utf8");
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(VERSION, 4);
  writeCommon(header, 6);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(MAX_32, 20);
  header.writeUInt32LE(MAX_32, 24);
  header.writeUInt16LE(label.byteLength, 28);
  header.writeUInt16LE(28, 30);
  header.writeUInt32LE(MAX_32, 42);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(size, 4);
  extra.writeBigUInt64LE(size, 12);
  extra.writeBigUInt64LE(offset, 20);
  return Buffer.concat([header, label, extra]);
}

function endOf(count: number, directorySize: number, directoryOffset: bigint): Buffer {
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x0606_4b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(VERSION, 12);
  end64.writeUInt16LE(VERSION, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(directoryOffset, 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(directoryOffset + BigInt(directorySize), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(MAX_32, 12);
  end.writeUInt32LE(MAX_32, 16);
  return Buffer.concat([end64, locator, end]);
}
