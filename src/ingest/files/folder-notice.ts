import { type FSWatcher, watch } from "node:fs";

/** Calls back soon after a change in a folder, where the system provides notifications. */
export interface FolderNotice {
  /** Starts to listen, if it does not yet. Where the system provides no notifications, there are none. */
  begin(): void;
  /** Calls back after this many milliseconds at the latest. */
  callIn(ms: number): void;
  /** Stops listening, until `begin`: the folder no longer exists. */
  pause(): void;
  /** Stops all callbacks. */
  close(): void;
}

/** Delay that combines notifications, because they arrive in bursts. */
const DEBOUNCE_MS = 200;

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
        watcher = watch(folder, { persistent: false }, () => callIn(DEBOUNCE_MS)).on("error", pause);
      } catch {
        watcher = undefined; // the system has no more watches available, or this file system does not support them
      }
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      pause();
    },
  };
}
