/** Waiters for one thing after the other, in order of arrival. */
export interface WaitingLine<T> {
  /**
   * Resolves with the value that is handed over when this waiter's turn comes.
   * @throws the signal's own reason when it is aborted first
   */
  wait(signal?: AbortSignal): Promise<T>;
  /** Hands the value to the longest waiter; returns false if none waits. */
  serve(value: T): boolean;
  /** Number of waiters. */
  length(): number;
}

export function createWaitingLine<T>(): WaitingLine<T> {
  const waiting: ((value: T) => void)[] = [];
  return {
    async wait(signal) {
      signal?.throwIfAborted();
      const turn = Promise.withResolvers<T>();
      const leave = (): void => {
        const place = waiting.indexOf(turn.resolve);
        if (place === -1) return; // the value was already handed over
        waiting.splice(place, 1);
        turn.reject(signal?.reason);
      };
      waiting.push(turn.resolve);
      signal?.addEventListener("abort", leave, { once: true });
      return turn.promise.finally(() => signal?.removeEventListener("abort", leave));
    },
    serve(value) {
      const next = waiting.shift();
      next?.(value);
      return next !== undefined;
    },
    length: () => waiting.length,
  };
}
