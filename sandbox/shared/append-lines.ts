import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** File to which whole lines are appended. */
export interface LineFile {
  /**
   * Writes a line before it returns. On a full disk it waits in memory for the next call instead, with all later ones,
   * so that the file is always a beginning of what happened: a simulated system goes on without its file.
   */
  append(line: string): void;
  close(): void;
}

const FULL_DISK = /^(ENOSPC|EDQUOT|EFBIG)$/;
/** Maximum bytes of waiting lines: after that, the file ends with its last line, and no later one is written. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** @throws errors of the file system, except for a full disk while appending */
export function openLineFile(path: string): LineFile {
  const file = openSync(path, "a");
  let size = fstatSync(file).size;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;

  function flush(): void {
    const bytes = Buffer.concat(waiting);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    } catch (reason) {
      if (!isFullDisk(reason)) throw reason;
      cutOff();
      return;
    }
    size += bytes.length;
    [waiting, waitingBytes] = [[], 0];
  }

  /** Removes an incomplete line: the next one would continue it. */
  function cutOff(): void {
    if (fstatSync(file).size > size) ftruncateSync(file, size);
  }

  return {
    append(line) {
      if (waitingBytes > MAX_WAITING_BYTES) return;
      const bytes = Buffer.from(`${line}\n`);
      waiting.push(bytes);
      waitingBytes += bytes.length;
      flush();
    },
    close: () => closeSync(file),
  };
}

function isFullDisk(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && "code" in reason && FULL_DISK.test(String(reason.code));
}
