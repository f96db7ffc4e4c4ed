/**
 * Number of callbacks in one turn of the event loop: each may write to a socket, about 10 µs, so that a turn takes about
 * a millisecond.
 */
const PER_TURN = 100;

/** Calls many callbacks in order, some in each turn of the event loop, so that other work gets it in between. */
export interface CallTurns {
  /** Adds callbacks, which must not throw. The first ones are called at once if none wait. */
  add(callbacks: Iterable<() => void>): void;
}

/** @param perTurn number of callbacks in one turn of the event loop */
export function createCallTurns(perTurn: number = PER_TURN): CallTurns {
  /** A callback that waits already is not added again. */
  const waiting = new Set<() => void>();
  let isWorking = false;

  function work(): void {
    let called = 0;
    for (const callback of waiting) {
      if (called >= perTurn) return void setImmediate(work);
      called += 1;
      waiting.delete(callback);
      callback();
    }
    isWorking = false;
  }

  return {
    add(callbacks) {
      for (const callback of callbacks) waiting.add(callback);
      if (isWorking) return;
      isWorking = true;
      work();
    },
  };
}
