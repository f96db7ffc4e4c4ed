import type { FoundFile } from "./scan-folder.ts";

/** A file is whole when it has looked the same for so long. */
export const STABLE_MS = 1_000;

/** What is known of a file that lies in a folder, as long as it stays as it is. */
export interface Sighting {
  readonly found: FoundFile;
  /** Monotonic, as all times here. */
  readonly sinceMs: number;
  /** Tries to take it that failed. */
  failures: number;
  notBeforeMs: number;
  /** It is kept, and only has to be moved. */
  taken: { readonly isRefused: boolean; readonly contentHash: string } | undefined;
}

/** Remembers how the files of a folder looked. */
export interface Sightings {
  /** Notes what lies there now; returns what is whole and due, in the same order. */
  note(found: readonly FoundFile[], nowMs: number): readonly Sighting[];
  forget(file: FoundFile): void;
  /** Whether there is a file that has not stood still for long enough. */
  hasYoung(nowMs: number): boolean;
}

export function createSightings(): Sightings {
  const sightings = new Map<string, Sighting>();
  return {
    note(found, nowMs) {
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
    },
    forget: (file) => void sightings.delete(keyOf(file)),
    hasYoung: (nowMs) => [...sightings.values()].some(({ sinceMs }) => nowMs - sinceMs < STABLE_MS),
  };
}

function keyOf({ path }: FoundFile): string {
  return path.toString("latin1"); // a letter for each byte
}
