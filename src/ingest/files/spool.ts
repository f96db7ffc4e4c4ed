import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ServiceError } from "../../domain/error.ts";
import { untilAborted } from "../../runtime/until-aborted.ts";

/** A file that has been received completely, on disk until it is disposed. */
export interface Spooled extends AsyncDisposable {
  readonly path: string;
  readonly size: number;
  /** SHA-256, hex. */
  readonly contentHash: string;
  /** Its first bytes, at most 64. */
  readonly head: Uint8Array;
  /** Reads it from its beginning; may be called again. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface SpoolFolder {
  /**
   * Writes a stream of bytes to disk in pieces. No part remains of one that fails or is too large.
   * @throws ServiceError PAYLOAD_TOO_LARGE | OVERLOADED (disk full) | CANCELED; errors of the stream
   */
  write(bytes: AsyncIterable<Uint8Array>, maxBytes: number, signal: AbortSignal): Promise<Spooled>;
  /** Removes files left by processes that no longer run. */
  removeLeftovers(): Promise<void>;
  /** Removes the folder of this process. */
  close(): Promise<void>;
}

const HEAD_BYTES = 64;

/** Creates temporary files in this process's own folder below `folder`, which processes of one machine may share. */
export function createSpoolFolder(folder: string): SpoolFolder {
  const own = `${process.pid}-${randomUUID()}`;
  return {
    async write(bytes, maxBytes, signal) {
      await mkdir(join(folder, own), { recursive: true });
      const path = join(folder, own, randomUUID());
      const dispose = (): Promise<void> => rm(path, { force: true });
      try {
        const written = await writeTo(path, bytes, maxBytes, signal);
        return { ...written, path, bytes: () => createReadStream(path), [Symbol.asyncDispose]: dispose };
      } catch (reason) {
        await dispose();
        throw NO_ROOM.has(codeOf(reason) ?? "") ? noRoom(reason) : reason;
      }
    },
    async removeLeftovers() {
      for (const name of await namesIn(folder)) {
        const pid = /^(\d+)-[0-9a-f-]{36}$/.exec(name)?.[1];
        if (pid === undefined || name === own) continue;
        // Our own process number in another folder is that of an earlier process.
        if (Number(pid) === process.pid || !isAlive(Number(pid)))
          await rm(join(folder, name), { recursive: true, force: true });
      }
    },
    close: () => rm(join(folder, own), { recursive: true, force: true }),
  };
}

async function writeTo(path: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number, signal: AbortSignal) {
  const digest = createHash("sha256");
  const head = Buffer.alloc(HEAD_BYTES);
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of untilAborted(bytes, signal)) {
      if (size + piece.byteLength > maxBytes) throw tooLarge(maxBytes);
      if (size < HEAD_BYTES) head.set(piece.subarray(0, HEAD_BYTES - size), size);
      digest.update(piece);
      await file.writeFile(piece);
      size += piece.byteLength;
    }
  } finally {
    await file.close();
  }
  return { size, contentHash: digest.digest("hex"), head: head.subarray(0, size) };
}

const NO_ROOM: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EMFILE"]);

function noRoom(cause: unknown): ServiceError {
  const detail = `DATA_DIR: ${codeOf(cause)}`;
  return new ServiceError("OVERLOADED", "there are no resources to receive a file at the moment", {
    cause,
    detail,
    retryAfterMs: 30_000,
  });
}

/** Error for a file that is larger than its source accepts. */
export function tooLarge(maxBytes: number): ServiceError {
  return new ServiceError("PAYLOAD_TOO_LARGE", `a file of this source must have at most ${maxBytes} bytes`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (reason) {
    if (codeOf(reason) === "ENOENT") return []; // nothing was ever received
    throw reason;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    return codeOf(reason) === "EPERM"; // another user's process
  }
}

/** Code of a system error; not determined by `instanceof`, because such errors belong to Node's own realm. */
export function codeOf(reason: unknown): string | undefined {
  const code: unknown = typeof reason === "object" && reason !== null && "code" in reason ? reason.code : undefined;
  return typeof code === "string" ? code : undefined;
}
