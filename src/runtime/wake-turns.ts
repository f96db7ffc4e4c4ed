/**
 * Number of waiters in one turn of the event loop: each may write to a socket, about 10 µs, so that a turn takes about a
 * millisecond.
 */
const PER_TURN = 100;

/** Something that waits. `wake` must not throw. */
export interface Waiter {
  wake(): void;
}

/** Wakes many waiters in order, some in each turn of the event loop, so that other work gets it in between. */
export interface WakeTurns {
  /** Adds waiters; one that is to be woken already is not added again. The first ones are woken at once if none wait. */
  add(waiters: Iterable<Waiter>): void;
}

/** @param perTurn number of waiters in one turn of the event loop */
export function createWakeTurns(perTurn: number = PER_TURN): WakeTurns {
  const line = new Set<Waiter>();
  let isWorking = false;

  function work(): void {
    let woken = 0;
    for (const waiter of line) {
      if (woken >= perTurn) return void setImmediate(work);
      woken += 1;
      line.delete(waiter);
      waiter.wake();
    }
    isWorking = false;
  }

  return {
    add(waiters) {
      for (const waiter of waiters) line.add(waiter);
      if (isWorking) return;
      isWorking = true;
      work();
    },
  };
}
