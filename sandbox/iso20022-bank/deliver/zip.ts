import { crc32, deflateRawSync } from "node:zlib";

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 1980-01-01, the first date that the format supports: the same members give the same bytes. */
const DOS_DATE = 0x21;
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;

/** A ZIP of these files, deflated. Source: PKWARE APPNOTE.TXT 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end). */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const fileName = Buffer.from(name, "utf8");
    const packed = deflateRawSync(bytes);
    const common = commonFields({
      crc: crc32(bytes),
      packed: packed.length,
      size: bytes.length,
      name: fileName.length,
    });
    bodies.push(signature(0x04034b50), common, fileName, packed);
    directory.push(signature(0x02014b50), short(20), common, Buffer.alloc(6), long(0), long(offset), fileName);
    offset += 4 + common.length + fileName.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = short(members.length);
  return Buffer.concat([
    ...bodies,
    ...directory,
    signature(0x06054b50),
    long(0),
    count,
    count,
    long(size),
    long(offset),
    short(0),
  ]);
}

/** Common fields of a local header and a directory entry, from the version needed to the length of the extra field. */
function commonFields(file: {
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly name: number;
}): Buffer {
  return Buffer.concat([
    short(20),
    short(UTF8_NAMES),
    short(DEFLATE),
    short(0),
    short(DOS_DATE),
    long(file.crc),
    long(file.packed),
    long(file.size),
    short(file.name),
    short(0),
  ]);
}

const signature = (value: number): Buffer => long(value);

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
