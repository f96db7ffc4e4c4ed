import { open } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Spooled } from "../deliver/spool.ts";

export interface SendOptions {
  /** Sends half of it, then closes the connection. */
  readonly isTruncated: boolean;
  /** Undefined for no limit. */
  readonly bytesPerSecond: number | undefined;
  readonly signal: AbortSignal;
}

const PIECE_BYTES = 64 * 1024;

/**
 * Sends a file's bytes no faster than they are read. Resolves with the number of bytes sent, also when the client
 * disconnected.
 */
export async function sendFile(
  { path, size }: Spooled,
  response: ServerResponse,
  options: SendOptions,
): Promise<number> {
  const end = options.isTruncated ? Math.floor(size / 2) : size;
  // Ten pieces per second, so that a slow body arrives slowly and not only late.
  const rate = options.bytesPerSecond;
  const step = rate === undefined ? PIECE_BYTES : Math.max(1, Math.floor(rate / 10));
  const file = await open(path, "r");
  let sent = 0;
  try {
    while (sent < end && !response.destroyed) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(step), 0, Math.min(step, end - sent), sent);
      if (bytesRead === 0) break;
      sent += bytesRead;
      if (!response.write(buffer.subarray(0, bytesRead))) await drained(response);
      if (rate !== undefined && sent < end)
        await sleep(100, undefined, { signal: options.signal }).catch(() => response.destroy());
    }
  } finally {
    await file.close();
  }
  if (options.isTruncated) response.destroy();
  else response.end();
  return sent;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once("drain", resolve);
    response.once("close", resolve);
  });
}
