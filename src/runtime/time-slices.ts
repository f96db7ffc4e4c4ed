/** Runs pieces of work in order, a few milliseconds at a time, so that other work gets the event loop in between. */
export interface TimeSlices {
  /** Adds a piece, which must not throw. It never runs at once. The caller bounds how many it has waiting. */
  add(piece: () => void): void;
}

/** @param sliceMs time for pieces in one turn of the event loop; the last piece of a turn may exceed it */
export function createTimeSlices(sliceMs: number): TimeSlices {
  const waiting: (() => void)[] = [];

  function work(): void {
    const endMs = performance.now() + sliceMs;
    do waiting.shift()?.();
    while (waiting.length > 0 && performance.now() < endMs);
    if (waiting.length > 0) setImmediate(work);
  }

  return {
    add(piece) {
      waiting.push(piece);
      if (waiting.length === 1) setImmediate(work);
    },
  };
}
