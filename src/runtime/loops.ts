import type { Loop } from "./loop.ts";

/** Loops that do the same work for different subjects: a slow subject delays only itself. */
export interface Loops {
  start(): void;
  /** Signals that there may be work for this subject now; does nothing for an unknown one. */
  wake(key: string): void;
  /** Aborts the rounds in progress and resolves when they have ended, after `deadlineMs` at the latest. */
  close(deadlineMs: number): Promise<void>;
}

/** @param entries loop of each subject, by its key */
export function createLoops(entries: Iterable<readonly [key: string, loop: Loop]>): Loops {
  const loops = new Map(entries);
  return {
    start() {
      for (const loop of loops.values()) loop.start();
    },
    wake: (key) => loops.get(key)?.wake(),
    async close(deadlineMs) {
      await Promise.all([...loops.values()].map((loop) => loop.close(deadlineMs)));
    },
  };
}
