import { copyFile, open, stat, truncate } from "node:fs/promises";
import { unlessCode } from "./failure.ts";

const MAX_LOG_BYTES = 8 * 1024 * 1024;
const MAX_TAIL_BYTES = 64 * 1024;

/**
 * Limits the size of the log: the old part moves to `server.log.1`, so both together stay under twice the limit. The
 * file is truncated, not renamed, because a running server continues to append to the file that it has open.
 */
export async function limitLog(path: string, maxBytes: number = MAX_LOG_BYTES): Promise<void> {
  if ((await logSize(path)) <= maxBytes) return;
  await copyFile(path, `${path}.1`);
  await truncate(path, 0);
}

/** Returns the size in bytes; 0 if there is no log. */
export async function logSize(path: string): Promise<number> {
  return (await unlessCode(stat(path), "ENOENT"))?.size ?? 0;
}

/** Returns the log from byte `from` on, at most the first 64 KiB of it. */
export async function readLog(path: string, from: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MAX_TAIL_BYTES), position: from });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Returns the reason that a server logged for not starting; the last line if it logged none. */
export function fatalReason(text: string): string {
  const fatal = /(?:FATAL|PANIC):\s+(.+)/.exec(text)?.[1];
  return fatal ?? text.trim().split("\n").at(-1) ?? "no message";
}
