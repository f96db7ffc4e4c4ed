import type { Logger } from "pino";
import type { FSWatcher } from "node:fs";
import { watch } from "node:fs";
import type { DropFolder } from "../connector-api/files.ts";
import { ServiceError } from "../domain/error.ts";
import { fullJitterMs } from "../worker/backoff.ts";
import { createLoop, type Loop } from "../worker/loop.ts";
import { archiveFile } from "./archive-file.ts";
import type { Taken } from "./file.ts";
import { FileChanged, type FoundFile, readUnchanged, scanFolder } from "./scan-folder.ts";
import { codeOf } from "./spool.ts";

export interface FolderWatchOptions {
  readonly drop: DropFolder;
  readonly log: Logger;
  readonly random: () => number;
  readonly take: (file: {
    readonly name: string;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly signal: AbortSignal;
  }) => Promise<Taken>;
}

/** The scan is the truth: notifications are lost on network folders, and missing on some. */
const SCAN_MS = 2_000;
/** A file is whole when it has looked the same for so long. */
const STABLE_MS = 1_000;
/** Notifications come in swarms. */
const SETTLE_MS = 200;
const RETRY = { baseMs: 1_000, capMs: 60_000 } as const;

/** What is known of a file that lies in the folder. */
interface Sighting {
  readonly found: FoundFile;
  /** Monotonic. */
  readonly sinceMs: number;
  failures: number;
  notBeforeMs: number;
  /** It is kept, and only has to be moved. */
  taken: { readonly isRefused: boolean; readonly contentHash: string } | undefined;
}

/**
 * Takes in what is dropped into a folder. Senders either write under a name that is left alone and rename, or just write:
 * then a file counts as whole once size and time have stood still for a second and did not change while it was read.
 * What is kept is moved away; who is faster than we are, be it another replica, is left with it.
 */
export function createFolderWatch(options: FolderWatchOptions): Loop {
  const { drop, log, random } = options;
  const sightings = new Map<string, Sighting>();
  let watcher: FSWatcher | undefined;
  let soon: NodeJS.Timeout | undefined;
  let isMissing = false;
  let isClosed = false;

  const loop = createLoop({
    pollMs: SCAN_MS,
    random,
    async round(signal) {
      await look(signal);
      return false;
    },
    onError(reason, failures) {
      if (failures === 1) log.warn({ err: reason, folder: drop.folder }, "watching a folder failed, trying again");
    },
  });

  function wakeIn(ms: number): void {
    if (isClosed) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      loop.wake();
    }, ms);
  }

  async function look(signal: AbortSignal): Promise<void> {
    const found = await scan();
    const whole = noteAll(found ?? [], performance.now());
    for (const sighting of whole) {
      if (signal.aborted) return;
      await handle(sighting, signal);
    }
    const young = [...sightings.values()].some(({ sinceMs }) => performance.now() - sinceMs < STABLE_MS);
    if (young) wakeIn(STABLE_MS);
  }

  async function scan(): Promise<readonly FoundFile[] | undefined> {
    try {
      const found = await scanFolder(drop.folder);
      if (isMissing) log.warn({ folder: drop.folder }, "the folder for files is there now");
      isMissing = false;
      notice();
      return found;
    } catch (reason) {
      if (!["ENOENT", "ENOTDIR", "EACCES"].includes(codeOf(reason) ?? "")) throw reason;
      if (!isMissing)
        log.warn({ err: reason, folder: drop.folder }, "the folder for files can't be read, waiting for it");
      isMissing = true;
      forget();
      return undefined;
    }
  }

  /** Whatever it tells is looked up; where it cannot be had, the scan does. */
  function notice(): void {
    if (watcher !== undefined) return;
    try {
      watcher = watch(drop.folder, { persistent: false }, () => wakeIn(SETTLE_MS));
      watcher.on("error", forget);
    } catch {
      watcher = undefined; // no more watches to be had on this system, or none on this file system
    }
  }

  function forget(): void {
    watcher?.close();
    watcher = undefined;
  }

  /** Remembers what lies there; returns what is whole and due, in order. */
  function noteAll(found: readonly FoundFile[], nowMs: number): readonly Sighting[] {
    const present = new Set(found.map(keyOf));
    for (const key of sightings.keys()) if (!present.has(key)) sightings.delete(key);
    const whole: Sighting[] = [];
    for (const file of found) {
      const known = sightings.get(keyOf(file));
      if (known?.found.signature !== file.signature) {
        sightings.set(keyOf(file), { found: file, sinceMs: nowMs, failures: 0, notBeforeMs: 0, taken: undefined });
      } else if (nowMs - known.sinceMs >= STABLE_MS && nowMs >= known.notBeforeMs) whole.push(known);
    }
    return whole;
  }

  /** One file's trouble holds up no other; the store's holds up all. */
  async function handle(sighting: Sighting, signal: AbortSignal): Promise<void> {
    const { name } = sighting.found;
    try {
      sighting.taken ??= await takeFile(sighting.found, signal);
      await archiveFile(drop, sighting.found, sighting.taken);
      sightings.delete(keyOf(sighting.found));
    } catch (reason) {
      if (signal.aborted) return;
      if (reason instanceof FileChanged || codeOf(reason) === "ENOENT")
        return void sightings.delete(keyOf(sighting.found));
      if (reason instanceof ServiceError && reason.retryable) throw reason;
      sighting.failures += 1;
      sighting.notBeforeMs = performance.now() + fullJitterMs(RETRY, sighting.failures, random);
      if (sighting.failures === 1)
        log.warn({ err: reason, file: name }, "a file can't be taken from its folder, trying again");
    }
  }

  async function takeFile(found: FoundFile, signal: AbortSignal): Promise<NonNullable<Sighting["taken"]>> {
    try {
      const { files } = await options.take({ name: found.name, bytes: readUnchanged(found), signal });
      const isRefused = files.every(({ outcome }) => outcome === "REFUSED");
      return { isRefused, contentHash: files[0]?.file.contentHash ?? "" };
    } catch (reason) {
      if (!(reason instanceof ServiceError) || reason.code !== "PAYLOAD_TOO_LARGE") throw reason;
      log.warn({ file: found.name, size: found.size }, "a file is too large, and not taken from its folder");
      return { isRefused: true, contentHash: found.signature };
    }
  }

  return {
    ...loop,
    async close(deadlineMs) {
      isClosed = true;
      clearTimeout(soon);
      await loop.close(deadlineMs);
      forget();
    },
  };
}

function keyOf({ path }: FoundFile): string {
  return path.toString("latin1"); // a letter for each byte
}
