import { type FSWatcher, watch } from "node:fs";

/** Calls back soon after something happened in a folder, where the system tells. */
export interface FolderNotice {
  /** Listens, if it does not yet. Where that cannot be had, nothing is told. */
  begin(): void;
  /** Calls back in so many milliseconds at the latest. */
  callIn(ms: number): void;
  /** Stops listening, until `begin`: the folder is gone. */
  pause(): void;
  /** Nothing is called any more. */
  close(): void;
}

/** Notifications come in swarms. */
const SETTLE_MS = 200;

export function createFolderNotice(folder: string, onChange: () => void): FolderNotice {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function callIn(ms: number): void {
    if (isClosed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, ms);
  }

  function pause(): void {
    watcher?.close();
    watcher = undefined;
  }

  return {
    callIn,
    pause,
    begin() {
      if (watcher !== undefined || isClosed) return;
      try {
        watcher = watch(folder, { persistent: false }, () => callIn(SETTLE_MS)).on("error", pause);
      } catch {
        watcher = undefined; // no more watches to be had on this system, or none on this file system
      }
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      pause();
    },
  };
}
