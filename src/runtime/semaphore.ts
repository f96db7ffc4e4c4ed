import { abortReason } from "./abort.ts";
import { createWaitingLine } from "./waiting-line.ts";

/** Limits how many pieces of work run concurrently; the others wait in order of arrival. */
export interface Semaphore {
  /**
   * @throws ServiceError CANCELED when the signal is aborted before the work starts; otherwise the error that `work`
   * threw
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createSemaphore(count: number): Semaphore {
  let free = count;
  const line = createWaitingLine<undefined>();

  async function take(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw abortReason(signal);
    if (free > 0) {
      free -= 1;
      return;
    }
    await line.wait(signal).catch((reason: unknown) => {
      throw signal === undefined ? reason : abortReason(signal);
    });
  }

  return {
    async run(work, signal) {
      await take(signal);
      try {
        return await work();
      } finally {
        if (!line.serve(undefined)) free += 1; // the slot goes to the next waiter
      }
    },
  };
}
