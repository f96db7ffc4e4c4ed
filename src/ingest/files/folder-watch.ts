import type { Logger } from "pino";
import type { DropFolder } from "../../connector-api/files.ts";
import { ServiceError } from "../../domain/error.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { archiveFile } from "./archive-file.ts";
import type { Received } from "./file.ts";
import { createFolderNotice } from "./folder-notice.ts";
import { FileChanged, type FoundFile, readUnchanged, scanFolder } from "./scan-folder.ts";
import { createSeenFiles, type SeenFile, STABLE_MS } from "./seen-files.ts";
import { codeOf } from "./spool.ts";

export interface FolderWatchOptions {
  readonly drop: DropFolder;
  readonly log: Logger;
  readonly random: () => number;
  readonly take: (file: {
    readonly name: string;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly signal: AbortSignal;
  }) => Promise<Received>;
}

/** The periodic scan is authoritative: notifications are lost on network folders, and missing on some. */
const SCAN_MS = 2_000;
const RETRY = { baseMs: 1_000, capMs: 60_000 } as const;
/** Error codes of a folder that does not exist or that we may not access. */
const AWAY: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EACCES"]);

/**
 * Accepts files that are dropped into a folder. Senders either write under a name that we ignore and rename the file,
 * or just write: then a file is considered complete once its size and time have been unchanged for a second and did not
 * change while it was read. Stored files are moved away; a file that another process, such as another replica, moved
 * first is left to that process.
 */
export function createFolderWatch(options: FolderWatchOptions): Loop {
  const { drop, log, random } = options;
  const seenFiles = createSeenFiles();
  let isMissing = false;
  const loop = createLoop({
    pollMs: SCAN_MS,
    random,
    async round(signal) {
      const found = await scan();
      for (const seenFile of seenFiles.note(found, performance.now())) {
        if (signal.aborted) break;
        await handle(seenFile, signal);
      }
      if (seenFiles.hasRecent(performance.now())) notice.callIn(STABLE_MS);
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

  /** A problem with one file delays no other; a problem with the store delays all. */
  async function handle(seenFile: SeenFile, signal: AbortSignal): Promise<void> {
    const { found } = seenFile;
    try {
      seenFile.taken ??= await takeFile(options, found, signal);
      await archiveFile(drop, found, seenFile.taken);
      seenFiles.forget(found);
    } catch (reason) {
      if (signal.aborted) return;
      // Still being written, replaced, or removed: another replica was faster.
      if (reason instanceof FileChanged || codeOf(reason) === "ENOENT") return seenFiles.forget(found);
      if (reason instanceof ServiceError && reason.retryable) throw reason;
      seenFile.failures += 1;
      seenFile.notBeforeMs = performance.now() + fullJitterMs(RETRY, seenFile.failures, random);
      if (seenFile.failures > 1) return;
      log.warn({ err: reason, file: found.name }, "a file can't be read from its folder, trying again");
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
): Promise<NonNullable<SeenFile["taken"]>> {
  try {
    const { files } = await take({ name: found.name, bytes: readUnchanged(found), signal });
    const isRefused = files.every(({ outcome }) => outcome === "REFUSED");
    return { isRefused, contentHash: files[0]?.file.contentHash ?? "" };
  } catch (reason) {
    if (!(reason instanceof ServiceError) || reason.code !== "PAYLOAD_TOO_LARGE") throw reason;
    log.warn({ file: found.name, size: found.size }, "a file is too large and was left in its folder");
    return { isRefused: true, contentHash: found.signature };
  }
}
