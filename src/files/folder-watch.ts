import type { Logger } from "pino";
import type { DropFolder } from "../connector-api/files.ts";
import { ServiceError } from "../domain/error.ts";
import { fullJitterMs } from "../worker/backoff.ts";
import { createLoop, type Loop } from "../worker/loop.ts";
import { archiveFile } from "./archive-file.ts";
import type { Taken } from "./file.ts";
import { createFolderNotice } from "./folder-notice.ts";
import { FileChanged, type FoundFile, readUnchanged, scanFolder } from "./scan-folder.ts";
import { createSightings, type Sighting, STABLE_MS } from "./sightings.ts";
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
const RETRY = { baseMs: 1_000, capMs: 60_000 } as const;
/** What a folder that is not there, or not for us, is refused with. */
const AWAY: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EACCES"]);

/**
 * Takes in what is dropped into a folder. Senders either write under a name that is left alone and rename, or just write:
 * then a file counts as whole once size and time have stood still for a second and did not change while it was read.
 * What is kept is moved away; who is faster than we are, be it another replica, is left with it.
 */
export function createFolderWatch(options: FolderWatchOptions): Loop {
  const { drop, log, random } = options;
  const sightings = createSightings();
  let isMissing = false;
  const loop = createLoop({
    pollMs: SCAN_MS,
    random,
    async round(signal) {
      const found = await scan();
      for (const sighting of sightings.note(found, performance.now())) {
        if (signal.aborted) break;
        await handle(sighting, signal);
      }
      if (sightings.hasYoung(performance.now())) notice.callIn(STABLE_MS);
      return false;
    },
    onError(reason, failures) {
      if (failures === 1) log.warn({ err: reason, folder: drop.folder }, "watching a folder failed, trying again");
    },
  });
  const notice = createFolderNotice(drop.folder, loop.wake);

  async function scan(): Promise<readonly FoundFile[]> {
    try {
      const found = await scanFolder(drop.folder);
      isMissing = false;
      notice.begin();
      return found;
    } catch (reason) {
      if (!AWAY.has(codeOf(reason) ?? "")) throw reason;
      if (!isMissing)
        log.warn({ err: reason, folder: drop.folder }, "a folder for files can't be read, waiting for it");
      isMissing = true;
      notice.pause();
      return [];
    }
  }

  /** One file's trouble holds up no other; the store's holds up all. */
  async function handle(sighting: Sighting, signal: AbortSignal): Promise<void> {
    const { found } = sighting;
    try {
      sighting.taken ??= await takeFile(options, found, signal);
      await archiveFile(drop, found, sighting.taken);
      sightings.forget(found);
    } catch (reason) {
      if (signal.aborted) return;
      // Still written, replaced, or gone: another replica was faster.
      if (reason instanceof FileChanged || codeOf(reason) === "ENOENT") return sightings.forget(found);
      if (reason instanceof ServiceError && reason.retryable) throw reason;
      sighting.failures += 1;
      sighting.notBeforeMs = performance.now() + fullJitterMs(RETRY, sighting.failures, random);
      if (sighting.failures > 1) return;
      log.warn({ err: reason, file: found.name }, "a file can't be taken from its folder, trying again");
    }
  }

  return {
    ...loop,
    async close(deadlineMs) {
      notice.close();
      await loop.close(deadlineMs);
    },
  };
}

async function takeFile(
  { take, log }: FolderWatchOptions,
  found: FoundFile,
  signal: AbortSignal,
): Promise<NonNullable<Sighting["taken"]>> {
  try {
    const { files } = await take({ name: found.name, bytes: readUnchanged(found), signal });
    const isRefused = files.every(({ outcome }) => outcome === "REFUSED");
    return { isRefused, contentHash: files[0]?.file.contentHash ?? "" };
  } catch (reason) {
    if (!(reason instanceof ServiceError) || reason.code !== "PAYLOAD_TOO_LARGE") throw reason;
    log.warn({ file: found.name, size: found.size }, "a file is too large, and not taken from its folder");
    return { isRefused: true, contentHash: found.signature };
  }
}
