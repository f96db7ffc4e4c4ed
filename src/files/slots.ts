import { abortReason } from "./until-aborted.ts";

/** Lets so many pieces of work run at a time; the others wait in the order in which they came. */
export interface Slots {
  /** @throws ServiceError CANCELED when the signal is aborted before it is its turn; whatever `work` threw */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  async function take(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortReason(signal);
    if (free > 0) {
      free -= 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const onAbort = (): void => {
      const place = waiting.indexOf(turn.resolve);
      if (place === -1) return; // it is its turn already
      waiting.splice(place, 1);
      turn.reject(abortReason(signal));
    };
    waiting.push(turn.resolve);
    signal.addEventListener("abort", onAbort, { once: true });
    await turn.promise.finally(() => signal.removeEventListener("abort", onAbort));
  }

  return {
    async run(signal, work) {
      await take(signal);
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next(); // the slot changes hands
      }
    },
  };
}
