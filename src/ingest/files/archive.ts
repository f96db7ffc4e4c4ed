import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FileRefused } from "../../connector-api/files.ts";
import { ServiceError } from "../../domain/error.ts";
import { printableText } from "./file-name.ts";
import { looksLikeZip } from "./media-type.ts";
import type { Spooled, SpoolFolder } from "./spool.ts";

/** Maximum number of members; directories and skipped entries may be several times as many. */
const MAX_MEMBERS = 1_000;
const MAX_ENTRIES = 4_000;
/** Maximum size of all members together, in multiples of the maximum size of one file. */
const MAX_TOTAL_FILES = 4;

/** A file from an archive. */
export interface ArchiveMember {
  /** Path in the archive. */
  readonly name: string;
  readonly spooled: Spooled;
}

export interface UnpackInput {
  readonly archive: Spooled;
  readonly spools: SpoolFolder;
  /** Maximum number of uncompressed bytes of one member. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Unpacks an archive to disk, all of it before any member is used, so that an archive that is partly invalid is refused
 * as a whole. The sizes that it states are not trusted: bytes are counted as they arrive. The caller disposes of the
 * members.
 * @throws FileRefused ARCHIVE; ServiceError CANCELED
 */
export async function unpack(input: UnpackInput): Promise<readonly ArchiveMember[]> {
  const members: ArchiveMember[] = [];
  const zip = await openZip(input.archive.path);
  try {
    if (zip.entryCount > MAX_ENTRIES) throw refused(`it has more than ${MAX_ENTRIES} entries`);
    let left = MAX_TOTAL_FILES * input.maxBytes;
    for await (const entry of entriesOf(zip)) {
      if (isSkipped(entry.fileName)) continue;
      if (members.length === MAX_MEMBERS) throw refused(`it has more than ${MAX_MEMBERS} members`);
      const spooled = await unpackOne(input, zip, entry, left);
      members.push({ name: entry.fileName, spooled });
      left -= spooled.size;
      if (looksLikeZip(spooled.head)) throw refused(`${printableName(entry)} is an archive itself`);
    }
    if (members.length === 0) throw refused("it contains no file");
    return members;
  } catch (reason) {
    await disposeAll(members);
    throw reason;
  } finally {
    zip.close();
  }
}

/** Removes the unpacked members. */
export async function disposeAll(members: readonly ArchiveMember[]): Promise<void> {
  for (const { spooled } of members) await spooled[Symbol.asyncDispose]();
}

async function unpackOne(input: UnpackInput, zip: ZipFile, entry: Entry, left: number): Promise<Spooled> {
  const maxBytes = Math.min(input.maxBytes, left);
  if (entry.isEncrypted()) throw refused(`${printableName(entry)} is encrypted`);
  if (!entry.canDecodeFileData())
    throw refused(`${printableName(entry)} is compressed by a method that is not supported`);
  if (entry.uncompressedSize > maxBytes) throw oversize(entry);
  try {
    return await input.spools.write(bytesOf(zip, entry), maxBytes, input.signal);
  } catch (reason) {
    throw reason instanceof ServiceError && reason.code === "PAYLOAD_TOO_LARGE" ? oversize(entry) : reason;
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false });
  } catch (reason) {
    throw unreadable(reason);
  }
}

/** Errors of the consumer do not reach this generator: they end the iteration by `return`. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry, void> {
  try {
    yield* zip.eachEntry();
  } catch (reason) {
    throw unreadable(reason);
  }
}

async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  let checksum = 0;
  try {
    const pieces: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const piece of pieces) {
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (reason) {
    throw unreadable(reason);
  }
  if (checksum !== entry.crc32) throw refused(`${printableName(entry)} does not match its checksum`);
}

/** Recognises folders, and files that operating systems add: `__MACOSX/._x`, `.DS_Store`. */
function isSkipped(name: string): boolean {
  return name.endsWith("/") || name.split("/").some((part) => part === "__MACOSX" || part.startsWith("."));
}

function printableName(entry: Entry): string {
  return JSON.stringify(printableText(entry.fileName).slice(0, 100).toWellFormed());
}

function oversize(entry: Entry): FileRefused {
  return refused(`${printableName(entry)} exceeds the size limit of one file, or of all files together`);
}

function unreadable(reason: unknown): FileRefused {
  const text = typeof reason === "object" && reason !== null && "message" in reason ? String(reason.message) : "";
  return refused(`it cannot be read: ${printableText(text).slice(0, 200).toWellFormed()}`);
}

function refused(problem: string): FileRefused {
  return new FileRefused("ARCHIVE", `the archive is refused: ${problem}`);
}
