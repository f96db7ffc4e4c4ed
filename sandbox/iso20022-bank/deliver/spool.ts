import { createHash } from "node:crypto";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that has been written, ready to be sent. */
export interface Spooled {
  readonly path: string;
  readonly size: number;
  /** Includes its quotation marks. */
  readonly etag: string;
}

/** Files on disk, each written when it is first requested: a year of statements costs nothing until it is read. */
export interface Spool {
  ensure(key: string, pieces: () => Iterable<Uint8Array>): Promise<Spooled>;
  /** Deletes all files. */
  close(): Promise<void>;
}

export async function createSpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-bank-"));
  const files = new Map<string, Promise<Spooled>>();
  // One at a time: writing is CPU-bound, and two concurrent writes would only slow each other down.
  let last: Promise<unknown> = Promise.resolve();
  return {
    ensure(key, pieces) {
      const known = files.get(key);
      if (known !== undefined) return known;
      const written = last.then(() => write(join(folder, key), pieces()));
      last = written.catch(() => undefined); // the caller that requested it receives the error
      files.set(key, written);
      return written;
    },
    async close() {
      await last;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function write(path: string, pieces: Iterable<Uint8Array>): Promise<Spooled> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(`${path}.part`, "w");
  try {
    for (const piece of pieces) {
      hash.update(piece);
      size += piece.length;
      await file.write(piece);
    }
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
  return { path, size, etag: `"${hash.digest("hex").slice(0, 32)}"` };
}
