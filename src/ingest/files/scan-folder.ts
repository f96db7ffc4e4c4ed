import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { isUtf8 } from "node:buffer";
import { codeOf } from "./spool.ts";

/** A file in a folder. */
export interface FoundFile {
  /** Name in displayable form. */
  readonly name: string;
  /** Names are bytes: old senders write them in Latin-1. */
  readonly path: Buffer;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  /** Changes when another file gets this name, and when the content changes. */
  readonly signature: string;
}

/**
 * Error for a file that differs from its state when it was found: its sender still writes it, or it was replaced by
 * another one.
 */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
}

/** Names under which files are written before they are renamed to their final name. */
const UNFINISHED = /^\.|\.(?:part|tmp|filepart|crdownload)$|~$/i;

/** Lists the regular files of a folder that are not marked as unfinished, oldest first. Links are not followed. */
export async function scanFolder(folder: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = textOf(entry.name);
    if (!entry.isFile() || UNFINISHED.test(name)) continue;
    const file = await look(Buffer.concat([Buffer.from(`${folder}/`), entry.name]), name);
    if (file !== undefined) found.push(file);
  }
  return found.toSorted((a, b) => compare(a.mtimeNs, b.mtimeNs) || compare(a.name, b.name));
}

async function look(path: Buffer, name: string): Promise<FoundFile | undefined> {
  try {
    const stats = await lstat(path, { bigint: true });
    return stats.isFile()
      ? { name, path, size: stats.size, mtimeNs: stats.mtimeNs, signature: signatureOf(stats) }
      : undefined;
  } catch (reason) {
    if (codeOf(reason) === "ENOENT") return undefined; // removed since it was listed
    throw reason;
  }
}

function textOf(name: Buffer): string {
  return name.toString(isUtf8(name) ? "utf8" : "latin1");
}

/** Signature that distinguishes a file from other files and from its own earlier states. */
export function signatureOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(" ");
}

/** Number of bytes of one read. */
const PIECE_BYTES = 256 * 1024;

/** Reads the file's bytes; completes only if it is still as it was found. @throws FileChanged; a system error */
export async function* readUnchanged(found: FoundFile): AsyncGenerator<Uint8Array, void> {
  const file = await open(found.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await requireUnchanged(found, await file.stat({ bigint: true }));
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
    }
    await requireUnchanged(found, await file.stat({ bigint: true }));
    await requireUnchanged(found, await lstat(found.path, { bigint: true }));
  } finally {
    await file.close();
  }
}

/** @throws FileChanged */
export async function requireUnchanged(found: FoundFile, stats: BigIntStats): Promise<void> {
  if (signatureOf(stats) !== found.signature) throw new FileChanged(`${found.name} has changed`);
}

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
