import type { Logger } from "pino";
import type { Loop } from "../../runtime/loop.ts";
import type { Source } from "../../sources/source.ts";
import type { Received } from "./file.ts";
import { createFolderWatch, type FolderWatchOptions } from "./folder-watch.ts";

export interface FolderWatchesOptions {
  readonly log: Logger;
  readonly random: () => number;
  /** Accepts a file of the folder of a source. */
  readonly take: (source: Source, file: Parameters<FolderWatchOptions["take"]>[0]) => Promise<Received>;
}

/** The folders of sources that have one. */
export interface FolderWatches {
  /** Watches the folders of these sources and no others; a source that is the same object keeps its watch. */
  follow(sources: Iterable<Source>): void;
  /** Starts watching; before, nothing is accepted. */
  start(): void;
  close(deadlineMs: number): Promise<void>;
}

export function createFolderWatches({ log, random, take }: FolderWatchesOptions): FolderWatches {
  const watches = new Map<Source, Loop>();
  const ending = new Set<Promise<void>>();
  let state: "idle" | "watching" | "closed" = "idle";

  function watch(source: Source): void {
    const drop = source.connector.files?.folder(source.config);
    if (drop === undefined) return;
    const loop = createFolderWatch({
      drop,
      log: log.child({ sourceId: source.id }),
      random,
      take: (file) => take(source, file),
    });
    watches.set(source, loop);
    if (state === "watching") loop.start();
  }

  function end(source: Source, loop: Loop, deadlineMs: number): void {
    watches.delete(source);
    const ended = loop.close(deadlineMs).finally(() => ending.delete(ended));
    ending.add(ended);
  }

  return {
    follow(sources) {
      if (state === "closed") return;
      const followed = new Set(sources);
      for (const [source, loop] of watches) if (!followed.has(source)) end(source, loop, END_MS);
      for (const source of followed) if (!watches.has(source)) watch(source);
    },
    start() {
      state = "watching";
      for (const loop of watches.values()) loop.start();
    },
    async close(deadlineMs) {
      state = "closed";
      for (const [source, loop] of watches) end(source, loop, deadlineMs);
      await Promise.all(ending);
    },
  };
}

/** Time that a file in progress gets to be stored when its folder is no longer watched. */
const END_MS = 4_000;
