import type { FoundFile } from "./scan-folder.ts";

/** Time for which a file must be unchanged to be considered complete. */
export const STABLE_MS = 1_000;

/** State of a file in a folder, as long as the file does not change. */
export interface SeenFile {
  readonly found: FoundFile;
  /** Monotonic, as all times here. */
  readonly sinceMs: number;
  /** Number of failed attempts to accept it. */
  failures: number;
  notBeforeMs: number;
  /** Set when the file is stored and only has to be moved. */
  taken: { readonly isRefused: boolean; readonly contentHash: string } | undefined;
}

/** Remembers the state of the files of a folder. */
export interface SeenFiles {
  /** Records the current files; returns those that are complete and due, in the same order. */
  note(found: readonly FoundFile[], nowMs: number): readonly SeenFile[];
  forget(file: FoundFile): void;
  /** Returns whether there is a file that has not been unchanged for long enough. */
  hasRecent(nowMs: number): boolean;
}

export function createSeenFiles(): SeenFiles {
  const seenFiles = new Map<string, SeenFile>();
  return {
    note(found, nowMs) {
      const present = new Set(found.map(keyOf));
      for (const key of seenFiles.keys()) if (!present.has(key)) seenFiles.delete(key);
      const whole: SeenFile[] = [];
      for (const file of found) {
        const known = seenFiles.get(keyOf(file));
        if (known?.found.signature !== file.signature) {
          seenFiles.set(keyOf(file), { found: file, sinceMs: nowMs, failures: 0, notBeforeMs: 0, taken: undefined });
        } else if (nowMs - known.sinceMs >= STABLE_MS && nowMs >= known.notBeforeMs) whole.push(known);
      }
      return whole;
    },
    forget: (file) => void seenFiles.delete(keyOf(file)),
    hasRecent: (nowMs) => [...seenFiles.values()].some(({ sinceMs }) => nowMs - sinceMs < STABLE_MS),
  };
}

function keyOf({ path }: FoundFile): string {
  return path.toString("latin1"); // a letter for each byte
}
